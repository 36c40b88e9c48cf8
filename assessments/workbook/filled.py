"""What a filled-in workbook says, as plain data: rows with an answer each, cells that cannot be used, and notices."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.entries import Entry
from assessments.seen import Seen


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that cannot be used, where it is, what it says, and what is allowed there."""

    sheet: str
    address: str
    column: str
    says: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address} ({self.column}): {self.allowed}"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row that could be read: its answer, and the version that the workbook was written from."""

    code: str
    sheet: str
    number: int
    letters: Mapping[str, str]  # of the columns, by key
    pairs: tuple[int, ...]  # which pair of columns each reference stands in, counted from 1
    entry: Entry
    seen: Seen | None  # None when the mark was damaged: then everything counts as overtaken


@dataclass(frozen=True, slots=True)
class Passport:
    """Which assessment a workbook was written for."""

    assessment: str
    questionnaire: str
    site: str
    title: str
    period: str


@dataclass(frozen=True, slots=True)
class Filled:
    """All that was read."""

    passport: Passport
    rows: tuple[FilledRow, ...]
    bad: tuple[BadCell, ...]
    notices: tuple[str, ...]
    codes: frozenset[str]  # of every row that is there, also of those that could not be used
