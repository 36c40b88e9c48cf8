"""What the parts of a workbook say to one another: its sheets and where they are, its texts, which styles are dates."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.xmlreader import AttributesImpl
from zipfile import ZipFile

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from assessments.workbook.admission import is_markup
from assessments.workbook.escapes import unescaped
from assessments.workbook.limits import MOST_SHEETS
from assessments.workbook.markup import Outline, pass_over
from assessments.workbook.refusals import MANY_SHEETS, SAME_SHEET, Refused

TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
LONGEST_TITLE = 255  # Excel takes 31 characters


@dataclass(frozen=True, slots=True)
class Style:
    """What a number in this style stands for."""

    is_date: bool = False
    is_duration: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """All that the cells of a sheet refer to."""

    sheets: tuple[tuple[str, str], ...]  # title and part, in the order in which they are shown
    strings: Sequence[str]
    styles: Sequence[Style]
    epoch: datetime

    def style(self, index: str | None) -> Style:
        """Raise IndexError or ValueError for one that is not there."""
        if index in (None, "0") and not self.styles:
            return Style()
        return self.styles[_index(index or "0")]

    def string(self, index: str) -> str:
        """Raise IndexError or ValueError for one that is not there."""
        return self.strings[_index(index)]


def read_package(archive: ZipFile) -> Package:
    """Raise Refused for sheets that cannot be told apart, ValueError or KeyError for parts that do not fit together."""
    types, relationships, book = _Types(), _Relationships(), _Book()
    _read(archive, TYPES, types)
    if not types.is_workbook:
        raise ValueError("no part of this file is a workbook")
    _read(archive, RELATIONSHIPS, relationships)
    _read(archive, BOOK, book)
    sheets = tuple((title, relationships.parts[key]) for title, key in book.sheets if key in relationships.sheets)
    if len({part for _, part in sheets}) < len(sheets):
        raise Refused(SAME_SHEET)
    strings, styles = _Strings(), _Styles()
    if relationships.strings:
        _read(archive, relationships.strings, strings)
    if STYLES in archive.namelist():
        _read(archive, STYLES, styles)
    return Package(sheets, strings.found, styles.found, MAC_EPOCH if book.counts_from_1904 else WINDOWS_EPOCH)


def _read(archive: ZipFile, part: str, outline: Outline) -> None:
    if not is_markup(part):
        raise ValueError(f"{part[:80]} was not looked through")
    with archive.open(part) as source:
        pass_over(source, outline)


def _index(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"{text[:20]} counts nothing")
    return int(text)


class _Types(Outline):
    is_workbook = False

    def opened(self, attrs: AttributesImpl) -> None:
        if attrs.get("ContentType", "").endswith(("sheet.main+xml", "template.main+xml")):
            self.is_workbook = True


class _Relationships(Outline):
    """Of the workbook to its parts, by the name that the workbook gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}
        self.sheets: set[str] = set()  # the names of those with cells
        self.strings = ""

    def opened(self, attrs: AttributesImpl) -> None:
        if self.path[-1] == "Relationship":
            part = posixpath.normpath(posixpath.join("/xl", attrs["Target"])).lstrip("/")
            self.parts[attrs["Id"]] = part
            if attrs["Type"].endswith("/worksheet"):
                self.sheets.add(attrs["Id"])
            elif attrs["Type"].endswith("/sharedStrings"):
                self.strings = part


class _Book(Outline):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.counts_from_1904 = False

    def opened(self, attrs: AttributesImpl) -> None:
        if self.path[1:] == ["sheets", "sheet"]:
            if len(self.sheets) == MOST_SHEETS:
                raise Refused(MANY_SHEETS)
            key = next(value for name, value in attrs.items() if name.endswith(":id"))
            if key in {each for _, each in self.sheets}:
                raise Refused(SAME_SHEET)
            self.sheets.append((attrs["name"][:LONGEST_TITLE], key))
        elif self.path[1:] == ["workbookPr"]:
            self.counts_from_1904 = attrs.get("date1904") in ("1", "true", "on")


class _Strings(Outline):
    """Each made readable once and kept once: many cells may share one, and equal texts are long to compare."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._texts: list[str] = []
        self._known: dict[str, str] = {}

    def opened(self, attrs: AttributesImpl) -> None:  # noqa: ARG002
        if self.path[2:] in (["t"], ["r", "t"]):
            self.text = []

    def closed(self) -> None:
        if self.path[2:] in (["t"], ["r", "t"]):
            self._texts.append(self.collected())
        elif self.path[1:] == ["si"]:
            text = unescaped("".join(self._texts))
            self.found.append(self._known.setdefault(text, text))
            self._texts = []


class _Styles(Outline):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Style] = []
        self._codes: dict[str, str] = {}
        self._known: dict[str, Style] = {}  # a style for each number format, however often it is used

    def opened(self, attrs: AttributesImpl) -> None:
        if self.path[1:] == ["numFmts", "numFmt"]:
            self._codes[attrs["numFmtId"]] = attrs["formatCode"]
        elif self.path[1:] == ["cellXfs", "xf"]:
            number = attrs.get("numFmtId", "0")
            if number not in self._known:
                code = self._codes.get(number) or builtin_format_code(_index(number))
                self._known[number] = Style(is_date_format(code), is_timedelta_format(code))
            self.found.append(self._known[number])
