"""One row of a filled-in workbook becomes an answer, or names each of its cells that cannot be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, Confidence, EvidenceStrength
from assessments.seen import Seen
from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH, is_blank
from assessments.workbook import layout
from assessments.workbook.cells import Cell, Kind, address
from assessments.workbook.filled import BadCell, FilledRow
from assessments.workbook.values import read_score, read_text, read_word
from benchmarks.scores import ALLOWED

LONGEST_SHOWN = 80
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and which column holds what."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Mapping[int, Cell]

    def cell(self, key: str) -> Cell | None:
        return self.cells.get(self.columns[key])

    def address(self, key: str) -> str:
        return address(self.number, self.columns[key])

    def bad(self, key: str, allowed: str) -> BadCell:
        cell = self.cell(key)
        says = "" if cell is None else cell.text[:LONGEST_SHOWN]
        return BadCell(self.sheet[:31], self.address(key), layout.label_of(key), says, allowed)


def read_row(row: Row, code: str) -> tuple[FilledRow | None, list[BadCell]]:
    """The answer, or None and why."""
    bad: list[BadCell] = []

    def read(key: str, meaning: Callable[[Cell | None], Value], otherwise: Value) -> Value:
        try:
            return meaning(row.cell(key))
        except ValueError as problem:
            bad.append(row.bad(key, str(problem)))
            return otherwise

    score = read(layout.SCORE, read_score, None)
    word = read(layout.STATE, lambda cell: read_word(cell, layout.STATES), "")
    reason = read(layout.REASON, lambda cell: read_text(cell, REASON_LENGTH), "")
    rationale = read(layout.RATIONALE, lambda cell: read_text(cell, RATIONALE_LENGTH), "")
    confidence = read(layout.CONFIDENCE, lambda cell: read_word(cell, layout.CONFIDENCES), "")
    strength = read(layout.STRENGTH, lambda cell: read_word(cell, layout.STRENGTHS), "")
    pairs = _evidence(row, read, bad)
    state = _state(word, score)
    if not bad:
        bad += _contradictions(row, state, score, reason)
    if bad:
        return None, sorted(bad, key=lambda each: (len(each.address), each.address))  # from left to right
    entry = Entry(
        state=state,
        score=score,
        reason=reason,
        rationale=rationale,
        evidence=tuple(pairs.values()),
        confidence=Confidence(confidence),
        evidence_strength=EvidenceStrength(strength or EvidenceStrength.NONE),
    )
    letters = {key: address(1, place)[:-1] for key, place in row.columns.items()}
    return FilledRow(code, row.sheet[:31], row.number, letters, tuple(pairs), entry, _seen(row)), []


def _state(word: str, score: Decimal | None) -> AnswerState:
    """A score whose state nobody chose says by itself that there is one."""
    if word:
        return AnswerState(word)
    return AnswerState.UNANSWERED if score is None else AnswerState.SCORED


def _contradictions(row: Row, state: AnswerState, score: Decimal | None, reason: str) -> list[BadCell]:
    if state == AnswerState.SCORED and score is None:
        return [row.bad(layout.SCORE, f"“scored” needs a score. {ALLOWED}")]
    if state != AnswerState.SCORED and score is not None:
        return [row.bad(layout.SCORE, f"“{state.value}” goes without a score: empty this cell, or choose “scored”.")]
    if state == AnswerState.NOT_APPLICABLE and is_blank(reason):
        return [row.bad(layout.REASON, "“not_applicable” needs its reason here.")]
    return []


def _evidence(
    row: Row, read: Callable[[str, Callable[[Cell | None], str], str], str], bad: list[BadCell]
) -> dict[int, EvidenceReference]:
    """The pairs that say something, by their number; one in which nobody sees anything says nothing."""
    pairs: dict[int, EvidenceReference] = {}
    for pair in range(1, layout.EVIDENCE_PAIRS + 1):
        title_key, location_key = layout.evidence_keys(pair)
        title = read(title_key, _line, "")
        location = read(location_key, _line, "")
        if is_blank(title + location):
            continue
        if is_blank(title) and not any(each.address == row.address(title_key) for each in bad):
            bad.append(row.bad(title_key, "Give the document a title, or empty the cell beside it."))
        if len(title) + len(location) > EVIDENCE_LENGTH:
            longer = title_key if len(title) > len(location) else location_key
            count = len(title) + len(location)
            message = f"Title and place together: at most {EVIDENCE_LENGTH} characters; there are {count:,}."
            bad.append(row.bad(longer, message))
        pairs[pair] = EvidenceReference(title, location)
    return pairs


def _line(cell: Cell | None) -> str:
    return read_text(cell, EVIDENCE_LENGTH, lines=False)


def _seen(row: Row) -> Seen | None:
    cell = row.cell(layout.SEEN)
    return Seen.read(cell.text) if cell is not None and cell.kind is Kind.TEXT else None
