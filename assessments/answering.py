"""Saving answers: one version for each, checked in the statement that writes, and only while nothing is signed off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from assessments.entries import Entry
from assessments.models import Answer, Assessment, AssessmentStatus, Person
from benchmarks.models import SubElement


@dataclass(frozen=True, slots=True)
class Change:
    """What someone wants an answer to say, and the version of it that they had before them."""

    sub_element: SubElement
    entry: Entry
    seen_version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """Stored, or stored already: then nothing changed, and version and time are those of the first time."""

    sub_element: SubElement
    entry: Entry
    version: int
    saved_at: datetime | None
    is_change: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was stored: the answer has another version by now, and this is what it says."""

    sub_element: SubElement
    entry: Entry
    version: int
    saved_at: datetime | None
    saved_by: Person | None


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Nothing was stored: the answers of a signed-off assessment no longer change."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing was stored: the assessment has been deleted in the meantime."""


@dataclass(frozen=True, slots=True)
class PageSaved:
    """All answers of a page were stored."""

    answers: tuple[Saved, ...]


@dataclass(frozen=True, slots=True)
class PageConflict:
    """Nothing of a page was stored, because of these answers."""

    conflicts: tuple[Conflict, ...]


@transaction.atomic
def save_answer(
    *,
    assessment: Assessment,
    sub_element: SubElement,
    entry: Entry,
    seen_version: int,
    person: Person,
    now: datetime,
) -> Saved | Conflict | SignedOff | Gone:
    """Store one answer if nobody has stored another since `seen_version`."""
    if refusal := _hold_as_draft(assessment):
        return refusal
    return _write(assessment, Change(sub_element, entry, seen_version), person, now)


@transaction.atomic
def save_page(
    *, assessment: Assessment, changes: Iterable[Change], person: Person, now: datetime
) -> PageSaved | PageConflict | SignedOff | Gone:
    """Store several answers, all of them or none."""
    if refusal := _hold_as_draft(assessment):
        return refusal
    results = [_write(assessment, change, person, now) for change in changes]
    conflicts = tuple(result for result in results if isinstance(result, Conflict))
    if conflicts:
        transaction.set_rollback(True)
        return PageConflict(conflicts)
    return PageSaved(tuple(result for result in results if isinstance(result, Saved)))


def _hold_as_draft(assessment: Assessment) -> SignedOff | Gone | None:
    """Why answers may not change, if so; held until the transaction ends, so that nobody signs off in between.

    PostgreSQL locks the row. SQLite has no such lock and needs none: its transaction is the only writer from its start.
    """
    held = Assessment.objects.select_for_update(no_key=True).order_by()
    status = held.filter(pk=assessment.pk).values_list("status", flat=True).first()
    if status is None:
        return Gone()
    return None if status == AssessmentStatus.DRAFT else SignedOff()


def _write(assessment: Assessment, change: Change, person: Person, now: datetime) -> Saved | Conflict:
    answer = Answer.objects.filter(assessment=assessment, sub_element=change.sub_element).order_by()
    written = answer.filter(version=change.seen_version).update(
        version=F("version") + 1, saved_at=now, saved_by=person, **change.entry.columns
    )
    if written:
        return Saved(change.sub_element, change.entry, change.seen_version + 1, now, is_change=True)
    current = answer.select_related("saved_by").get()
    theirs = Entry.of(current)
    if theirs == change.entry:
        return Saved(change.sub_element, theirs, current.version, current.saved_at, is_change=False)
    return Conflict(change.sub_element, theirs, current.version, current.saved_at, current.saved_by)
