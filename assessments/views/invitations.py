"""What the lead does with single raters: inviting, reminding, renewing a link, withdrawing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from assessments.access import Action, SignedInRequest, rater_or_404
from assessments.caching import not_kept
from assessments.forms.raters import InvitationForm, WithdrawalForm
from assessments.invitations import InvitedAlreadyError, invite_rater, renew_link, withdraw_rater
from assessments.models import Assessment, Rater, RatingRound
from assessments.rater_mails import Kind, Sent, mail_link, mail_new_link
from assessments.rater_mails import remind as remind_raters
from assessments.raters import asked_areas
from assessments.rounds import RefusedError
from assessments.views.pages import render_form, require_form_methods
from assessments.views.raters import back, on_newest_round, raters_page

RaterAct = Callable[[SignedInRequest, Rater], HttpResponse]


def _invitation_typed(request: SignedInRequest, assessment: Assessment) -> Mapping[str, InvitationForm]:
    return {"invitation_form": InvitationForm(request.POST, areas=asked_areas(assessment))}


@partial(on_newest_round, typed=_invitation_typed)
def invite(request: SignedInRequest, assessment: Assessment, newest: RatingRound) -> HttpResponse:
    sent = _invitation_typed(request, assessment)
    form = sent["invitation_form"]
    if not form.is_valid():
        return raters_page(request, assessment, sent)
    try:
        rater = invite_rater(rating_round=newest, **form.invitation, now=timezone.now())
    except InvitedAlreadyError as refused:
        form.add_error(refused.field, str(refused))
        return raters_page(request, assessment, sent)
    rater.round = newest
    way = _mailed(Kind.INVITATION, rater) if rater.email else "Copy the link below and hand it over."
    messages.success(request, f"{rater.name} has been invited. {way}")
    return back(assessment)


@on_newest_round
def remind_all(request: SignedInRequest, assessment: Assessment, newest: RatingRound) -> HttpResponse:
    _tell_reminded(request, remind_raters(newest, timezone.now()))
    return back(assessment)


def on_rater(act: RaterAct) -> Callable[..., HttpResponse]:
    """What a button beside one rater does; a GET leads to the page with the button."""

    @login_required
    @require_form_methods
    @not_kept
    @wraps(act)
    def view(request: SignedInRequest, assessment_id: UUID, rater_id: UUID) -> HttpResponse:
        rater = rater_or_404(request.user, assessment_id, rater_id, Action.ASK_RATERS)
        assessment = rater.round.assessment
        if request.method != "POST":
            return back(assessment)
        try:
            return act(request, rater)
        except RefusedError as refused:
            return raters_page(request, assessment, refused=str(refused))

    return view


@on_rater
def remind(request: SignedInRequest, rater: Rater) -> HttpResponse:
    _tell_reminded(request, remind_raters(rater.round, timezone.now(), only=rater))
    return back(rater.round.assessment)


@on_rater
def renew(request: SignedInRequest, rater: Rater) -> HttpResponse:
    """The lead is never shown the link of a rater who has begun: it would open what they rated."""
    now = timezone.now()
    if rater.begun_at is not None and rater.email:
        messages.success(request, f"A new link for {rater.name} alone. {mail_new_link(rater, now).words(rater.email)}")
        return back(rater.round.assessment)
    renewed = renew_link(rater=rater, now=now)
    renewed.round = rater.round
    if renewed.begun_at is not None:
        messages.success(request, f"{rater.name} has more time, in the browser in which they began.")
    else:
        way = _mailed(Kind.NEW_LINK, renewed) if renewed.email else "Copy the new link below and hand it over."
        messages.success(request, f"{rater.name} has a new link; the one before no longer works. {way}")
    return back(rater.round.assessment)


@login_required
@require_form_methods
@not_kept
def withdraw(request: SignedInRequest, assessment_id: UUID, rater_id: UUID) -> HttpResponse:
    rater = rater_or_404(request.user, assessment_id, rater_id, Action.ASK_RATERS)
    assessment = rater.round.assessment
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render_form(request, "assessments/raters/withdraw.html", form, assessment=assessment, rater=rater)
    try:
        withdraw_rater(rater=rater, now=timezone.now())
    except RefusedError as refused:
        return raters_page(request, assessment, refused=str(refused))
    messages.success(
        request, f"{rater.name} has been withdrawn: their link no longer works, their ratings do not count."
    )
    return back(assessment)


def _mailed(kind: Kind, rater: Rater) -> str:
    """Of a rater who has not begun."""
    outcome = mail_link(kind, rater, timezone.now())
    return f"{outcome.words(rater.email)}{' Copy the link below and hand it over.' if outcome is Sent.FAILED else ''}"


def _tell_reminded(request: SignedInRequest, told: Sequence[tuple[Rater, Sent]]) -> None:
    """One message for those who were reminded, one for each of the others."""
    reminded = [rater.name for rater, outcome in told if outcome is not Sent.FAILED]
    if reminded:
        is_printed = any(outcome is Sent.PRINTED for _, outcome in told)
        where = f" {Sent.PRINTED.words('')}" if is_printed else ""
        messages.success(request, f"Reminded: {', '.join(reminded)}.{where}")
    for rater, outcome in told:
        if outcome is Sent.FAILED:
            messages.error(request, f"{rater.name} was not reminded. {outcome.words(rater.email)}")
