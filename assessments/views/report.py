"""The report of one assessment as a page, as PDF and as data. It stores nothing in the database."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404, earlier_assessments, rights_at
from assessments.exports.data import report_json
from assessments.exports.names import file_name
from assessments.exports.tables import report_csv
from assessments.models import Assessment
from assessments.printing import Extent, printable_report
from assessments.records import Withheld
from assessments.report import Report
from assessments.report_page import compose
from assessments.report_reading import read_report
from assessments.sent import one
from assessments.views.downloads import as_file, as_pdf_file, asked_paper
from benchmarks.models import Cohort


@login_required
@require_safe
def page(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    report, rights = _report(request, assessment), rights_at(request.user, assessment)
    context = {"page": compose(report), "assessment": assessment, "rights": rights}
    return render(request, "report/page.html", context)


@login_required
@require_safe
def as_pdf(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = report_or_404(request, assessment_id)
    paper, extent = asked_paper(request), Extent.asked_for(one(request.GET, "extent"))
    name = file_name(report, "pdf", suffix="-".join(filter(None, (extent.value, paper.file_suffix))))
    return as_pdf_file(request, printable_report(report, paper, extent), name, "report/not_now.html", report=report)


@login_required
@require_safe
def as_json(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = report_or_404(request, assessment_id)
    return as_file(report_json(report), "application/json", file_name(report, "json"))


@login_required
@require_safe
def as_csv(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = report_or_404(request, assessment_id)
    return as_file(report_csv(report), "text/csv; charset=utf-8", file_name(report, "csv"))


def report_or_404(request: SignedInRequest, assessment_id: UUID) -> Report:
    return _report(request, assessment_or_404(request.user, assessment_id, Action.VIEW))


def _report(request: SignedInRequest, assessment: Assessment) -> Report:
    return read_or_404(assessment, earlier_assessments(request.user, assessment, Action.VIEW))


def read_or_404(assessment: Assessment, earlier: QuerySet[Assessment], withheld: Withheld | None = None) -> Report:
    """The report, as far as the cohort is there that reports compare with."""
    try:
        return read_report(assessment, earlier=earlier, withheld=withheld)
    except Cohort.DoesNotExist as problem:
        raise Http404("The cohort that reports compare with has been removed.") from problem
