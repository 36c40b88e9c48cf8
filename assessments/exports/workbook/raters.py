"""The sheet Raters: what they gave by function, as far as the round lets it be shown; no name and no word of theirs."""

from collections.abc import Iterator
from decimal import Decimal

from assessments.agreement import Agreement
from assessments.comparison import SubElementRatings
from assessments.exports.workbook.sheets import Column, Value
from assessments.report import Report

NAME = "Raters"
ALL = "all"
COLUMNS = (
    Column("Area", 7),
    Column("Sub-element", 42),
    Column("Agreed score", 9, "score"),
    Column("Function", 18),
    Column("Scores", 8, "count"),
    Column("Lowest", 9, "figure"),
    Column("Median", 9, "figure"),
    Column("Highest", 9, "figure"),
    Column("Average deviation", 10, "figure"),
    Column("Far apart", 10),
    Column("Site leadership minus the others", 12, "difference"),
    Column("In words", 44),
)


def rater_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    """For each sub-element all raters together, then each function that may be shown by itself."""
    for each in report.sub_elements:
        if each.ratings is None:
            continue
        answer = each.answer
        about = (answer.area_code, answer.name, answer.score)
        for function, count, agreement, gap in _groups(each.ratings):
            words = each.raters_said if function == ALL else ""
            yield (*about, function, count, *_figures(agreement), gap, words)


def _groups(ratings: SubElementRatings) -> Iterator[tuple[str, int, Agreement | None, Decimal | None]]:
    yield ALL, ratings.count, ratings.agreement, ratings.leadership_gap
    for group in ratings.by_function:
        yield str(group.function.label), group.agreement.count, group.agreement, None


def _figures(agreement: Agreement | None) -> tuple[Value, ...]:
    if agreement is None:
        return (None,) * 4 + ("",)
    far = {None: "", True: "yes", False: "no"}[agreement.is_wide]
    return agreement.lowest, agreement.median, agreement.highest, agreement.deviation, far
