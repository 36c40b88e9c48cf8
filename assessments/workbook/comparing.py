"""A dry run: what a filled-in workbook would change of the answers that are stored, cell by cell. It stores nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from assessments.answering import Change
from assessments.entries import Entry
from assessments.models import Answer, Origin
from assessments.workbook import layout
from assessments.workbook.excerpts import excerpts
from assessments.workbook.filled import FilledRow
from assessments.workbook.values import one_line_end
from benchmarks.formatting import one_decimal


class Keep(StrEnum):
    """Which of two answers shall stand, when another was stored after the workbook had been written."""

    WORKBOOK = "workbook"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of the workbook that says something else than what is stored."""

    address: str
    label: str
    before: str
    after: str

    @property
    def shown(self) -> tuple[str, str]:
        """Both in short, from where they differ."""
        return excerpts(self.before, self.after)

    @property
    def is_long(self) -> bool:
        return self.shown != (self.before, self.after)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One answer that the workbook would change."""

    row: FilledRow
    answer: Answer
    cells: tuple[CellChange, ...]
    is_overtaken: bool  # another answer was stored after the workbook had been written
    keep: Keep | None = None

    @property
    def name(self) -> str:
        return self.answer.sub_element.name

    @property
    def area(self) -> str:
        return self.answer.sub_element.practice_area.code

    @property
    def field_name(self) -> str:
        """Of the decision on the page."""
        return f"{self.row.code}-keep"

    @property
    def is_undecided(self) -> bool:
        return self.is_overtaken and self.keep is None

    @property
    def is_wanted(self) -> bool:
        return not self.is_overtaken or self.keep is Keep.WORKBOOK

    def change(self, save_id: UUID) -> Change:
        return Change(self.answer, self.row.entry, self.answer.version, Origin.WORKBOOK, save_id=save_id)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would change and what would not, in the framework's order."""

    proposals: tuple[Proposal, ...]
    unchanged: int

    @property
    def overtaken(self) -> tuple[Proposal, ...]:
        return tuple(each for each in self.proposals if each.is_overtaken)

    @property
    def plain(self) -> tuple[Proposal, ...]:
        return tuple(each for each in self.proposals if not each.is_overtaken)

    @property
    def is_decided(self) -> bool:
        return not any(each.is_undecided for each in self.proposals)

    def changes(self, save_id: UUID) -> list[Change]:
        """What to store once somebody has agreed."""
        return [each.change(save_id) for each in self.proposals if each.is_wanted]


def compare(
    rows: Iterable[FilledRow],
    answers: Iterable[Answer],
    decisions: Mapping[str, Keep] | None = None,
) -> Comparison:
    """`decisions` by code: what to do where another answer was stored."""
    by_code, decided = {row.code: row for row in rows}, decisions or {}
    codes = [(answer, answer.sub_element.code) for answer in answers]
    compared = [_proposal(by_code[code], answer, decided.get(code)) for answer, code in codes if code in by_code]
    return Comparison(tuple(each for each in compared if each), compared.count(None))


def _proposal(row: FilledRow, answer: Answer, keep: Keep | None) -> Proposal | None:
    """None where nobody has touched the row, or where it says what is stored."""
    stored = Entry.of(answer)
    entry = _with_stored_line_ends(row.entry, stored)
    is_untouched = row.seen is not None and entry.fingerprint == row.seen.fingerprint
    if is_untouched or entry == stored:
        return None
    is_overtaken = row.seen is None or row.seen.version != answer.version
    row = replace(row, entry=entry)
    return Proposal(row, answer, tuple(_cells(row, stored)), is_overtaken, keep)


def _with_stored_line_ends(entry: Entry, stored: Entry) -> Entry:
    """A text that differs from the stored one in nothing but its line ends is the stored one."""
    return replace(
        entry,
        reason=stored.reason if one_line_end(stored.reason) == entry.reason else entry.reason,
        rationale=stored.rationale if one_line_end(stored.rationale) == entry.rationale else entry.rationale,
    )


def _cells(row: FilledRow, stored: Entry) -> Iterator[CellChange]:
    before, after = _simple(stored), _simple(row.entry)
    for key in before:
        if before[key] != after[key]:
            yield _cell(row, key, before[key], after[key])
    for place in range(max(len(stored.evidence), len(row.entry.evidence))):
        was = stored.evidence[place] if place < len(stored.evidence) else None
        now = row.entry.evidence[place] if place < len(row.entry.evidence) else None
        pair = row.pairs[place] if place < len(row.pairs) else place + 1
        title, location = layout.evidence_keys(pair)
        if (was and was.title) != (now and now.title):
            yield _cell(row, title, was.title if was else "", now.title if now else "")
        if (was.location if was else "") != (now.location if now else ""):
            yield _cell(row, location, was.location if was else "", now.location if now else "")


def _simple(entry: Entry) -> dict[str, str]:
    """All but the evidence, in words for people."""
    return {
        layout.STATE: entry.state.label,
        layout.SCORE: "" if entry.score is None else one_decimal(entry.score),
        layout.REASON: entry.reason,
        layout.RATIONALE: entry.rationale,
        layout.CONFIDENCE: entry.confidence.label,
        layout.STRENGTH: entry.evidence_strength.label,
    }


def _cell(row: FilledRow, key: str, before: str, after: str) -> CellChange:
    return CellChange(f"{row.letters[key]}{row.number}", layout.label_of(key), before, after)
