"""Pure: what is signed, as bytes that depend on nothing but what the report says, and the report's data out of them.

Objects have their keys in alphabetical order and no spaces between; a mapping whose order matters is a list of pairs.
Decimals are text, times are UTC to the microsecond, what is unknown is null. docs/signing.md describes it for readers.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from assessments.exports.data import as_data
from assessments.records import AssessmentRecord, Status
from assessments.redaction import figures_of
from assessments.report import Report, build_report
from benchmarks.cohorts import CohortFigures

SCHEMA = "qmm-signed/1"
# Of report.json what was computed; who, when and what was typed stands in the record itself.
FIGURES = ("overall", "areas", "unevenness", "raters", "shape", "evidence", "levers", "since")
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Signed:
    """What the bytes say."""

    assessment: AssessmentRecord
    cohort: CohortFigures


def canonical_bytes(report: Report) -> bytes:
    """Everything that the report says once it is signed off, without the signatures and the time of making it."""
    record = signable(report.assessment)
    as_signed = build_report(assessment=record, cohort=report.cohort, now=report.generated_at)
    data = as_data(as_signed)
    content = {
        "schema": SCHEMA,
        "assessment": _plain(record),
        "cohort": _plain(report.cohort),
        "figures": {name: data[name] for name in FIGURES},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signable(record: AssessmentRecord) -> AssessmentRecord:
    """As the signed report will say it: of the raters only the figures, which is all that a report shows of them."""
    return replace(
        record,
        status=Status.SIGNED,
        withheld=None,
        sign_off=None,
        comparison=None if record.comparison is None else figures_of(record.comparison),
    )


def digest_of_bytes(canonical: bytes) -> str:
    return hashlib.sha256(canonical).hexdigest()


def read_canonical(canonical: bytes) -> Signed:
    """The data out of the bytes; what a later version of the product adds to it has its default."""
    content = json.loads(canonical)
    if content["schema"] != SCHEMA:
        raise ValueError(f"This is not {SCHEMA} but {content['schema']}.")
    return Signed(_restored(AssessmentRecord, content["assessment"]), _restored(CohortFigures, content["cohort"]))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return [[key, _plain(inner)] for key, inner in value.items()]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(MOMENT)
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal | Fraction) else value


def _restored(kind: Any, value: Any) -> Any:
    """The value of this type again."""
    if value is None:
        return None
    outer, inner = get_origin(kind), get_args(kind)
    if outer in (Union, UnionType):
        return _restored(next(each for each in inner if each is not type(None)), value)
    if outer is tuple:
        kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_restored(each, part) for each, part in zip(kinds, value, strict=True))
    if outer is dict:
        return {key: _restored(inner[1], part) for key, part in value}
    if is_dataclass(kind):
        return _object(kind, value)
    if kind is datetime:
        return datetime.strptime(value, MOMENT).replace(tzinfo=UTC)
    is_made_from_text = kind in (Decimal, Fraction) or issubclass(kind, Enum)
    return kind(value) if is_made_from_text else value


def _object(kind: Any, value: Mapping[str, Any]) -> Any:
    types = _types(kind)
    return kind(**{name: _restored(types[name], value[name]) for name in types if name in value})


@cache
def _types(kind: Any) -> dict[str, Any]:
    """The names of its fields with their types."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}
