"""The lead's page of the raters, and what is done to a round as a whole. No rating is ever shown here."""

from collections.abc import Callable, Mapping
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.caching import not_kept
from assessments.forms.raters import ComparisonForm, DeadlineForm, InvitationForm, RoundForm
from assessments.models import Assessment, AssessmentStatus, RatingRound
from assessments.raters import asked_areas, read_rounds
from assessments.rounds import (
    RefusedError,
    change_deadline,
    close_round,
    count_scoring,
    open_comparison,
    open_round,
    reopen_round,
)
from assessments.views.pages import render_form, require_form_methods

NO_ROUND = "There is no round of ratings yet. Open one first."
RoundAct = Callable[[SignedInRequest, Assessment, RatingRound], HttpResponse]


def raters_page(
    request: SignedInRequest, assessment: Assessment, sent: Mapping[str, Form] | None = None, refused: str = ""
) -> HttpResponse:
    """`sent` are forms that were not accepted, `refused` says why something else could not be done."""
    areas = asked_areas(assessment)
    rounds = read_rounds(assessment, areas, timezone.now())
    context = {
        "assessment": assessment,
        "is_signed_off": assessment.status == AssessmentStatus.SIGNED,
        "rounds": rounds,
        "round": rounds.current,
        "refused": refused,
        "round_form": RoundForm(),
        "deadline_form": DeadlineForm(initial={"deadline": rounds.current and rounds.current.deadline}),
        "invitation_form": InvitationForm(areas=areas),
        **(sent or {}),
    }
    status = 409 if refused else 422 if sent else 200
    return render(request, "assessments/raters.html", context, status=status)


def back(assessment: Assessment) -> HttpResponse:
    return redirect("assessments:raters", assessment.pk)


def on_newest_round(act: RoundAct) -> Callable[..., HttpResponse]:
    """What a form or a button of the page does. A GET, as after signing in again, leads to the page with the button."""

    @login_required
    @require_form_methods
    @not_kept
    @wraps(act)
    def view(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
        assessment = assessment_or_404(request.user, assessment_id, Action.MANAGE)
        if request.method != "POST":
            return back(assessment)
        newest = assessment.rating_rounds.select_related("assessment__site__organisation", "opened_by").first()
        if newest is None:
            return raters_page(request, assessment, refused=NO_ROUND)
        try:
            return act(request, assessment, newest)
        except RefusedError as refused:
            return raters_page(request, assessment, refused=str(refused))

    return view


@login_required
@require_safe
@not_kept
def raters(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    return raters_page(request, assessment_or_404(request.user, assessment_id, Action.MANAGE))


@login_required
@require_form_methods
@not_kept
def round_new(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.MANAGE)
    if request.method != "POST":
        return back(assessment)
    form = RoundForm(request.POST)
    if not form.is_valid():
        return raters_page(request, assessment, {"round_form": form})
    try:
        open_round(
            assessment=assessment,
            person=request.user,
            is_anonymous=form.is_anonymous,
            deadline=form.cleaned_data["deadline"],
            now=timezone.now(),
        )
    except RefusedError as refused:
        return raters_page(request, assessment, {"round_form": form}, refused=str(refused))
    messages.success(request, "The round is open. Now invite the raters.")
    return back(assessment)


@on_newest_round
def deadline(request: SignedInRequest, assessment: Assessment, newest: RatingRound) -> HttpResponse:
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        return raters_page(request, assessment, {"deadline_form": form})
    change_deadline(rating_round=newest, deadline=form.cleaned_data["deadline"])
    messages.success(request, "The deadline has been changed. Raters see it on their page; no mail was sent.")
    return back(assessment)


@on_newest_round
def close(request: SignedInRequest, assessment: Assessment, newest: RatingRound) -> HttpResponse:
    close_round(rating_round=newest, now=timezone.now())
    messages.success(request, "The round is closed: no rating is taken any more.")
    return back(assessment)


@on_newest_round
def reopen(request: SignedInRequest, assessment: Assessment, newest: RatingRound) -> HttpResponse:
    reopen_round(rating_round=newest)
    messages.success(request, "The round is open again.")
    return back(assessment)


@login_required
@require_form_methods
@not_kept
def compare(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Says what opening the comparison does, and does it."""
    assessment = assessment_or_404(request.user, assessment_id, Action.MANAGE)
    newest = assessment.rating_rounds.first()
    if newest is None:
        return raters_page(request, assessment, refused=NO_ROUND) if request.method == "POST" else back(assessment)
    form = ComparisonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            open_comparison(rating_round=newest, now=timezone.now())
        except RefusedError as refused:
            return raters_page(request, assessment, refused=str(refused))
        messages.success(request, "The comparison is open.")
        return back(assessment)
    scoring = count_scoring(newest)
    return render_form(
        request, "assessments/raters/compare.html", form, assessment=assessment, round=newest, scoring=scoring
    )
