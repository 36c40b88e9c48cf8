"""Saving answers: one version for each, checked in the statement that writes, each kept in the answer's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from assessments.entries import Entry
from assessments.models import Answer, AnswerVersion, Assessment, AssessmentStatus, Origin, Person
from benchmarks.models import SubElement


@dataclass(frozen=True, slots=True)
class Change:
    """What someone wants an answer to say, the version of it that they had before them, and how it came about."""

    answer: Answer  # with its sub-element at hand
    entry: Entry
    seen_version: int
    origin: Origin = Origin.PAGE
    restored_version: int | None = None
    save_id: UUID | None = None  # the same again when a save is repeated because its answer was not heard


@dataclass(frozen=True, slots=True)
class Saved:
    """Stored, or stored already: then nothing changed, and this is what the answer says, since when."""

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


def save_answer(
    *, assessment: Assessment, change: Change, person: Person, now: datetime
) -> Saved | Conflict | SignedOff | Gone:
    """Store one answer if nobody has stored another since the version that was seen."""
    outcome = save_page(assessment=assessment, changes=[change], person=person, now=now)
    if isinstance(outcome, PageSaved):
        return outcome.answers[0]
    return outcome.conflicts[0] if isinstance(outcome, PageConflict) else outcome


@transaction.atomic
def save_page(
    *, assessment: Assessment, changes: Iterable[Change], person: Person, now: datetime
) -> PageSaved | PageConflict | SignedOff | Gone:
    """Store several answers, all of them or none, each as a new version of its history."""
    if refusal := _hold_as_draft(assessment):
        return refusal
    asked = list(changes)
    results = [_write(assessment, change, person, now) for change in asked]
    conflicts = tuple(result for result in results if isinstance(result, Conflict))
    if conflicts:
        transaction.set_rollback(True)
        return PageConflict(conflicts)
    saved = tuple(result for result in results if isinstance(result, Saved))
    AnswerVersion.objects.bulk_create(
        _version(change, person, now) for change, each in zip(asked, saved, strict=True) if each.is_change
    )
    return PageSaved(saved)


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
    answer = Answer.objects.filter(pk=change.answer.pk, assessment=assessment).order_by()
    sub_element = change.answer.sub_element
    written = answer.filter(version=change.seen_version).update(
        version=F("version") + 1, saved_at=now, saved_by=person, **change.entry.columns
    )
    if written:
        return Saved(sub_element, change.entry, change.seen_version + 1, now, is_change=True)
    current = answer.select_related("saved_by").get()
    theirs = Entry.of(current)
    if theirs == change.entry or _is_repeated(current, change):
        return Saved(sub_element, theirs, current.version, current.saved_at, is_change=False)
    return Conflict(sub_element, theirs, current.version, current.saved_at, current.saved_by)


def _is_repeated(answer: Answer, change: Change) -> bool:
    """Whether this very save was accepted before; others may have followed it since."""
    return change.save_id is not None and answer.versions.filter(save_id=change.save_id).exists()


def _version(change: Change, person: Person, now: datetime) -> AnswerVersion:
    """What is kept of an accepted save."""
    return AnswerVersion(
        answer=change.answer,
        version=change.seen_version + 1,
        saved_at=now,
        saved_by=person,
        origin=change.origin,
        restored_version=change.restored_version,
        save_id=change.save_id,
        **change.entry.columns,
    )
