"""The report of one assessment as a page, as PDF, as JSON and as CSV. It stores nothing in the database."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.exports import file_name, report_csv, report_json
from assessments.pdf_job import Paper
from assessments.pdf_processes import Busy, Failed, renderers
from assessments.printing import forget_pdfs, keep_pdf, kept_pdf, print_job
from assessments.records import is_stored, read_assessment
from assessments.report import Report, build_report
from assessments.report_page import compose
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.models import Cohort

SECONDS_TO_WAIT = "10"


@login_required
@require_safe
def page(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    return render(request, "report/page.html", {"page": compose(_report(request, assessment_id))})


@login_required
@require_safe
def as_pdf(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = _report(request, assessment_id)
    paper = Paper.LETTER if request.GET.get("paper", "").lower() == Paper.LETTER.value else Paper.A4
    pdf = kept_pdf(report, paper)
    if pdf is None:
        try:
            pdf = renderers.render(print_job(report, paper))
        except (Busy, Failed) as problem:
            return _not_now(request, report, busy=isinstance(problem, Busy))
        keep_pdf(report, paper, pdf)
        if not is_stored(assessment_id):  # deleted while it was rendered: asked after keeping, or it could slip through
            forget_pdfs(str(assessment_id))
    return _file(pdf, "application/pdf", file_name(report, "pdf"))


@login_required
@require_safe
def as_json(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = _report(request, assessment_id)
    return _file(report_json(report), "application/json", file_name(report, "json"))


@login_required
@require_safe
def as_csv(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = _report(request, assessment_id)
    return _file(report_csv(report), "text/csv; charset=utf-8", file_name(report, "csv"))


def _report(request: SignedInRequest, assessment_id: UUID) -> Report:
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    try:
        cohort = read_cohort(DEFAULT_COHORT)
    except Cohort.DoesNotExist as problem:
        raise Http404("The cohort that reports compare with has been removed.") from problem
    return build_report(
        assessment=read_assessment(assessment, with_ratings=True), cohort=cohort, now=timezone.localtime()
    )


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _not_now(request: SignedInRequest, report: Report, *, busy: bool) -> HttpResponse:
    """The PDF cannot be had at this moment; everything else of the report can."""
    response = render(request, "report/not_now.html", {"report": report, "busy": busy}, status=503)
    response.headers["Retry-After"] = SECONDS_TO_WAIT
    return response
