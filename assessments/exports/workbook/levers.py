"""The sheet Levers: each sub-element raised by one point alone, and what that would do."""

from collections.abc import Iterator

from assessments.exports.workbook.sheets import Column, Value
from assessments.report import Report

NAME = "Levers"
COLUMNS = (
    Column("Area", 7),
    Column("Sub-element", 42),
    Column("Score", 8, "score"),
    Column("Raised to", 8, "score"),
    Column("Its area then", 9, "figure"),
    Column("More in its area", 9, "difference"),
    Column("Overall then", 9, "figure"),
    Column("More overall", 9, "difference"),
    Column("At or above so many sites", 12, "count"),
    Column("More than now", 9, "count"),
)


def lever_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    answers = {each.answer.code: each.answer for each in report.sub_elements}
    for lever in report.levers:
        answer = answers[lever.code]
        yield (
            answer.area_code,
            answer.name,
            lever.score,
            lever.raised,
            lever.area,
            lever.area_gain,
            lever.overall,
            lever.overall_gain,
            lever.at_or_above,
            lever.passes,
        )
