"""The sheets Sub-elements and Evidence: all that a person typed, with what was published of the same sub-element."""

from collections.abc import Iterator

from assessments.exports.words import UNSUPPORTED
from assessments.exports.workbook.sheets import Column, Value
from assessments.findings import place_words
from assessments.models import AnswerState, Confidence, EvidenceStrength
from assessments.report import Report, SubElementReport
from assessments.workbook.file_parts import fits_a_cell
from benchmarks.formatting import one_decimal
from benchmarks.placement import place

NAME, EVIDENCE = "Sub-elements", "Evidence"
COLUMNS = (
    Column("Area", 7),
    Column("Sub-element", 22),
    Column("State", 13),
    Column("Score", 7, "score"),
    Column("Level", 18),
    Column("Why it does not apply", 22),
    Column("Rationale", 62),
    Column("Evidence", 34),
    Column("Confidence", 11),
    Column("Strength of evidence", 14),
    Column("Mark", 18),
    Column("Published", 16),
    Column("Place among these", 22),
    Column("Code", 22),
)
EVIDENCE_COLUMNS = (
    Column("Area", 7),
    Column("Sub-element", 42),
    Column("Score", 7, "score"),
    Column("No.", 6, "count"),
    Column("Evidence", 60),
    Column("Where it is kept", 40),
)
TOO_LONG = "Too long for one cell: the sheet Evidence has every reference."


def answer_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    for each in report.sub_elements:
        answer = each.answer
        evidence = "\n".join(str(reference) for reference in answer.evidence)
        yield (
            answer.area_code,
            answer.name,
            str(AnswerState(answer.state).label),
            answer.score,
            each.level,
            answer.reason,
            answer.rationale,
            evidence if fits_a_cell(evidence) else TOO_LONG,
            str(Confidence(answer.confidence).label) if answer.confidence else "",
            str(EvidenceStrength(answer.evidence_strength).label),
            UNSUPPORTED if each.is_unsupported else "",
            ", ".join(f"{other.label} {other.score}" for other in each.cohort),
            _place(each),
            answer.code,
        )


def evidence_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    for each in report.sub_elements:
        answer = each.answer
        for number, reference in enumerate(answer.evidence, start=1):
            yield answer.area_code, answer.name, answer.score, number, reference.title, reference.location


def _place(each: SubElementReport) -> str:
    score = each.answer.score
    return place_words(place(score, each.cohort), one_decimal) if score is not None and each.cohort else ""
