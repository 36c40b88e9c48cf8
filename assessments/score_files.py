"""Scores from a CSV file as answers for a report; what is wrong is told by file, line and column. It stores nothing."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.entries import EvidenceReference
from assessments.records import AnswerRecord
from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH, is_blank, refuse_broken_text
from benchmarks.scores import parse_score

COLUMNS = ("sub_element", "score", "state", "rationale", "evidence")
STATES = {"": "", "unknown": "unknown", "not_applicable": "not_applicable"}
LONGEST_ROW = 1_000_000


@dataclass(frozen=True, slots=True)
class Blank:
    """A sub-element that may be scored: what a record of it says apart from the answer."""

    code: str
    name: str
    area_code: str
    area_name: str
    name_basis: str
    anchors: tuple[str, ...]
    progressions: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong, at a line of the file, where lines are counted from 1."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return (
            f"line {self.line}, column {self.column}: {self.message}"
            if self.column
            else f"line {self.line}: {self.message}"
        )


class Unreadable(Exception):
    """The file cannot be used; `mistakes` lists why, in the order of its lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(str(each) for each in self.mistakes))


def empty_file(blanks: Iterable[Blank]) -> str:
    """A file to fill in: the header and one row for each sub-element."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([blank.code, "", "", "", ""] for blank in blanks)
    return page.getvalue()


def read_scores(content: bytes, blanks: Iterable[Blank]) -> tuple[AnswerRecord, ...]:
    """One answer for each blank, in their order; a sub-element that has no row is unanswered. Raise Unreadable."""
    rows = list(_rows(_decoded(content)))
    mistakes: list[Mistake] = []
    by_code = {blank.code: blank for blank in blanks}
    answers: dict[str, AnswerRecord] = {}
    for line, row in rows:
        code = row["sub_element"]
        if code not in by_code:
            mistakes.append(
                Mistake(line, "sub_element", f"there is no sub-element {code[:40]!r}; --template lists them.")
            )
        elif code in answers:
            mistakes.append(Mistake(line, "sub_element", f"{code} stands in the file twice; keep one of the rows."))
        else:
            answers[code] = _answer(by_code[code], line, row, mistakes)
    if mistakes:
        raise Unreadable(mistakes)
    return tuple(answers.get(code) or _record(blank, "unanswered", None) for code, blank in by_code.items())


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise Unreadable([Mistake(line, "", "this is not UTF-8 text; save the file as “CSV UTF-8”.")]) from problem


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with the line it begins on; rows without any content are passed over."""
    csv.field_size_limit(LONGEST_ROW)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begin, header = 1, None
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            raise Unreadable([Mistake(begin, "", f"not readable as CSV: {problem}.")]) from problem
        if cells is None:
            break
        if header is None:
            header = _header(cells)
        elif any(cells):
            if len(cells) != len(header):
                raise Unreadable([Mistake(begin, "", f"{len(cells)} cells, but the header has {len(header)} columns.")])
            yield begin, dict(zip(header, cells, strict=True))
        begin = reader.line_num + 1
    if header is None:
        raise Unreadable([Mistake(1, "", f"the file is empty; its first line must be {','.join(COLUMNS)}.")])


def _header(cells: list[str]) -> list[str]:
    if sorted(cells) != sorted(COLUMNS):
        raise Unreadable([Mistake(1, "", f"the first line must name the columns {','.join(COLUMNS)}, each once.")])
    return cells


def _answer(blank: Blank, line: int, row: Mapping[str, str], mistakes: list[Mistake]) -> AnswerRecord:
    """The answer of one row; what is wrong with it is added to the mistakes."""
    score = _score(row["score"], line, mistakes)
    state = _state(row, line, mistakes)
    limit = REASON_LENGTH if state == "not_applicable" else RATIONALE_LENGTH
    _check_text(row["rationale"], limit, Mistake(line, "rationale", ""), mistakes)
    references = row["evidence"].replace("\r\n", "\n").split("\n")
    for reference in references:
        _check_text(reference, EVIDENCE_LENGTH, Mistake(line, "evidence", ""), mistakes)
    return _record(blank, state, score, row["rationale"], [each for each in references if not is_blank(each)])


def _score(text: str, line: int, mistakes: list[Mistake]) -> Decimal | None:
    if not text:
        return None
    try:
        return parse_score(text)
    except ValueError as problem:
        mistakes.append(Mistake(line, "score", f"{text[:40]!r} is not a score. {problem}"))
        return None


def _state(row: Mapping[str, str], line: int, mistakes: list[Mistake]) -> str:
    state = row["state"]
    if state not in STATES:
        mistakes.append(
            Mistake(line, "state", f"{state[:40]!r} is not a state; leave it empty or write unknown or not_applicable.")
        )
    elif state and row["score"]:
        mistakes.append(Mistake(line, "state", f"a row with a score cannot be {state}; empty one of the two."))
    elif state == "not_applicable" and is_blank(row["rationale"]):
        mistakes.append(Mistake(line, "rationale", "not_applicable needs its reason here."))
    return STATES.get(state) or ("scored" if row["score"] else "unanswered")


def _check_text(text: str, limit: int, where: Mistake, mistakes: list[Mistake]) -> None:
    if len(text) > limit:
        mistakes.append(Mistake(where.line, where.column, f"{len(text):,} characters; at most {limit:,} are allowed."))
    try:
        refuse_broken_text(text)
    except ValueError as problem:
        mistakes.append(Mistake(where.line, where.column, str(problem)))


def _record(
    blank: Blank, state: str, score: Decimal | None, text: str = "", references: Iterable[str] = ()
) -> AnswerRecord:
    return AnswerRecord(
        code=blank.code,
        name=blank.name,
        area_code=blank.area_code,
        area_name=blank.area_name,
        name_basis=blank.name_basis,
        anchors=blank.anchors,
        progressions=blank.progressions,
        state=state,
        score=score,
        reason=text if state == "not_applicable" else "",
        rationale="" if state == "not_applicable" else text,
        evidence=tuple(EvidenceReference(each, "") for each in references),
    )
