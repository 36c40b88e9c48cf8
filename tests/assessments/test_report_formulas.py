"""The sheet Arithmetic of `report.xlsx`: its formulas give the figures of the report, and round half up as it does."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessments.exports.workbook.writing import report_workbook
from assessments.report import Report
from benchmarks.scores import round_score
from tests.report_kinds import KINDS
from tests.reports import AREAS, CODES, report_of
from tests.spreadsheet_formulas import Computed

SCORE, AREA, COUNT, TOTAL, MEAN, FIGURE, IN_REPORT = 3, 5, 6, 7, 8, 9, 10
OVERALL, SPREAD, REACHED = 6, 9, 10


def cells_of(report: Report, *, computed: bool) -> dict[tuple[str, int, int], Any]:
    """Everything that stands in the cells, by sheet, row and column from 0: formulas, or their kept values."""
    book = load_workbook(BytesIO(report_workbook(report)), data_only=computed)
    return {
        (sheet.title, cell.row - 1, cell.column - 1): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def as_number(figure: Any) -> float | None:
    return None if figure is None else float(figure)


def figures_of(report: Report) -> dict[int, float | None]:
    """What the report says, by the row in which it is computed."""
    placement = report.overall.placement
    said: dict[int, Any] = {row: area.figure.score for row, area in enumerate(report.areas, start=1)}
    said |= {OVERALL: report.overall.score, SPREAD: report.unevenness.spread}
    if report.cohort.establishments:
        said[REACHED] = None if placement is None else placement.at_or_above
    return {row: as_number(figure) for row, figure in said.items()}


def check(report: Report) -> None:
    written = cells_of(report, computed=False)
    kept = cells_of(report, computed=True)
    book = Computed(written)
    for row, figure in figures_of(report).items():
        assert str(written["Arithmetic", row, FIGURE]).startswith("=")
        assert kept.get(("Arithmetic", row, FIGURE)) == figure
        assert kept.get(("Arithmetic", row, IN_REPORT)) == figure
        assert book.value("Arithmetic", row, FIGURE) == (figure if figure is not None else "")
    for (sheet, row, column), formula in written.items():
        if isinstance(formula, str) and formula.startswith("=") and sheet == "Arithmetic" and column > AREA:
            again = book.value(sheet, row, column)
            assert kept.get((sheet, row, column), "") == (again if again == "" else pytest.approx(again, abs=1e-9))


@pytest.mark.parametrize("kind", KINDS)
def test_the_formulas_give_what_the_report_says_and_keep_it(kind: str) -> None:
    check(KINDS[kind]())


tenths = st.integers(min_value=10, max_value=50).map(lambda score: f"{score // 10}.{score % 10}")
answers = st.one_of(tenths, tenths, tenths, st.sampled_from(["unknown", "not_applicable", "unanswered"]))


@settings(max_examples=12, deadline=None)
@given(st.lists(answers, min_size=20, max_size=20))
def test_they_give_it_whatever_the_answers_are(scores: list[str]) -> None:
    check(report_of(dict(zip(CODES, scores, strict=True))))


@pytest.mark.parametrize(
    ("scores", "area", "rounded"),
    [
        (["3.5", "3.5", "3.5", "4.0"], 0, 3.63),  # 3.625, a half that floating point holds
        (["3.5", "3.5", "3.5", "3.6"], 0, 3.53),  # 3.525, a half that it holds as 3.52499…
        (["1.0", "1.0", "1.0", "1.1"], 0, 1.03),  # 1.025
        (["4.9", "5.0", "5.0", "5.0"], 0, 4.98),  # 4.975
        (["2.0", "2.0", "2.1"], 0, 2.03),  # 2.0333…
        (["2.0", "2.1", "2.1"], 0, 2.07),  # 2.0666…
    ],
)
def test_a_half_is_rounded_up(scores: list[str], area: int, rounded: float) -> None:
    report = report_of(dict(zip(CODES, scores, strict=False)))
    assert Computed(cells_of(report, computed=False)).value("Arithmetic", 1 + area, FIGURE) == rounded
    assert as_number(report.areas[area].figure.score) == rounded


@pytest.mark.parametrize("last", range(10, 51))
@pytest.mark.parametrize("first", [10, 27, 50])
def test_a_half_of_the_overall_is_rounded_up(first: int, last: int) -> None:
    """The formula of the overall in Python: means of 1 to 4 scores, in tenths, over a number that all divide."""
    totals, counts = [first, 33, 57, 140, last], [1, 2, 3, 4, 1]
    denominator = 24
    in_tenths = sum(total * denominator // count for total, count in zip(totals, counts, strict=True))
    hundredths = (4 * in_tenths + denominator) // (2 * denominator)
    scores = [[first], [16, 17], [19, 19, 19], [35] * 4, [last]]
    given = [
        f"{group[place] // 10}.{group[place] % 10}" if place < len(group) else "not_applicable"
        for group in scores
        for place in range(4)
    ]
    overall = report_of(dict(zip(CODES, given, strict=True))).overall.score
    assert overall is not None
    assert round_score(overall) * 100 == hundredths


def test_a_changed_score_moves_what_follows_from_it() -> None:
    cells = cells_of(report_of("3.0"), computed=False)
    cells["Arithmetic", 1, SCORE] = 5.0
    book = Computed(cells)
    assert [book.value("Arithmetic", row, FIGURE) for row in (1, OVERALL, SPREAD)] == [3.5, 3.1, 0.5]
    for row in range(1, 5):
        del cells["Arithmetic", row, SCORE]
    assert [book.value("Arithmetic", row, FIGURE) for row in (1, OVERALL, SPREAD, REACHED)] == [""] * 4


def test_every_area_and_every_site_counts() -> None:
    cells = cells_of(report_of("3.0"), computed=False)
    assert [cells["Arithmetic", row, AREA] for row in range(1, 6)] == [area.name for area in AREAS]
    assert (
        cells["Arithmetic", REACHED, FIGURE]
        == '=IF(J7="","",SUMPRODUCT(ISNUMBER(Cohort!$B$2:$B$10)*(Cohort!$B$2:$B$10<=J7)))'
    )
