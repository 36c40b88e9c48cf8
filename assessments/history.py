"""The history of one answer, newest first: who saved it when, what each save changed, and bringing one back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from assessments.answering import Change, Conflict, Gone, Saved, SignedOff, save_answer
from assessments.entries import Entry
from assessments.models import Answer, AnswerVersion, Origin, Person
from benchmarks.formatting import capitalised


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one field said before a save, and after it; empty where it said nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One accepted save."""

    version: int
    saved_at: datetime
    saved_by: Person | None
    origin: Origin
    restored_version: int | None
    changes: tuple[FieldChange, ...]
    is_current: bool


def read_history(answer: Answer) -> tuple[Step, ...]:
    """All accepted saves of an answer, in one query. What was saved before there was a history is its first step."""
    versions = [*answer.versions.select_related("saved_by").order_by("version")]
    entries = [Entry(), *(Entry.of(version) for version in versions)]
    steps = [
        _step(version, tuple(changes_between(before, after)), is_current=version.version == answer.version)
        for version, (before, after) in zip(versions, pairwise(entries), strict=True)
    ]
    return tuple(reversed(steps))


def _step(version: AnswerVersion, changes: tuple[FieldChange, ...], *, is_current: bool) -> Step:
    return Step(
        version=version.version,
        saved_at=version.saved_at,
        saved_by=version.saved_by,
        origin=Origin(version.origin),
        restored_version=version.restored_version,
        changes=changes,
        is_current=is_current,
    )


def changes_between(before: Entry, after: Entry) -> Iterator[FieldChange]:
    """The fields in which two answers differ, in the order of the form."""
    for (label, old), (_, new) in zip(_said(before), _said(after), strict=True):
        if old != new:
            yield FieldChange(label, old, new)


def _said(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "Answer", capitalised(str(entry))
    yield "Why it does not apply", entry.reason
    yield "Rationale", entry.rationale
    yield "Evidence", "\n".join(str(each) for each in entry.evidence)
    yield "Confidence", str(entry.confidence.label)
    yield "Strength of evidence", str(entry.evidence_strength.label)


def restore(
    *, answer: Answer, version: AnswerVersion, seen_version: int, person: Person, now: datetime
) -> Saved | Conflict | SignedOff | Gone:
    """Make an answer say again what it said in an earlier version, as a new save after all others."""
    change = Change(answer, Entry.of(version), seen_version, origin=Origin.RESTORED, restored_version=version.version)
    return save_answer(assessment=answer.assessment, change=change, person=person, now=now)
