"""Writes the archive of an organisation: its rows as they stood at one moment, its reports, and the checksums."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any

from django.db import connection, models, transaction

from assessments.archive.container import Container
from assessments.archive.locking import lock
from assessments.archive.reports import Printed, print_reports
from assessments.archive.tables import LEFT_OUT, TABLES, Table
from assessments.archive.values import as_cell, as_json, column_of, is_reference, plain, reference_names
from assessments.models import Organisation, Person
from assessments.trail.sealing import head_of_trail
from qmm_site.version import software_version

FORMAT = "qmm-archive/1"
PEOPLE, HIDDEN = "data/people.json", "data/hidden.bin"
Row = dict[str, Any]
NO_SECRETS = (
    "Passwords, second factors, sessions, and what links are made of are not in it: no link opens anything where it is "
    "loaded."
)
LOCKED = (
    "Raters of anonymous rounds, their ratings, and ratings whose comparison has not been opened are in "
    "data/hidden.bin, locked with the key of the server that wrote it: raters were promised that nobody of the "
    "organisation reads them."
)
APOSTROPHES = "In the CSV files an apostrophe stands before what a spreadsheet would run; the JSON files are exact."


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is saved meanwhile comes wholly before, or not at all."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def write_archive(
    target: IO[bytes], organisation: Organisation, *, now: datetime, deadline: float | None = None
) -> None:
    """Into a file; raise NotReadyError when the reports could not all be made before the deadline.

    The reports come first: making them takes time and fills nothing but the folder of kept PDFs.
    """
    with tempfile.TemporaryFile() as kept:
        reports = [_put_aside(printed, kept) for printed in print_reports(organisation, deadline=deadline)]
        container = Container(target, now)
        with one_moment():
            head = str(head_of_trail(organisation.pk))
            tables = [_write(container, table, organisation.pk) for table in TABLES]
            hidden = _write_hidden(container, organisation.pk)
            people = _write_people(container, organisation.pk)
        for report, (start, size) in reports:
            if size:
                kept.seek(start)
                container.add(report.file, kept.read(size))
        container.close(
            {
                "format": FORMAT,
                "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
                "product": software_version(),
                "organisation": {"id": organisation.pk, "name": organisation.name},
                "tables": tables,
                "hidden_rows": hidden,
                "people": people,
                "trail_head": head,
                "reports": [_told(report) for report, _ in reports],
                "left_out": [NO_SECRETS, LOCKED, APOSTROPHES, *(f"{name}: {why}." for name, why in LEFT_OUT.items())],
            }
        )


def _put_aside(printed: Printed, kept: IO[bytes]) -> tuple[Printed, tuple[int, int]]:
    """The PDF goes to the disk, its place is remembered."""
    start = kept.tell()
    size = kept.write(printed.pdf) if printed.pdf else 0
    return Printed(printed.assessment, None, printed.problem), (start, size)


def _told(printed: Printed) -> Row:
    assessment = printed.assessment
    told = {"assessment": str(assessment.pk), "title": assessment.title, "site": assessment.site.name}
    if printed.problem:
        return {**told, "file": None, "problem": printed.problem}
    return {**told, "file": printed.file, "problem": None}


def _write(container: Container, table: Table, organisation_id: int) -> Row:
    rows = table.rows(organisation_id)
    if table.hidden is not None:
        rows = rows.exclude(table.hidden)
    columns = [column_of(field) for field in table.fields]
    count = container.add_rows(f"data/{table.name}.json", _plain_rows(table, rows))
    cells = ([as_cell(value) for value in row.values()] for row in _plain_rows(table, rows))
    container.add_table(f"data/{table.name}.csv", columns, cells)
    return {"name": table.name, "columns": columns, "rows": count}


def _plain_rows(table: Table, rows: "models.QuerySet[Any]") -> Iterator[Row]:
    names = reference_names()
    fields = table.fields
    for values in rows.values_list(*(field.attname for field in fields)).iterator(chunk_size=1000):
        yield {column_of(field): _value(field, value, names) for field, value in zip(fields, values, strict=True)}


def _value(field: "models.Field[Any, Any]", value: Any, names: dict[type[models.Model], dict[Any, list[str]]]) -> Any:
    if is_reference(field) and value is not None:
        return names[field.related_model][value]  # type: ignore[index]
    return plain(value)


def _write_hidden(container: Container, organisation_id: int) -> int:
    content = {
        table.name: list(_plain_rows(table, table.rows(organisation_id).filter(table.hidden)))
        for table in TABLES
        if table.hidden is not None
    }
    container.add(HIDDEN, lock(as_json(content).encode()))
    return sum(map(len, content.values()))


def _write_people(container: Container, organisation_id: int) -> int:
    """Everyone whom a row names: by number, address and name, and nothing else of their accounts."""
    numbers: set[int] = set()
    for table in TABLES:
        numbers |= set(_named_in(table, organisation_id))
    people = Person.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "email", "name")
    return container.add_rows(PEOPLE, (dict(zip(("id", "email", "name"), row, strict=True)) for row in people))


def _named_in(table: Table, organisation_id: int) -> Iterable[int]:
    for field in table.fields:
        if field.related_model is Person:
            named = table.rows(organisation_id).order_by().exclude(**{field.name: None})
            yield from named.values_list(field.attname, flat=True).distinct()
