"""Saving ratings: what one rater says, while their round is open; answers are saved elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from assessments.answering import Change, Conflict, Gone, PageConflict, Saved, SignedOff
from assessments.entries import Entry
from assessments.models import Rater, Rating, RatingRound
from assessments.rater_access import why_ended
from assessments.rounds import RefusedError, hold_round, is_late


@dataclass(frozen=True, slots=True)
class RatingsSaved:
    """All ratings of a page were stored."""

    answers: tuple[Saved, ...]
    is_late: bool  # something came after the deadline


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """Nothing was stored: the round takes no ratings at present."""


@dataclass(frozen=True, slots=True)
class AccessEnded:
    """Nothing was stored: the rater was withdrawn, their time is over, or they began in another browser meanwhile."""


@transaction.atomic
def save_ratings(
    *, rater: Rater, changes: Iterable[Change], now: datetime
) -> RatingsSaved | PageConflict | RoundClosed | SignedOff | AccessEnded | Gone:
    """Store several ratings, all of them or none; `rater` is as the request found them. Saving twice is harmless."""
    held = _hold(rater, now)
    if not isinstance(held, RatingRound):
        return held
    results = [_write(rater, change, now) for change in changes]
    conflicts = tuple(result for result in results if isinstance(result, Conflict))
    if conflicts:
        transaction.set_rollback(True)
        return PageConflict(conflicts)
    saved = tuple(result for result in results if isinstance(result, Saved))
    return RatingsSaved(saved, is_late=any(each.is_change for each in saved) and is_late(held, now))


@transaction.atomic
def set_finished(*, rater: Rater, is_finished: bool, now: datetime) -> bool:
    """Whether the rater could say that they are done, or not done yet; the round must be open for either."""
    if not isinstance(_hold(rater, now), RatingRound):
        return False
    Rater.objects.filter(pk=rater.pk).update(finished_at=(rater.finished_at or now) if is_finished else None)
    return True


def takes_ratings(rating_round: RatingRound) -> bool:
    """Whether something sent now would be stored; its assessment must be at hand."""
    return rating_round.is_open and rating_round.assessment.is_draft


def _hold(rater: Rater, now: datetime) -> RatingRound | RoundClosed | SignedOff | AccessEnded | Gone:
    """The open round, held so that nobody closes it in between; or why nothing may be stored."""
    try:
        held = hold_round(rater.round)
        current = Rater.objects.get(pk=rater.pk)
    except (RefusedError, Rater.DoesNotExist):
        return Gone()
    if current.browser_key != rater.browser_key or why_ended(current, now):
        return AccessEnded()
    if not held.assessment.is_draft:
        return SignedOff(held.assessment.is_in_review)
    return held if held.is_open else RoundClosed()


def _write(rater: Rater, change: Change, now: datetime) -> Saved | Conflict:
    rating = Rating.objects.filter(pk=change.answer.pk, rater=rater).order_by()
    sub_element = change.answer.sub_element
    seen = rating.filter(version=change.seen_version)
    if seen.update(version=F("version") + 1, saved_at=now, save_id=change.save_id, **change.entry.columns):
        return Saved(sub_element, change.entry, change.seen_version + 1, now, is_change=True)
    current = rating.get()
    stored = Entry.of(current)
    if stored == change.entry or (change.save_id and change.save_id == current.save_id):
        return Saved(sub_element, stored, current.version, current.saved_at, is_change=False)
    if current.save_id in change.follows:
        return _write(rater, replace(change, seen_version=current.version, follows=()), now)
    return Conflict(sub_element, stored, current.version, current.saved_at, saved_by=None)
