"""The lead's page of the raters, and what all its buttons share. No rating is ever shown here."""

from collections.abc import Callable, Mapping
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.caching import not_kept
from assessments.forms.raters import DeadlineForm, InvitationForm, RoundForm
from assessments.models import Assessment, RatingRound
from assessments.raters import asked_areas, read_rounds
from assessments.rounds import RefusedError
from assessments.sent import one
from assessments.views.pages import require_form_methods

OVERTAKEN = (
    "This was meant for a round that is no longer the newest: another has been opened since. Below is how things stand "
    "now."
)
NO_ROUND = "There is no round of ratings yet. Open one first."
RoundAct = Callable[[SignedInRequest, Assessment, RatingRound], HttpResponse]
ReadTyped = Callable[[SignedInRequest, Assessment], Mapping[str, Form]]


def raters_page(
    request: SignedInRequest, assessment: Assessment, sent: Mapping[str, Form] | None = None, refused: str = ""
) -> HttpResponse:
    """`sent` are forms that were not accepted, `refused` says why something else could not be done."""
    areas = asked_areas(assessment)
    rounds = read_rounds(assessment, areas, timezone.now())
    context = {
        "assessment": assessment,
        "is_fixed": not assessment.is_draft,
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


def newest_round(assessment: Assessment) -> RatingRound:
    newest = assessment.rating_rounds.select_related("assessment__site__organisation", "opened_by").first()
    if newest is None:
        raise RefusedError(NO_ROUND)
    return newest


def refuse_overtaken(request: SignedInRequest, newest: RatingRound) -> None:
    """Each form carries the key of the round that its page showed; nothing said about it happens to another."""
    if one(request.POST, "round") != str(newest.pk):
        raise RefusedError(OVERTAKEN)


def nothing_typed(request: SignedInRequest, assessment: Assessment) -> Mapping[str, Form]:  # noqa: ARG001
    return {}


def on_newest_round(act: RoundAct, typed: ReadTyped = nothing_typed) -> Callable[..., HttpResponse]:
    """What a form or a button of the page does. A GET, as after signing in again, leads to the page with the button.

    When it is refused, the page comes with what was `typed`.
    """

    @login_required
    @require_form_methods
    @not_kept
    @wraps(act)
    def view(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
        assessment = assessment_or_404(request.user, assessment_id, Action.ASK_RATERS)
        if request.method != "POST":
            return back(assessment)
        try:
            newest = newest_round(assessment)
            refuse_overtaken(request, newest)
            return act(request, assessment, newest)
        except RefusedError as refused:
            return raters_page(request, assessment, typed(request, assessment), refused=str(refused))

    return view


@login_required
@require_safe
@not_kept
def raters(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    return raters_page(request, assessment_or_404(request.user, assessment_id, Action.ASK_RATERS))
