"""Confirming an answer that was given before the raters were compared: the same answer, as a new save."""

from datetime import datetime

from assessments.answering import Change, Conflict, Gone, Saved, SignedOff, save_answer
from assessments.entries import Entry
from assessments.models import Answer, Origin, Person


def confirm_answer(
    *, answer: Answer, seen_version: int, person: Person, now: datetime
) -> Saved | Conflict | SignedOff | Gone:
    """Say that an answer still stands, now that the ratings are known; its history says so."""
    change = Change(answer, Entry.of(answer), seen_version, origin=Origin.CONFIRMED)
    return save_answer(assessment=answer.assessment, change=change, person=person, now=now)
