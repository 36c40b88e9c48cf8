"""The rows that a sign-off protects, each with its digest: sealed with the last signature, and compared afterwards."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet

from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Rater,
    Rating,
    RatingRound,
    Review,
    Signature,
    SignedRecord,
)
from assessments.trail.sealing import head_of_trail

# How each row leads to its assessment.
PATHS: dict[type[models.Model], str] = {
    Answer: "assessment",
    AnswerVersion: "answer__assessment",
    RatingRound: "assessment",
    Rater: "round__assessment",
    Rating: "rater__round__assessment",
    Review: "assessment",
    Signature: "review__assessment",
}
# What opens a link is no part of what was signed: it leaves the server with nobody, and can be made anew.
SECRETS = {"nonce", "browser_key"}
NOT_SEALED = {"status"}  # of the assessment: it is sealed a moment before it becomes "signed"


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One row by its table and key, with the digest of what it says."""

    name: str
    digest: str
    people: str  # whom it names: their accounts may be removed later

    def __str__(self) -> str:
        return f"{self.name} {self.digest} {self.people}"


def seal(*, assessment: Assessment, review: Review, now: datetime) -> SignedRecord:
    """Note the digest of every row that is signed with the assessment."""
    organisation = assessment.site.organisation_id
    record = SignedRecord(
        assessment=assessment,
        review=review,
        signed_at=now,
        digest=review.digest,
        rows="\n".join(str(row) for row in read_rows(assessment)),
        trail_head=f"{organisation}:{head_of_trail(organisation)}",
    )
    record.seal = seal_of(record)
    record.save(force_insert=True)
    return record


def seal_of(record: SignedRecord) -> str:
    """The digest of all that the record says."""
    told = {name: value for name, value in _columns(record).items() if name not in ("id", "seal")}
    return _digest(told)


def read_rows(assessment: Assessment) -> Iterator[SealedRow]:
    """Each protected row as it is now, in one query for each table."""
    yield _sealed(assessment, leave_out=NOT_SEALED)
    for rows in protected_rows(assessment):
        for row in rows:
            yield _sealed(row)


def protected_rows(assessment: Assessment) -> Iterator[QuerySet[Any]]:
    for model, path in PATHS.items():
        yield model._default_manager.filter(**{path: assessment.pk}).order_by("pk")


def forgettable(model: type[models.Model]) -> set[str]:
    """The columns that are emptied when the account of whom they name is removed."""
    return {
        str(field.column)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.SET_NULL
    }


def _sealed(row: models.Model, leave_out: frozenset[str] | set[str] = frozenset()) -> SealedRow:
    columns = {name: value for name, value in _columns(row).items() if name not in SECRETS | leave_out}
    people = {name: columns.pop(name) for name in sorted(forgettable(type(row)))}
    name = f"{row._meta.db_table}:{columns.pop('id')}"
    return SealedRow(name, _digest(columns), json.dumps(people, sort_keys=True, separators=(",", ":")))


def _columns(row: models.Model) -> dict[str, Any]:
    return {str(field.column): _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def _plain(value: Any) -> Any:
    """The same on both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal("0.01")))
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


def _digest(content: dict[str, Any]) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
