"""The sheet Cohort: what was published of each establishment, with its average and its spread."""

from collections.abc import Iterator

from assessments.exports.workbook.sheets import Column, Value
from assessments.report import Report

NAME = "Cohort"
# Where the averages stand, for formulas: {last} is the last row.
AVERAGES = f"{NAME}!$B$2:$B${{last}}"


def cohort_columns(report: Report) -> tuple[Column, ...]:
    areas = (Column(area.name, 15, "score") for area in report.areas)
    return (Column("Site", 10), Column("Average", 10, "figure"), Column("Spread", 10, "figure"), *areas)


def cohort_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    for each in report.cohort.establishments:
        yield (each.label, each.average, each.spread, *(each.areas.get(area.code) for area in report.areas))
