"""The rows of a dry run on their way to the page that confirms them: signed, for one person, for half a day."""

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core import signing

from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, Assessment, Confidence, EvidenceStrength, Person
from assessments.seen import Seen
from assessments.workbook.filled import FilledRow

SALT = "assessments.workbook"
LASTS = timedelta(hours=12)


class NotCarried(Exception):
    """What arrived is not what was sent along, or too old."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The rows that differ, the version of each answer that the page showed, and what else the page said."""

    rows: tuple[FilledRow, ...]
    shown: dict[str, int]
    unchanged: int
    missing: tuple[str, ...]
    notices: tuple[str, ...]
    save_id: UUID


class _Compact:
    """JSON in UTF-8: long texts in wide letters must fit into a form."""

    def dumps(self, obj: Any) -> bytes:
        return json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def carry(content: Carried, *, assessment: Assessment, person: Person) -> str:
    """The text that goes along with the page."""
    packed = {
        "for": [str(assessment.pk), person.pk],
        "save": str(content.save_id),
        "rows": [_packed(row) | {"shown": content.shown[row.code]} for row in content.rows],
        "unchanged": content.unchanged,
        "missing": content.missing,
        "notices": content.notices,
    }
    return signing.dumps(packed, salt=SALT, serializer=_Compact, compress=True)


def carried(text: str, *, assessment: Assessment, person: Person) -> Carried:
    """Raise NotCarried unless this person got it from us, for this assessment, not long ago."""
    try:
        content = signing.loads(text, salt=SALT, serializer=_Compact, max_age=LASTS)
    except signing.BadSignature as problem:
        raise NotCarried from problem
    if content["for"] != [str(assessment.pk), person.pk]:
        raise NotCarried
    return Carried(
        rows=tuple(_unpacked(row) for row in content["rows"]),
        shown={row["code"]: row["shown"] for row in content["rows"]},
        unchanged=content["unchanged"],
        missing=tuple(content["missing"]),
        notices=tuple(content["notices"]),
        save_id=UUID(content["save"]),
    )


def _packed(row: FilledRow) -> dict[str, Any]:
    columns = row.entry.columns
    return {
        "code": row.code,
        "sheet": row.sheet,
        "number": row.number,
        "letters": dict(row.letters),
        "pairs": row.pairs,
        "seen": None if row.seen is None else str(row.seen),
        "entry": columns | {"score": None if row.entry.score is None else str(row.entry.score)},
    }


def _unpacked(packed: dict[str, Any]) -> FilledRow:
    entry = packed["entry"]
    return FilledRow(
        code=packed["code"],
        sheet=packed["sheet"],
        number=packed["number"],
        letters=packed["letters"],
        pairs=tuple(packed["pairs"]),
        seen=None if packed["seen"] is None else Seen.read(packed["seen"]),
        entry=Entry(
            state=AnswerState(entry["state"]),
            score=None if entry["score"] is None else Decimal(entry["score"]),
            reason=entry["reason"],
            rationale=entry["rationale"],
            evidence=tuple(EvidenceReference.of(each) for each in entry["evidence"]),
            confidence=Confidence(entry["confidence"]),
            evidence_strength=EvidenceStrength(entry["evidence_strength"]),
        ),
    )
