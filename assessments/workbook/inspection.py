"""Every element of every part, looked at once before anything is read: what must not be there is refused by name."""

import re
from xml.sax.xmlreader import AttributesImpl

from assessments.workbook import limits
from assessments.workbook.markup import Outline
from assessments.workbook.places import SHEET_CELL, SHEET_ROW, Place
from assessments.workbook.refusals import (
    FAR_AWAY,
    LINKS,
    LONG_FORMULA,
    LONG_NUMBER_FORMAT,
    LONG_TEXT,
    MACROS,
    TOO_MUCH,
    Refused,
)

# What a formula of another file or program looks like: [1]Sheet1!A1, 'C:\[a.xlsx]S'!A1, cmd|'/c calc'!A0.
_OTHER_FILE = re.compile(r"\[[^\[\]]+\][\w .'-]*!")
_OTHER_PROGRAM = re.compile(r"\w\|")
_FORMULAS = ("f", "definedName")
_TEXTS = {
    "f": (limits.LONGEST_FORMULA, LONG_FORMULA),
    "definedName": (limits.LONGEST_FORMULA, LONG_FORMULA),
    "t": (limits.LONGEST_TEXT, LONG_TEXT),
    "v": (limits.LONGEST_TEXT, LONG_TEXT),
}


class Inspection(Outline):
    """One for all parts of a file: what is counted is counted over all of them."""

    def __init__(self) -> None:
        super().__init__()
        self._elements = 0
        self._attributes = 0
        self._number_formats = 0
        self._place = Place()
        self._longest, self._too_long = 0, ""
        self._letters: int | None = None  # of the text that is being counted, when one is
        self._begun = 0  # how deep the element is that this text began with; what is inside counts with it

    def startDocument(self) -> None:  # noqa: N802
        super().startDocument()
        self._place, self._letters = Place(), None

    def opened(self, attrs: AttributesImpl) -> None:
        kind = self.path[-1]
        self._count(len(attrs))
        if kind == "Relationship":
            _refuse_relationship(attrs)
        elif kind in ("Override", "Default") and "macroenabled" in attrs.get("ContentType", "").lower():
            raise Refused(MACROS)
        elif kind in ("ddeLink", "oleLink", "externalBook"):
            raise Refused(LINKS.format(kind))
        elif kind == "numFmt":
            self._refuse_number_format(attrs.get("formatCode", ""))
        elif self.path[1:] == SHEET_ROW:
            self._place.next_row(attrs.get("r"))
        elif self.path[1:] == SHEET_CELL:
            self._place.next_cell(attrs.get("r"))
        elif self.path[1:-1] == SHEET_CELL and kind in ("f", "v", "is"):
            self._refuse_far_away()
        if kind in _TEXTS and self._letters is None:
            self._letters, self._begun = 0, len(self.path)
            self._longest, self._too_long = _TEXTS[kind]
            self.text = [] if kind in _FORMULAS else None

    def closed(self) -> None:
        if self._letters is None or len(self.path) > self._begun:
            return
        self._letters = None
        if self.path[-1] in _FORMULAS and is_from_elsewhere(formula := self.collected()):
            raise Refused(LINKS.format(formula[:80]))

    def characters(self, content: str) -> None:
        """Counted as they come: a text that is too long is never put together."""
        if self._letters is not None:
            self._letters += len(content)
            if self._letters > self._longest:
                raise Refused(self._too_long)
        super().characters(content)

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802, ARG002
        self._count(0)

    def _count(self, attributes: int) -> None:
        self._elements += 1
        self._attributes += attributes
        if self._elements > limits.MOST_ELEMENTS or self._attributes > limits.MOST_ATTRIBUTES:
            raise Refused(TOO_MUCH)
        if len(self.path) > limits.DEEPEST:
            raise Refused(TOO_MUCH)

    def _refuse_far_away(self) -> None:
        """What holds nothing may go on for ever, as spreadsheets format it; what somebody wrote is not missed."""
        if self._place.row > limits.MOST_ROWS or self._place.column > limits.MOST_COLUMNS:
            raise Refused(FAR_AWAY.format(f"row {self._place.row}, column {self._place.column}"))

    def _refuse_number_format(self, code: str) -> None:
        self._number_formats += 1
        if self._number_formats > limits.MOST_NUMBER_FORMATS:
            raise Refused(TOO_MUCH)
        if len(code) > limits.LONGEST_NUMBER_FORMAT:
            raise Refused(LONG_NUMBER_FORMAT)


def is_from_elsewhere(formula: str) -> bool:
    """In two steps for programs: one pattern for both would search the rest anew from every bar."""
    if _OTHER_FILE.search(formula):
        return True
    program = _OTHER_PROGRAM.search(formula)
    return program is not None and "!" in formula[program.end() :]


def _refuse_relationship(attrs: AttributesImpl) -> None:
    """A link that a person put on a cell leads nowhere by itself, and is never followed; all others are fetched."""
    is_outside = attrs.get("TargetMode", "").lower() == "external"
    if is_outside and not attrs.get("Type", "").lower().endswith("/hyperlink"):
        raise Refused(LINKS.format(attrs.get("Target", "")[:80]))
    if attrs.get("Type", "").lower().endswith("/vbaproject"):
        raise Refused(MACROS)
