"""A small questionnaire with answers, and a written workbook changed as a person or a program would change it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from assessments.entries import Entry
from assessments.seen import Seen
from assessments.workbook import layout
from assessments.workbook.content import Content, ContentRow
from assessments.workbook.filled import Filled
from assessments.workbook.reading import read_workbook
from assessments.workbook.writing import write_workbook

NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
AREAS = ("MCQ", "BC")
FIRST = 5  # the row of the first sub-element


def content_of(entries: Sequence[Entry]) -> Content:
    """One sub-element for each entry, by turns in two practice areas."""
    rows = [
        ContentRow(
            code=f"part-{number}",
            name=f"Part {number}",
            area_code=AREAS[number % 2],
            area_name=f"Area {AREAS[number % 2]}",
            definition="What it is.",
            prompt="What do you see?",
            anchors=("one", "two", "three", "four", "five"),
            entry=entry,
            seen=Seen(3, entry.fingerprint),
        )
        for number, entry in enumerate(entries)
    ]
    rows.sort(key=lambda row: AREAS.index(row.area_code))
    return Content(
        assessment="11111111-2222-3333-4444-555555555555",
        title="Autumn 2026",
        period="July to September 2026",
        site="Northfield",
        organisation="Acme",
        questionnaire="2026.1",
        note="The wording is ours.",
        level_names=("A", "B", "C", "D", "E"),
        rows=tuple(rows),
    )


def read(content: bytes, entries: Sequence[Entry]) -> Filled:
    return read_workbook(content, [f"part-{number}" for number in range(len(entries))], AREAS)


def written(*entries: Entry) -> bytes:
    return write_workbook(content_of(entries), NOW)


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Opened, changed and saved again by a program that is not ours."""
    book = load_workbook(BytesIO(content))
    change(book)
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def address(key: str, row: int = FIRST) -> str:
    """Where a column as we write it stands: D5."""
    number, letters = layout.COLUMNS.index(key) + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def with_cell(content: bytes, sheet: str, place: str, value: Any) -> bytes:
    def change(book: Any) -> None:
        book[sheet][place] = value

    return edited(content, change)


def with_parts(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same file with its parts changed by hand, as nobody's program would."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    page = BytesIO()
    with ZipFile(page, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return page.getvalue()
