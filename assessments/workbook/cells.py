"""The cells of a workbook as plain data: where each stands, what kind it is, and its text. It knows no columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from xml.sax.xmlreader import AttributesImpl
from zipfile import ZipFile

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601

from assessments.workbook.admission import admit
from assessments.workbook.escapes import unescaped
from assessments.workbook.limits import LONGEST_NUMBER
from assessments.workbook.markup import Outline, pass_over
from assessments.workbook.package import Package, Style, read_package
from assessments.workbook.places import SHEET_CELL, SHEET_ROW, Place
from assessments.workbook.refusals import DAMAGED, Refused


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "true or false"
    FORMULA = "formula"
    ERROR = "error"


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
        with ZipFile(BytesIO(content)) as archive:
            return tuple(_sheets(archive))
    except Refused:
        raise
    except Exception as problem:  # a stranger's file can be wrong anywhere
        raise Refused(DAMAGED) from problem


def _sheets(archive: ZipFile) -> Iterator[SheetCells]:
    package = read_package(archive)
    for title, part in package.sheets:
        outline = _Sheet(package)
        with archive.open(part) as source:
            pass_over(source, outline)
        yield SheetCells(title, outline.rows)


class _Sheet(Outline):
    """Keeps what the cells say. Formulas are neither understood nor carried from one cell to the next."""

    def __init__(self, package: Package) -> None:
        super().__init__()
        self.rows: dict[int, dict[int, Cell]] = {}
        self._package = package
        self._place = Place()
        self._type = ""
        self._style: str | None = None
        self._said: dict[str, list[str]] = {}  # what stands in the cell, by the element that says it

    def opened(self, attrs: AttributesImpl) -> None:
        inside = self.path[1:]
        if inside == SHEET_ROW:
            self._place.next_row(attrs.get("r"))
        elif inside == SHEET_CELL:
            self._place.next_cell(attrs.get("r"))
            self._type, self._style, self._said = attrs.get("t", "n"), attrs.get("s"), {}
        elif inside[:3] == SHEET_CELL and _source(inside[3:]):
            self.text = []

    def closed(self) -> None:
        inside = self.path[1:]
        if inside == SHEET_CELL:
            self._keep()
        elif inside[:3] == SHEET_CELL and (source := _source(inside[3:])):
            self._said.setdefault(source, []).append(self.collected())

    def _keep(self) -> None:
        meant = self._meant()
        if meant is not None and meant[1] != "":
            row, column = self._place.row, self._place.column
            self.rows.setdefault(row, {})[column] = Cell(row, column, *meant)

    def _text(self, source: str) -> str:
        return "".join(self._said.get(source, ()))

    def _meant(self) -> tuple[Kind, str] | None:
        """None when nothing stands in it. Raise ValueError or IndexError for what cannot be."""
        if "f" in self._said:
            return Kind.FORMULA, f"={self._text('f')}"
        if self._type == "inlineStr":
            return Kind.TEXT, unescaped(self._text("is"))
        value = self._text("v")
        return self._value(value) if value else None

    def _value(self, value: str) -> tuple[Kind, str]:
        style = self._package.style(self._style)
        if self._type == "str":
            return Kind.TEXT, unescaped(value)
        if self._type == "e":
            return Kind.ERROR, value
        if len(value) > LONGEST_NUMBER:
            raise ValueError(f"{value[:20]}… is no number")
        if self._type == "n":
            return self._number(value, style)
        if self._type == "s":
            return Kind.TEXT, self._package.string(value)
        if self._type == "b":
            return Kind.BOOLEAN, "TRUE" if int(value) else "FALSE"
        if self._type == "d":
            return Kind.DATE, str(from_ISO8601(value))
        raise ValueError(f"there is no kind of cell {self._type[:20]}")

    def _number(self, value: str, style: Style) -> tuple[Kind, str]:
        number = float(value) if set(value) & set(".Ee") else int(value)
        if not style.is_date:
            return Kind.NUMBER, str(number)
        try:
            return Kind.DATE, str(from_excel(number, self._package.epoch, timedelta=style.is_duration))
        except (OverflowError, ValueError):
            return Kind.ERROR, "#VALUE!"


def _source(inside: list[str]) -> str:
    """Which of a cell's elements says something: its value, its formula, or a text of its own, also in pieces."""
    if inside in (["v"], ["f"]):
        return inside[0]
    return "is" if inside in (["is", "t"], ["is", "r", "t"]) else ""
