"""Raters: invited and withdrawn, and the life of their links; ratings are saved elsewhere, and mails sent elsewhere."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from assessments.models import AssessmentStatus, Rater, RaterFunction, Rating, RatingRound
from assessments.rater_links import hash_of, new_browser_key
from assessments.rounds import (
    RefusedError,
    expiry_of_link,
    hold_round,
    raters_who_count,
    refuse_unless_draft,
    refuse_unless_open,
)
from assessments.signed_links import new_nonce

MOST_RATERS = 100


class InvitedAlreadyError(RefusedError):
    """The round has this rater; `field` of the invitation says by what."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def invite_rater(
    *,
    rating_round: RatingRound,
    name: str,
    email: str,
    function: RaterFunction,
    practice_areas: Collection[str],
    now: datetime,
) -> Rater:
    """Add a rater with an untouched rating for each sub-element of these practice areas, and a link to begin with."""
    held = hold_round(rating_round)
    refuse_unless_open(held)
    _refuse_twice(held, name, email, function)
    rater = Rater.objects.create(
        round=held,
        name=name,
        email=email,
        function=function,
        practice_areas=list(practice_areas),
        invited_at=now,
        expires_at=expiry_of_link(held, now),
        nonce=new_nonce(),
    )
    answers = held.assessment.answers.filter(sub_element__practice_area__code__in=practice_areas)
    asked = answers.order_by("sub_element__order").values_list("sub_element", flat=True)
    Rating.objects.bulk_create(Rating(rater=rater, sub_element_id=sub_element) for sub_element in asked)
    return rater


@transaction.atomic
def withdraw_rater(*, rater: Rater, now: datetime) -> None:
    """End the access at once; the ratings stay stored and count no more."""
    held = hold_round(rater.round)
    refuse_unless_draft(held.assessment)
    if held.is_compared:
        raise RefusedError(
            "The comparison has been opened: without this rater it would show by the difference what they gave."
            if held.is_anonymous
            else "The comparison has been opened. Re-open the round to withdraw a rater."
        )
    Rater.objects.filter(pk=rater.pk, withdrawn_at=None).update(withdrawn_at=now, is_claimable=False)


@transaction.atomic
def renew_link(*, rater: Rater, now: datetime) -> Rater:
    """A new link that ends the one before; the browser in which the rater began goes on until the new one is used.

    Who has begun and has no e-mail address gets more time but no link: nobody could be given it unseen.
    """
    held = hold_round(rater.round)
    refuse_unless_open(held)
    current = Rater.objects.get(pk=rater.pk)
    if current.withdrawn_at is not None:
        raise RefusedError(f"{current.name} has been withdrawn. Invite them anew.")
    current.expires_at = max(current.expires_at, expiry_of_link(held, now))
    if current.begun_at is None or current.email:
        current.nonce, current.is_claimable = new_nonce(), True
    current.save(update_fields=["expires_at", "nonce", "is_claimable"])
    return current


def begin(*, rater: Rater, now: datetime) -> str | None:
    """Bind the link to one browser: its key, which is stored nowhere; None when somebody else was quicker."""
    browser_key = new_browser_key()
    link = _of_drafts().filter(pk=rater.pk, nonce=rater.nonce, is_claimable=True, withdrawn_at=None)
    bound = link.filter(expires_at__gt=now).update(
        is_claimable=False,
        browser_key=hash_of(browser_key),
        begun_at=Coalesce(F("begun_at"), Value(now, output_field=DateTimeField())),
    )
    return browser_key if bound else None


def link_for_another_device(*, rater: Rater) -> None:
    """A link that the rater alone is shown; once begun there, the browser that asked for it ends."""
    own = _of_drafts().filter(pk=rater.pk, browser_key=rater.browser_key, withdrawn_at=None)
    own.update(nonce=new_nonce(), is_claimable=True)


def forget_address(*, rater: Rater) -> bool:
    """The rater wants no link sent to the address that they were invited at; one already sent ends.

    False when it stays in a record that is being signed, or is: no mail goes out from there.
    """
    own = _of_drafts().filter(pk=rater.pk, browser_key=rater.browser_key)
    return own.update(email="", nonce=new_nonce(), is_claimable=False) == 1


def _of_drafts() -> QuerySet[Rater]:
    """Of whom something may still change."""
    return Rater.objects.filter(round__assessment__status=AssessmentStatus.DRAFT).order_by()


def _refuse_twice(rating_round: RatingRound, name: str, email: str, function: RaterFunction) -> None:
    invited = raters_who_count(rating_round)
    if email and (same := invited.filter(email__iexact=email).first()):
        raise InvitedAlreadyError("email", f"{same.name} has been invited at this address already.")
    if invited.filter(name=name, function=function).exists():
        raise InvitedAlreadyError(
            "name", f"{name} ({function.label}) has been invited already. Add what tells the two apart."
        )
    if invited.count() >= MOST_RATERS:
        raise RefusedError(f"A round takes at most {MOST_RATERS} raters.")
