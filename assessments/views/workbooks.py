"""The workbook of an assessment: to download, and to import in two steps, the first of which stores nothing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.answering import Gone, PageSaved, SignedOff
from assessments.caching import not_kept
from assessments.exports.names import plain_file_name
from assessments.forms.workbooks import WorkbookForm
from assessments.models import Assessment, AssessmentStatus
from assessments.receipts import saved_words
from assessments.sent import one
from assessments.views.downloads import XLSX, as_file
from assessments.views.pages import render_form, require_form_methods
from assessments.workbook.carrying import NotCarried
from assessments.workbook.content import read_content
from assessments.workbook.importing import DryRun, dry_run
from assessments.workbook.importing import confirm as confirm_import
from assessments.workbook.refusals import Refused
from assessments.workbook.writing import write_workbook

PROPOSAL = "proposal"
KEEP = "-keep"
PAGE = "assessments/workbook/import.html"
TOO_OLD = (
    "What was to be confirmed arrived damaged, was made for someone else, or is older than twelve hours. "
    "Upload the workbook again."
)
NOTHING_TO_STORE = "Nothing was stored: every answer stays as it was."
STORED_BEFORE = "This import was stored already."


@login_required
@require_safe
def download(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    content = write_workbook(read_content(assessment), timezone.now())
    name = plain_file_name(f"{assessment.site.name} {assessment.period}", "xlsx", suffix="questionnaire")
    return as_file(content, XLSX, name)


@login_required
@require_form_methods
@not_kept
def upload(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.ANSWER_ALL)
    if assessment.status != AssessmentStatus.DRAFT:
        return _signed_off(request, assessment)
    if request.method != "POST":
        return render_form(request, PAGE, WorkbookForm(), assessment=assessment)
    if PROPOSAL in request.POST:
        return _confirm(request, assessment)
    form = WorkbookForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            run = dry_run(form.cleaned_data["workbook"], assessment=assessment, person=request.user)
            return _dry_run(request, assessment, run, status=422 if run.bad else 200)
        except Refused as problem:
            form.add_error("workbook", str(problem))
    return render_form(request, PAGE, form, assessment=assessment)


def _confirm(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    sent = request.POST
    decisions = {name.removesuffix(KEEP): one(sent, name) for name in sent if name.endswith(KEEP)}
    try:
        outcome = confirm_import(
            one(sent, PROPOSAL), decisions=decisions, assessment=assessment, person=request.user, now=timezone.now()
        )
    except NotCarried:
        context = {"assessment": assessment, "form": WorkbookForm(), "refusal": TOO_OLD}
        return render(request, PAGE, context, status=422)
    if isinstance(outcome, Gone):
        raise Http404("The assessment has been deleted.")
    if isinstance(outcome, SignedOff):
        return _signed_off(request, assessment)
    if isinstance(outcome, DryRun):
        return _dry_run(request, assessment, outcome, status=409 if outcome.is_overtaken_anew else 422)
    if isinstance(outcome, PageSaved):
        messages.success(request, saved_words(outcome.answers) if outcome.answers else NOTHING_TO_STORE)
    else:
        messages.success(request, STORED_BEFORE)
    return redirect("assessments:overview", assessment.pk)


def _dry_run(request: SignedInRequest, assessment: Assessment, run: DryRun, status: int) -> HttpResponse:
    context = {"assessment": assessment, "run": run, "form": WorkbookForm(), "person": request.user}
    return render(request, "assessments/workbook/dry_run.html", context, status=status)


def _signed_off(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Nothing is read and nothing stored."""
    assessment.refresh_from_db(fields=["status"])
    context = {"assessment": assessment, "is_fixed": True}
    return render(request, PAGE, context, status=409 if request.method == "POST" else 200)
