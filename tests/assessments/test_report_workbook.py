"""`report.xlsx` read back: real numbers, all that was typed as it was typed, no name of a rater, the same bytes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from assessments.council import council_points
from assessments.entries import EvidenceReference
from assessments.exports.workbook.answers import TOO_LONG
from assessments.exports.workbook.writing import report_workbook
from assessments.report import Report, build_report
from assessments.workbook.cells import Cell, Kind, read_sheets
from tests.rating_rounds import L, Q, comparison
from tests.report_kinds import KINDS, RATIONALES, everything_typed, longest
from tests.reports import CODES, NOW, report_of

Row = Mapping[str, Cell]


def table(report: Report, sheet: str) -> list[Row]:
    """The rows of a sheet by their headings; an empty cell has no entry."""
    cells = next(each for each in read_sheets(report_workbook(report)) if each.title == sheet).rows
    headings = {column: cell.text for column, cell in cells[1].items()}
    return [{headings[c]: cell for c, cell in row.items()} for number, row in sorted(cells.items()) if number > 1]


def texts(row: Row, *names: str) -> list[str]:
    return [row[name].text if name in row else "" for name in names]


def opened(report: Report) -> Any:
    return load_workbook(BytesIO(report_workbook(report)))


def test_a_sheet_for_each_question() -> None:
    names = ["Summary", "Areas", "Cohort", "Sub-elements", "Evidence", "Levers", "Arithmetic", "Method"]
    assert opened(report_of()).sheetnames == names
    assert "Raters" in opened(KINDS["named raters"]()).sheetnames
    assert "Since" in opened(KINDS["since last time"]()).sheetnames


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_report_is_the_same_bytes(kind: str) -> None:
    assert report_workbook(KINDS[kind]()) == report_workbook(KINDS[kind]())


def test_all_that_was_typed_is_in_it_as_it_was_typed() -> None:
    report = everything_typed()
    for answer, row in zip(report.assessment.answers, table(report, "Sub-elements"), strict=True):
        assert texts(row, "Code", "Rationale") == [answer.code, answer.rationale]
        assert texts(row, "Why it does not apply") == [answer.reason]
        assert texts(row, "Evidence") == ["\n".join(str(reference) for reference in answer.evidence)]
        assert texts(row, "Confidence") == [answer.confidence]
        assert {cell.kind for name, cell in row.items() if name != "Score"} == {Kind.TEXT}
    references = [reference for answer in report.assessment.answers for reference in answer.evidence]
    listed = [texts(row, "Evidence", "Where it is kept") for row in table(report, "Evidence")]
    assert listed == [[each.title, each.location] for each in references]
    facts = {row["What"].text: row["In words"].text for row in table(report, "Summary") if "In words" in row}
    assert (facts["Site"], facts["Assessment"], facts["Period"]) == ('<Süd> & "Co"', "=1+1", "Q3 🧪")


def test_no_text_becomes_a_formula_and_only_the_arithmetic_computes() -> None:
    for sheet in read_sheets(report_workbook(everything_typed())):
        formulas = [cell for row in sheet.rows.values() for cell in row.values() if cell.kind == Kind.FORMULA]
        assert bool(formulas) == (sheet.title == "Arithmetic")
    assert {"=see SOP 12", "＝see SOP 12, full-width"} < set(RATIONALES.values())


def test_figures_are_numbers() -> None:
    book = opened(report_of("3.6"))
    areas = book["Areas"]
    assert [areas.cell(2, column).value for column in range(3, 11)] == [3.6, 2.2, 4, 4.8, 2, 0, 7, -0.4]
    assert book["Sub-elements"]["D2"].value == 3.6
    assert book["Cohort"]["B2"].value == 2.84
    assert book["Areas"]["C2"].number_format == "0.00"
    summary = {row[0].value: row[1].value for row in book["Summary"].iter_rows()}
    assert (summary["Overall"], summary["At or above"], summary["Saved changes"]) == (3.6, 2, 20)


def test_what_moved_since_last_time_are_numbers() -> None:
    report = KINDS["since last time, an area still open"]()
    overall, first, second, *_ = table(report, "Since")
    assert texts(overall, "Figure", "Then", "Now", "Change", "At or above so many sites then") == [
        *("Overall", "3.5", "", "", "2"),
    ]
    assert texts(first, "Area", "Then", "Now", "Change") == ["MCQ", "3.5", "3.65", "0.15"]
    assert texts(second, "Area", "Then", "Now", "Change") == ["BC", "3.5", "", ""]
    said = [text for row in table(KINDS["since last time"](), "Summary") for text in texts(row, "In words")]
    assert any('“<Spring> =1+1 & "Co"”' in text for text in said)


def test_what_is_open_and_what_does_not_apply_is_named() -> None:
    report = report_of(dict.fromkeys(CODES, "4.0") | {"capa": "unknown", "patient-impact": "not_applicable"})
    rows = {row["What"].text: row for row in table(report, "Summary")}
    assert texts(rows["Open: not answered or not known yet"], "Figure", "In words") == [
        "1",
        "Corrective and preventive action (CAPA)",
    ]
    assert texts(rows["Not applicable"], "Figure") == ["1"]
    assert "Overall if every open answer were 1.0" in rows
    assert texts(rows["Scores of 4.0 or more that name no evidence"], "Figure") == ["18"]


def test_what_was_published_stands_beside_the_score_with_its_place() -> None:
    row = next(row for row in table(report_of("3.0"), "Sub-elements") if row["Code"].text == "data-excellence")
    assert texts(row, "Score", "Published", "Place among these") == [
        "3",
        "B 3.2, F 3.2",
        "below the lowest, B and F 3.2",
    ]


def test_raters_stand_by_function_and_without_a_name_or_a_word_of_theirs() -> None:
    report = KINDS["named raters"]()
    rows = [texts(row, "Function", "Scores", "Median") for row in table(report, "Raters")][:5]
    assert rows == [
        ["all", "5", "3"],
        ["quality", "2", "2.5"],
        ["production", "1", "1.5"],
        ["engineering", "1", "4"],
        ["site leadership", "1", "4.5"],
    ]
    whole = "".join(
        cell.text for sheet in read_sheets(report_workbook(report)) for r in sheet.rows.values() for cell in r.values()
    )
    assert "Name 0" not in whole
    assert "Wrote" not in whole


def test_an_anonymous_round_shows_what_it_may_and_no_more() -> None:
    rows = [row for row in table(KINDS["anonymous raters"](), "Raters") if row["Sub-element"].text.endswith("(CAPA)")]
    assert [texts(row, "Function", "Scores", "Site leadership minus the others") for row in rows] == [["all", "6", ""]]
    few = report_of(comparison=comparison((Q, "2.0"), (L, "5.0"), is_anonymous=True))
    (row,) = [row for row in table(few, "Raters") if row["Sub-element"].text.endswith("(CAPA)")]
    assert set(row) == {"Area", "Sub-element", "Agreed score", "Function", "Scores", "In words"}


def test_every_sheet_is_frozen_sized_and_printed_on_a4_landscape() -> None:
    for sheet in opened(KINDS["named raters"]()).worksheets:
        assert sheet.freeze_panes[1:] == "2"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"
        assert all(each.width for each in sheet.column_dimensions.values())


def test_it_says_whose_it_is_and_by_whose_direction() -> None:
    report = report_of(is_for_counsel=True, organisation="A & B")
    for sheet in opened(report).worksheets:
        foot = sheet.oddFooter.center.text
        assert foot == "Confidential · Prepared at the direction of counsel · A && B"
    facts = {row["What"].text: row["In words"].text for row in table(report, "Summary") if "In words" in row}
    assert facts["Marking"] == "Prepared at the direction of counsel. A label does not create privilege."
    sheets = read_sheets(report_workbook(KINDS["shared without texts and names"]()))
    shared = [cell.text for sheet in sheets for row in sheet.rows.values() for cell in row.values()]
    assert "Shared copy without names, rationale, evidence and reasons." in shared
    assert not [text for text in shared if "Süd" in text or "SOP" in text]


def test_what_the_sentences_say_and_what_would_move_the_score_is_in_it() -> None:
    report = KINDS["named raters"]()
    sentences = [texts(row, "What", "In words") for row in table(report, "Summary")]
    assert [[point.subject, point.sentence] for point in council_points(report) if point.subject != "Raters"] == [
        each
        for each in sentences
        if each[0] in ("Strengths", "Gaps", "All alike", "Evenness", "Evidence", "Still open")
    ]
    levers = [texts(row, "Score", "Raised to", "Overall then", "More overall") for row in table(report, "Levers")]
    lever = report.levers[0]
    assert [float(text) for text in levers[0]] == [
        float(each) for each in (lever.score, lever.raised, lever.overall or 0, lever.overall_gain or 0)
    ]
    assert len(levers) == len(report.levers)
    assert "Out of line" in table(report, "Areas")[0]


def test_a_chart_shows_the_areas_beside_the_cohort() -> None:
    content = report_workbook(report_of())
    with ZipFile(BytesIO(content)) as archive:
        chart, drawing = (archive.read(f"xl/{name}1.xml").decode() for name in ("charts/chart", "drawings/drawing"))
    assert {f"Areas!${letter}$2:${letter}$6" for letter in "CDEF"} < set(re.findall(r"<c:f>([^<]+)</c:f>", chart))
    assert 'descr="The five practice areas' in drawing


def test_the_properties_say_what_it_is_and_when_it_was_made() -> None:
    properties = opened(report_of(site="Northfield\ufffe")).properties
    assert properties.title == "Quality management maturity: Northfield\ufffd, July to September 2026"
    assert (properties.creator, properties.keywords) == ("Acme", "draft, revision 20, qmm-report/1")
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2026-10-05 09:30"


def test_ten_thousand_letters_fit_and_what_does_not_fit_one_cell_stands_on_a_sheet_of_its_own() -> None:
    assert {len(row["Rationale"].text) for row in table(longest(), "Sub-elements")} == {10_000}
    assert {row["Rationale"].text for row in table(report_of(rationale="🧪" * 10_000), "Sub-elements")} == {
        "🧪" * 10_000
    }
    many = tuple(EvidenceReference("🧪" * 500, f"{number} " + "🧪" * 400) for number in range(30))
    report = report_of()
    answers = (replace(report.assessment.answers[0], evidence=many), *report.assessment.answers[1:])
    report = build_report(assessment=replace(report.assessment, answers=answers), cohort=report.cohort, now=NOW)
    assert texts(table(report, "Sub-elements")[0], "Evidence") == [TOO_LONG]
    assert [row["Where it is kept"].text for row in table(report, "Evidence")] == [each.location for each in many]
