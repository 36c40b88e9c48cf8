"""What the lead does to a round as a whole: opening, another deadline, closing, re-opening, comparing."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.caching import not_kept
from assessments.forms.raters import ComparisonForm, DeadlineForm, RoundForm
from assessments.models import Assessment, RatingRound
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
from assessments.views.raters import back, newest_round, on_newest_round, raters_page, refuse_overtaken


@login_required
@require_form_methods
@not_kept
def round_new(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.ASK_RATERS)
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


def _deadline_typed(request: SignedInRequest, assessment: Assessment) -> Mapping[str, Form]:  # noqa: ARG001
    return {"deadline_form": DeadlineForm(request.POST)}


@partial(on_newest_round, typed=_deadline_typed)
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
    hidden = " Its comparison is closed until you open it anew." if newest.is_compared else ""
    messages.success(request, f"The round is open again.{hidden}")
    return back(assessment)


@login_required
@require_form_methods
@not_kept
def compare(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Says what opening the comparison does, and does it."""
    assessment = assessment_or_404(request.user, assessment_id, Action.ASK_RATERS)
    if request.method != "POST":
        newest = assessment.rating_rounds.first()
        return _confirm(request, newest, ComparisonForm(rating_round=newest)) if newest else back(assessment)
    try:
        newest = newest_round(assessment)
        refuse_overtaken(request, newest)
        form = ComparisonForm(request.POST, rating_round=newest)
        if not form.is_valid():
            return _confirm(request, newest, form)
        open_comparison(rating_round=newest, now=timezone.now())
    except RefusedError as refused:
        return raters_page(request, assessment, refused=str(refused))
    messages.success(request, "The comparison is open.")
    return redirect("assessments:comparison", assessment.pk)


def _confirm(request: SignedInRequest, newest: RatingRound, form: ComparisonForm) -> HttpResponse:
    """In an anonymous round nobody is counted: among few who have begun, the number would tell who has rated."""
    scoring = None if newest.is_anonymous else count_scoring(newest)
    return render_form(
        request,
        "assessments/raters/compare.html",
        form,
        assessment=newest.assessment,
        round=newest,
        scoring=scoring,
    )
