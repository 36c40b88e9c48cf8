"""The cells of a workbook as plain data: where each stands, what kind it is, and its text. It knows no columns."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from assessments.workbook.admission import admit
from assessments.workbook.escapes import unescaped
from assessments.workbook.limits import MOST_COLUMNS, MOST_ROWS
from assessments.workbook.refusals import DAMAGED, TOO_MUCH, Refused

# Styles and extensions that the library does not know are of no interest here.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "true or false"
    FORMULA = "formula"
    ERROR = "error"


_KINDS = {"s": Kind.TEXT, "n": Kind.NUMBER, "d": Kind.DATE, "b": Kind.BOOLEAN, "f": Kind.FORMULA, "e": Kind.ERROR}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something. A number's text is the shortest that means it: 3.5."""

    row: int
    column: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of one sheet that hold something, by row and column, both counted from 1."""

    title: str
    rows: dict[int, dict[int, Cell]]


def address(row: int, column: int) -> str:
    """D5"""
    return f"{get_column_letter(column)}{row}"


def read_sheets(content: bytes) -> tuple[SheetCells, ...]:
    """Every sheet that has cells. Raise Refused for what is not a plain workbook, whole and of a sensible size."""
    admit(content)
    try:
        return tuple(_sheets(content))
    except Refused:
        raise
    except Exception as problem:  # a stranger's file can break the library anywhere, also while rows are read
        raise Refused(DAMAGED) from problem


def _sheets(content: bytes) -> Iterator[SheetCells]:
    reader = _Reader(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    reader.read()
    try:
        for sheet in reader.wb.worksheets:
            yield SheetCells(sheet.title, _rows(sheet))
    finally:
        reader.archive.close()


def _rows(sheet: Any) -> dict[int, dict[int, Cell]]:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    rows: dict[int, dict[int, Cell]] = {}
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS), start=1):
        found = {each.column: each for cell in cells if (each := _cell(cell))}
        if found and max(found) > MOST_COLUMNS:
            raise Refused(TOO_MUCH)
        if found:
            rows[number] = found
    return rows


def _cell(cell: Any) -> Cell | None:
    """None when nothing stands in it."""
    if cell.value is None or cell.value == "":
        return None
    kind = _KINDS[cell.data_type]
    return Cell(cell.row, cell.column, kind, _text(kind, cell.value))


def _text(kind: Kind, value: Any) -> str:
    if kind == Kind.FORMULA:
        return str(getattr(value, "text", value))  # of an array formula
    if kind == Kind.BOOLEAN:
        return "TRUE" if value else "FALSE"
    return unescaped(value) if isinstance(value, str) else str(value)


class _Reader(ExcelReader):  # type: ignore[misc]
    """The library drops every `x005F_` from a text, also one that somebody typed: here texts stay as they are."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName.lstrip("/")) as source:
                self.shared_strings = list(_shared_strings(source))


def _shared_strings(source: BinaryIO) -> Iterator[str]:
    names = {"": SHEET_MAIN_NS}
    for _, node in iterparse(source):
        if node.tag == f"{{{SHEET_MAIN_NS}}}si":
            texts = [*node.findall("t", names), *node.findall("r/t", names)]
            yield "".join(text.text or "" for text in texts)
            node.clear()
