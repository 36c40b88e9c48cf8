"""The sheet Arithmetic: the scores once more, and from them the areas and the overall by formulas that compute."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import prod

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from assessments.exports.workbook import formulas
from assessments.exports.workbook.cohort import AVERAGES
from assessments.exports.workbook.sheets import FIRST_ROW, Column, Formula, Value, write_table, write_value
from assessments.exports.workbook.styles import Styles
from assessments.models import AnswerState
from assessments.report import AreaReport, Report, SubElementReport
from assessments.workbook.file_parts import write_text
from benchmarks.scores import AREA_COUNT

NAME = "Arithmetic"
SCORE = 3
AREA, COUNT, TOTAL, MEAN, FIGURE, IN_REPORT = range(5, 11)
COLUMNS = (
    Column("Area", 7),
    Column("Sub-element", 42),
    Column("State", 16),
    Column("Score", 8, "input"),
    Column("", 3),
    Column("Computed here", 50),
    Column("Scores", 8, "count"),
    Column("Sum", 11, "exact"),
    Column("Mean, not rounded", 12, "exact"),
    Column("Score", 9, "own"),
    Column("In the report", 14, "figure"),
)
NOTE = (
    "Change a coloured score, or empty it as one that is open or does not apply: all to the right follows. "
    "An area is the mean of its scores, the overall the mean of the five means before rounding. Each figure is rounded "
    "once, half up, to two decimals, in whole numbers, so that a half is always seen as one."
)


def write_arithmetic(sheet: Worksheet, report: Report, styles: Styles) -> None:
    write_table(sheet, COLUMNS, (_given(each) for each in report.sub_elements), styles)
    row = _write_areas(sheet, report, styles)
    row = _write_overall(sheet, row, report, styles)
    sheet.merge_range(row + 1, AREA, row + 6, IN_REPORT, "", styles.label)
    write_text(sheet, row + 1, AREA, NOTE, styles.label)


def _given(each: SubElementReport) -> tuple[Value, ...]:
    answer = each.answer
    state = str(AnswerState(answer.state).label)
    return (answer.area_code, answer.name, state, answer.score, *(None,) * (len(COLUMNS) - AREA + 1))


def _write_areas(sheet: Worksheet, report: Report, styles: Styles) -> int:
    """A row for each area; the row after them."""
    first = FIRST_ROW
    for row, area in enumerate(report.areas, start=FIRST_ROW):
        scores = xl_range(first, SCORE, first + len(area.sub_elements) - 1, SCORE)
        _write_row(sheet, row, (area.name, *_area(row, scores, area)), styles)
        first += len(area.sub_elements)
    return FIRST_ROW + len(report.areas)


def _area(row: int, scores: str, area: AreaReport) -> Iterator[Value]:
    """Count, sum, mean, score, and what the report says."""
    total, count = (xl_rowcol_to_cell(row, column) for column in (TOTAL, COUNT))
    given = [each.answer.score for each in area.sub_elements if each.answer.score is not None]
    yield Formula(f"=COUNT({scores})", len(given))
    yield Formula(f"=SUM({scores})", sum(given, start=Decimal(0)))
    yield Formula(formulas.mean(total, count), area.result.exact)
    yield Formula(formulas.area_score(total, count), area.figure.score)
    yield area.figure.score


def _write_overall(sheet: Worksheet, row: int, report: Report, styles: Styles) -> int:
    """What follows from the areas above; the row after it."""
    last = row - 1
    counts, totals, means, scores = (
        xl_range(FIRST_ROW, column, last, column) for column in (COUNT, TOTAL, MEAN, FIGURE)
    )
    exact = [area.result.exact for area in report.areas if area.result.exact is not None]
    added_up = sum(exact, start=Fraction(0))
    has_all = report.overall.score is not None
    shared = prod(area.result.progress.answered for area in report.areas)
    overall, tenths, denominator = (xl_rowcol_to_cell(row + below, FIGURE) for below in range(3))
    sum_of_means, number_of_means = (xl_rowcol_to_cell(row, column) for column in (TOTAL, COUNT))
    rows: list[tuple[Value, ...]] = [
        (
            "Overall",
            Formula(f"=COUNT({means})", len(exact)),
            Formula(f"=SUM({means})", added_up),
            Formula(
                formulas.mean(sum_of_means, number_of_means, AREA_COUNT), added_up / AREA_COUNT if has_all else None
            ),
            Formula(formulas.overall(tenths, denominator), report.overall.score),
            report.overall.score,
        ),
        _step(
            "Means added up, in tenths over the number below",
            formulas.tenths_over(denominator, totals, counts),
            added_up * 10 * shared if has_all else None,
        ),
        _step(
            "A number that every count divides",
            formulas.common_denominator(counts, scores, AREA_COUNT),
            shared if has_all else None,
        ),
        (
            "Spread: highest minus lowest area",
            *(None,) * 3,
            Formula(formulas.spread(scores, AREA_COUNT), report.unevenness.spread),
            report.unevenness.spread,
        ),
    ]
    if report.cohort.establishments:
        placement = report.overall.placement
        reached = None if placement is None else placement.at_or_above
        averages = AVERAGES.format(last=FIRST_ROW + len(report.cohort.establishments))
        formula = Formula(formulas.at_or_above(overall, averages), reached)
        rows.append(("At or above so many sites of the cohort", *(None,) * 3, formula, reached))
    for below, values in enumerate(rows):
        _write_row(sheet, row + below, values, styles, whole=below in (1, 2, 4))
    return row + len(rows)


def _step(name: str, formula: str, value: Fraction | int | None) -> tuple[Value, ...]:
    return (name, None, None, None, Formula(formula, value), None)


def _write_row(sheet: Worksheet, row: int, values: tuple[Value, ...], styles: Styles, *, whole: bool = False) -> None:
    looks = (styles.text, styles.count, styles.exact if values[0] == "Overall" else styles.score, styles.exact)
    figures = (styles.count, styles.count) if whole else (styles.own, styles.figure)
    for place, (value, style) in enumerate(zip(values, (*looks, *figures), strict=True), start=AREA):
        write_value(sheet, row, place, value, style)
