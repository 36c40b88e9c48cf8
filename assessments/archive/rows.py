"""Rows of an archive as rows of this product: each value of its field's kind, references by name, people by number."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models

from assessments.archive.people import Numbers
from assessments.archive.refusals import RefusedError
from assessments.archive.tables import REFERENCES, Table
from assessments.archive.values import column_of, is_reference
from assessments.models import Person

AT_ONCE = 500
References = Mapping[type[models.Model], Mapping[tuple[str, ...], Any]]


def references_here() -> References:
    """The number of each row of the reference data, by what it is called."""
    return {
        model: {tuple(row.natural_key()): row.pk for row in model._default_manager.all()}  # type: ignore[attr-defined]
        for model in REFERENCES
    }


def insert_rows(table: Table, rows: list[dict[str, Any]], people: Numbers, references: References) -> None:
    """As they were, with their own numbers and times; nothing that usually happens on saving happens."""
    fields = list(table.model._meta.concrete_fields)
    made = (_row(table, row, people, references) for row in rows)
    most = min(AT_ONCE, connection.ops.bulk_batch_size(fields, rows) or 1)
    while batch := list(islice(made, most)):
        table.model._base_manager.all()._insert(batch, fields=fields, raw=True, using=connection.alias)  # type: ignore[attr-defined]


def _row(table: Table, row: Mapping[str, Any], people: Numbers, references: References) -> models.Model:
    known = {column_of(field): field for field in table.fields}
    if unknown := row.keys() - known.keys():
        raise RefusedError(
            f"{table.name} has a column {min(unknown)[:80]!r} that this version of the product does not know. Load the "
            "archive with the version that wrote it, or a newer one."
        )
    values = dict(_values(table, row, known, people, references))
    return table.model(**values, **{name: make() for name, make in table.secrets.items()})


def _values(
    table: Table,
    row: Mapping[str, Any],
    known: "Mapping[str, models.Field[Any, Any]]",
    people: Numbers,
    references: References,
) -> Iterator[tuple[str, Any]]:
    for column, field in known.items():
        if column not in row:
            if not (field.has_default() or field.null or field.blank):
                raise RefusedError(f"{table.name} has a row without {column}.")
            continue  # a column that came later has what it would have for a new row
        try:
            yield field.attname, _value(field, row[column], people, references)
        except (ValidationError, ValueError, TypeError, KeyError, OverflowError) as problem:
            shown = f"{row[column]!r}"[:80]
            raise RefusedError(f"{table.name} has {shown} as {column}, which cannot be.") from problem


def _value(field: "models.Field[Any, Any]", value: Any, people: Numbers, references: References) -> Any:
    if value is None:
        if not field.null:
            raise ValueError("nothing")
        return None
    if is_reference(field):
        return references[field.related_model][tuple(value)]  # type: ignore[index]
    if field.related_model is Person:
        return people[value]
    return _of_its_kind(_target(field), value)


def _target(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """Of a key the field that it points at: a number, or a number in hexadecimal."""
    return field.target_field if isinstance(field, models.ForeignKey) else field


def _of_its_kind(field: "models.Field[Any, Any]", value: Any) -> Any:
    """No number for a text, no text for a number: each as this product writes it."""
    if isinstance(field, models.JSONField):
        return value
    written_as = _kind(field)
    if type(value) is not written_as:
        raise TypeError(f"not a {written_as.__name__}")
    made = field.to_python(value)
    if isinstance(field, models.DateTimeField) and made.tzinfo is None:
        raise ValueError("a time without its zone")
    if isinstance(made, str) and ("\0" in made or len(made) > (field.max_length or len(made))):
        raise ValueError("a text that does not fit")
    return made


def _kind(field: "models.Field[Any, Any]") -> type:
    if isinstance(field, models.BooleanField):
        return bool
    return int if isinstance(field, models.IntegerField) else str
