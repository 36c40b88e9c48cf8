"""Saving answers: one version for each, checked in the statement that writes, each kept in the answer's history."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

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
    follows: tuple[UUID, ...] = ()  # saves before it whose answer was not heard: they are no one else's


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
    """Nothing was stored: answers do not change while an assessment is in review, nor once it is signed off."""

    is_in_review: bool = False


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
        _version(change, each, person, now) for change, each in zip(asked, saved, strict=True) if each.is_change
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
    return None if status == AssessmentStatus.DRAFT else SignedOff(status == AssessmentStatus.IN_REVIEW)


def _write(assessment: Assessment, change: Change, person: Person, now: datetime) -> Saved | Conflict:
    sub_element = change.answer.sub_element
    if _advance(assessment, change, person, now):
        return Saved(sub_element, change.entry, change.seen_version + 1, now, is_change=True)
    current = Answer.objects.select_related("saved_by").get(pk=change.answer.pk)
    theirs = Entry.of(current)
    if theirs == change.entry or _is_among(current.versions.all(), (change.save_id,)):
        return Saved(sub_element, theirs, current.version, current.saved_at, is_change=False)
    if _is_among(current.versions.filter(version=current.version), change.follows):
        return _write(assessment, replace(change, seen_version=current.version, follows=()), person, now)
    return Conflict(sub_element, theirs, current.version, current.saved_at, current.saved_by)


def _advance(assessment: Assessment, change: Change, person: Person, now: datetime) -> bool:
    """The one statement that checks the version and writes the next."""
    seen = Answer.objects.filter(pk=change.answer.pk, assessment=assessment, version=change.seen_version).order_by()
    return bool(seen.update(version=F("version") + 1, saved_at=now, saved_by=person, **change.entry.columns))


def _is_among(versions: QuerySet[AnswerVersion], save_ids: Iterable[UUID | None]) -> bool:
    """Whether one of these saves made one of these versions."""
    known = [each for each in save_ids if each is not None]
    return bool(known) and versions.filter(save_id__in=known).exists()


def _version(change: Change, saved: Saved, person: Person, now: datetime) -> AnswerVersion:
    """What is kept of an accepted save."""
    return AnswerVersion(
        answer=change.answer,
        version=saved.version,
        saved_at=now,
        saved_by=person,
        origin=change.origin,
        restored_version=change.restored_version,
        save_id=change.save_id,
        **change.entry.columns,
    )
