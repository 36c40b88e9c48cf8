"""Rounds of ratings: opened, given another deadline, closed, re-opened, compared; inviting is elsewhere."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.anonymity import is_enough
from assessments.models import AnswerState, Assessment, Person, Rater, RatingRound

LINK_LIFE = timedelta(days=30)
LIFE_AFTER_DEADLINE = timedelta(days=14)


class RefusedError(Exception):
    """Nothing was changed; the message is a sentence for the page that says why."""


@transaction.atomic
def open_round(
    *, assessment: Assessment, person: Person, is_anonymous: bool, deadline: date | None, now: datetime
) -> RatingRound:
    """Open a round; whether it is anonymous is decided here and never again."""
    refuse_unless_draft(_held_assessment(assessment))
    if assessment.rating_rounds.filter(closed_at=None).exists():
        raise RefusedError("A round is open already. Close it before you open another.")
    return RatingRound.objects.create(
        assessment=assessment, is_anonymous=is_anonymous, deadline=deadline, opened_at=now, opened_by=person
    )


@transaction.atomic
def change_deadline(*, rating_round: RatingRound, deadline: date | None) -> None:
    """Set another last day, or none; links last long enough for it, and none becomes shorter."""
    held = hold_round(rating_round)
    refuse_unless_open(held)
    held.deadline = deadline
    held.save(update_fields=["deadline"])
    if deadline is not None:
        needed = day_after(deadline) + LIFE_AFTER_DEADLINE
        held.raters.filter(withdrawn_at=None, expires_at__lt=needed).update(expires_at=needed)


@transaction.atomic
def close_round(*, rating_round: RatingRound, now: datetime) -> None:
    """From now on no rating is taken; closing twice changes nothing."""
    held = hold_round(rating_round)
    if held.is_open:
        refuse_unless_draft(held.assessment)
        held.closed_at = now
        held.save(update_fields=["closed_at"])


@transaction.atomic
def reopen_round(*, rating_round: RatingRound) -> None:
    """Take ratings again. The comparison of a named round closes with it, and is opened anew by whoever means to.

    Raters who are invited from now on are told that nobody sees what they rate before that.
    """
    held = hold_round(rating_round)
    refuse_unless_draft(held.assessment)
    if held.is_open:
        return
    if held.is_anonymous and held.comparison_opened_at is not None:
        raise RefusedError(
            "The comparison of this anonymous round has been opened. A rating changed now would show by the "
            "difference who changed it. Open a new round instead."
        )
    if held.assessment.rating_rounds.filter(opened_at__gt=held.opened_at).exists():
        raise RefusedError("A newer round has been opened since. Only the newest round can be re-opened.")
    held.closed_at = held.comparison_opened_at = None
    held.save(update_fields=["closed_at", "comparison_opened_at"])


@transaction.atomic
def open_comparison(*, rating_round: RatingRound, now: datetime) -> None:
    """Close the round and show its ratings beside each other; until then nobody but the rater sees a rating."""
    held = hold_round(rating_round)
    if held.comparison_opened_at is not None and held.closed_at is not None:
        return
    refuse_unless_draft(held.assessment)
    if held.comparison_opened_at is None:
        _refuse_too_few(held)
    held.closed_at = held.closed_at or now
    held.comparison_opened_at = held.comparison_opened_at or now
    held.save(update_fields=["closed_at", "comparison_opened_at"])


def count_scoring(rating_round: RatingRound) -> int:
    """How many raters who count have given at least one score."""
    return raters_who_count(rating_round).filter(ratings__state=AnswerState.SCORED).distinct().count()


def raters_who_count(rating_round: RatingRound) -> QuerySet[Rater]:
    return rating_round.raters.filter(withdrawn_at=None).order_by()


def hold_round(rating_round: RatingRound) -> RatingRound:
    """The round and its assessment as they are now, held until the transaction ends.

    PostgreSQL locks the two rows. SQLite needs no lock: its transaction is the only writer from its start.
    """
    rows = RatingRound.objects.select_for_update(of=("self", "assessment"), no_key=True)
    held = rows.select_related("assessment").filter(pk=rating_round.pk).order_by().first()
    if held is None:
        raise RefusedError("The assessment has been deleted.")
    return held


def refuse_unless_draft(assessment: Assessment) -> None:
    if assessment.is_in_review:
        raise RefusedError("This assessment is in review: nothing of it changes until it is returned to draft.")
    if assessment.is_signed:
        raise RefusedError("This assessment has been signed off: nothing of it changes any more.")


def refuse_unless_open(rating_round: RatingRound) -> None:
    refuse_unless_draft(rating_round.assessment)
    if not rating_round.is_open:
        raise RefusedError("The round is closed. Re-open it first.")


def day_after(deadline: date) -> datetime:
    """The first moment that is too late."""
    return timezone.make_aware(datetime.combine(deadline + timedelta(days=1), time.min))


def is_late(rating_round: RatingRound, moment: datetime) -> bool:
    return rating_round.deadline is not None and moment >= day_after(rating_round.deadline)


def expiry_of_link(rating_round: RatingRound, now: datetime) -> datetime:
    """Thirty days, and two weeks beyond the deadline when that is later."""
    if rating_round.deadline is None:
        return now + LINK_LIFE
    return max(now + LINK_LIFE, day_after(rating_round.deadline) + LIFE_AFTER_DEADLINE)


def _held_assessment(assessment: Assessment) -> Assessment:
    held = Assessment.objects.select_for_update(no_key=True).order_by().filter(pk=assessment.pk).first()
    if held is None:
        raise RefusedError("The assessment has been deleted.")
    return held


def _refuse_too_few(rating_round: RatingRound) -> None:
    scoring = count_scoring(rating_round)
    # The same for none, one and two: the step from none to one would tell who of those who have begun has rated.
    if rating_round.is_anonymous and not is_enough(scoring):
        raise RefusedError(
            "In an anonymous round the comparison opens only once at least three raters have given a score: "
            "among fewer, everybody would know who gave what."
        )
    if not scoring:
        raise RefusedError("Nobody has given a score yet: there is nothing to compare.")
