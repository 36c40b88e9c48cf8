"""The sheet Areas: each practice area with its score and its place, and a chart of them beside the cohort's range."""

from collections.abc import Iterator
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assessments.exports.workbook.sheets import FIRST_ROW, Column, Value
from assessments.findings import area_place
from assessments.report import Report
from assessments.workbook.styles import ACCENT, HAIRLINE, INK, SOFT

NAME = "Areas"
COLUMNS = (
    Column("Area", 7),
    Column("Practice area", 28),
    Column("Score", 8, "own"),
    Column("Cohort, lowest", 9, "figure"),
    Column("Cohort, median", 9, "figure"),
    Column("Cohort, highest", 9, "figure"),
    Column("Sites below", 12, "count"),
    Column("Sites level", 12, "count"),
    Column("Sites above", 12, "count"),
    Column("Minus the median", 10, "difference"),
    Column("Place", 34),
    Column("Minus the mean of the five", 11, "difference"),
    Column("Cohort’s lowest of this", 10, "difference"),
    Column("Cohort’s highest of this", 10, "difference"),
    Column("Out of line", 8),
    Column("Scored", 8, "count"),
    Column("Not applicable", 11, "count"),
    Column("Open", 8, "count"),
    Column("If all open were 1.0", 11, "figure"),
    Column("If all open were 5.0", 11, "figure"),
)
# By column; yours is drawn last, so that nothing covers it.
SERIES = ((5, "long_dash", 9, SOFT), (4, "circle", 8, SOFT), (3, "long_dash", 9, SOFT), (2, "diamond", 11, ACCENT))
ALT_TEXT = "The five practice areas: the score beside the lowest, the median and the highest of the cohort’s sites."


def area_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    for area in report.areas:
        figure, progress = area.figure, area.result.progress
        cohort, placement = figure.distribution, figure.placement
        yield (
            area.code,
            area.name,
            figure.score,
            *((cohort.low, cohort.median, cohort.high) if cohort else (None,) * 3),
            *((placement.below, placement.level, placement.above, placement.to_median) if placement else (None,) * 4),
            area_place(area),
            *_against_own_level(report, area.code),
            progress.answered,
            progress.not_applicable,
            progress.open,
            *(figure.interval or (None, None)),
        )


def _against_own_level(report: Report, code: str) -> tuple[Value, ...]:
    """Own, the ends of the cohort's, and whether it lies outside them; nothing before every area has a score."""
    deviation = next((each for each in report.shape.deviations if each.code == code), None)
    if deviation is None:
        return (None,) * 4
    if not deviation.cohort:
        return deviation.own, None, None, ""
    low, high = deviation.cohort[0].score, deviation.cohort[-1].score
    return deviation.own, low, high, "yes" if deviation.is_out_of_line else "no"


def draw_areas(workbook: Workbook, sheet: Worksheet, report: Report) -> None:
    """As points and without lines: areas are no course of time."""
    chart = workbook.add_chart({"type": "line"})
    last = FIRST_ROW + len(report.areas) - 1
    for column, shape, size, colour in SERIES:
        chart.add_series(
            {
                "name": [NAME, 0, column],
                "categories": [NAME, FIRST_ROW, 1, last, 1],
                "values": [NAME, FIRST_ROW, column, last, column],
                "line": {"none": True},
                "marker": _marker(shape, size, colour),
            }
        )
    font = {"name": "IBM Plex Sans", "size": 9, "color": INK}
    chart.set_title({"name": "The five practice areas beside the cohort", "name_font": {**font, "size": 11}})
    chart.set_y_axis(
        {
            "min": 1,
            "max": 5,
            "major_unit": 1,
            "num_format": "0",
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": HAIRLINE}},
            "line": {"none": True},
        }
    )
    chart.set_x_axis({"num_font": font, "line": {"color": SOFT}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 980, "height": 340})
    sheet.insert_chart(last + 2, 1, chart, {"description": ALT_TEXT, "object_position": 3})


def _marker(shape: str, size: int, colour: str) -> dict[str, Any]:
    """You are the filled diamond."""
    return {
        "type": shape,
        "size": size,
        "border": {"color": colour},
        "fill": {"color": colour} if shape != "circle" else {"none": True},
    }
