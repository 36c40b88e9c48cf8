"""A row as JSON says it exactly, and as CSV shows it without anything that a spreadsheet would run."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from assessments.archive.tables import REFERENCES
from benchmarks.formatting import formula_safe


def is_reference(field: "models.Field[Any, Any]") -> bool:
    return field.related_model in REFERENCES


def column_of(field: "models.Field[Any, Any]") -> str:
    """What it is called in the archive: site_id for the number of a site, sub_element for the name of a sub-element."""
    return field.name if is_reference(field) else field.attname


def reference_names() -> dict[type[models.Model], dict[Any, list[str]]]:
    """What each row of the reference data is called, by its number here."""
    return {
        model: {row.pk: list(row.natural_key()) for row in model._default_manager.all()}  # type: ignore[attr-defined]
        for model in REFERENCES
    }


def plain(value: Any) -> Any:
    """The value as JSON can say it, without losing anything."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def as_cell(value: Any) -> str:
    """For a spreadsheet: nothing for what is not known."""
    if value is None:
        return ""
    return formula_safe(value if isinstance(value, str) else as_json(value))
