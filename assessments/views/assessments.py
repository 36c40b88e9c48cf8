"""Pages of assessments as a whole: the list, a new one, where one stands, its title, its deletion."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.access import Action, Rights, SignedInRequest, assessment_or_404, own_areas, rights_at
from assessments.caching import not_kept
from assessments.deletion import delete_draft
from assessments.forms.assessments import AssessmentRecordForm, DeletionForm, NewAssessmentForm
from assessments.listing import list_sites
from assessments.models import Assessment, Questionnaire
from assessments.opening import open_assessment_once, retitle_assessment
from assessments.overview import build_overview, next_open
from assessments.raters import read_round_in_short
from assessments.records import AssessmentRecord, read_assessment, read_comparison
from assessments.rounds import RefusedError
from assessments.sent import one
from assessments.sieve import Show, sift
from assessments.views.pages import render_form, require_form_methods
from benchmarks.cohorts import DEFAULT_COHORT, CohortFigures, read_cohort
from benchmarks.models import Cohort


@login_required
@require_safe
@not_kept
def listing(request: SignedInRequest) -> HttpResponse:
    sites = list_sites(request.user)
    if not sites:
        return redirect("assessments:set_up")
    may_open = any(Action.LEAD in listed.rights for listed in sites)
    return render(request, "assessments/list.html", {"sites": sites, "may_open": may_open})


@login_required
@require_form_methods
def new(request: SignedInRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = NewAssessmentForm(data, person=request.user, initial={"site": one(request.GET, "site")})
    if not form.sites:
        return redirect("assessments:set_up")
    if not form.is_valid():
        questionnaire = Questionnaire.objects.select_related("framework").current()
        return render_form(request, "assessments/new.html", form, questionnaire=questionnaire)
    assessment = open_assessment_once(**form.cleaned_data)
    return redirect("assessments:overview", assessment.pk)


@login_required
@require_safe
@not_kept
def overview(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    rights = rights_at(request.user, assessment)
    own = own_areas(request.user, assessment, rights)
    record = read_assessment(assessment)
    newest_round = read_round_in_short(assessment)
    comparison = read_comparison(assessment) if newest_round else None
    sifted = sift(
        record.answers, Show.of(one(request.GET, "show")), comparison.far_apart if comparison else frozenset()
    )
    context = {
        "assessment": assessment,
        "rights": rights,
        "own_areas": own,
        "overview": build_overview(record, _cohort, _answerable(assessment, record, rights, own)),
        "sifted": sifted,
        "comparison": comparison,
        "newest_round": newest_round,
    }
    return render(request, "assessments/overview.html", context)


@login_required
@require_safe
@never_cache
def resume(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """To the first open answer that is theirs to give, on any device; to the overview when nothing is open."""
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    rights = rights_at(request.user, assessment)
    own = own_areas(request.user, assessment, rights)
    record = read_assessment(assessment)
    following = next_open(record.answers, _answerable(assessment, record, rights, own))
    if following is None:
        return redirect("assessments:overview", assessment_id)
    area = reverse("assessments:area", args=[assessment_id, following.area_code])
    return HttpResponseRedirect(f"{area}#{following.code}")


def _answerable(
    assessment: Assessment, record: AssessmentRecord, rights: Rights, own: frozenset[str]
) -> frozenset[str]:
    """The codes of the practice areas in which this person may answer now."""
    if not assessment.is_draft:
        return frozenset()
    return frozenset(record.by_area) if Action.ANSWER_ALL in rights else own


def _cohort() -> CohortFigures | None:
    """The cohort that results are compared with, if one is loaded."""
    try:
        return read_cohort(DEFAULT_COHORT)
    except Cohort.DoesNotExist:
        return None


@login_required
@require_form_methods
def edit(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.LEAD)
    initial = {name: getattr(assessment, name) for name in ("title", "period", "is_for_counsel")}
    form = AssessmentRecordForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        if retitle_assessment(assessment=assessment, **form.cleaned_data):
            return redirect("assessments:overview", assessment.pk)
        assessment.refresh_from_db(fields=["status"])
        state = "is in review" if assessment.is_in_review else "has been signed off"
        form.add_error(None, f"This assessment {state}: its title and period stay as they are.")
    return render_form(request, "assessments/edit.html", form, assessment=assessment)


@login_required
@require_form_methods
def delete(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.DELETE)
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render_form(request, "assessments/delete.html", form, assessment=assessment)
    try:
        delete_draft(assessment)
    except RefusedError as refused:
        context = {"form": form, "assessment": assessment, "refused": str(refused)}
        return render(request, "assessments/delete.html", context, status=409)
    messages.success(request, f"{assessment.title} has been deleted.")
    return redirect("assessments:list")
