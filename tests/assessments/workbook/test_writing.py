"""The workbook as a spreadsheet program sees it: what it offers, locks, hides and prints, the same bytes each time."""

import re
import tempfile
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, Assessment, Confidence, EvidenceStrength
from assessments.workbook import layout
from assessments.workbook.content import read_content
from assessments.workbook.writing import write_workbook
from tests.assessments.workbook.made_up import NOW, address, content_of, written

SCORED = Entry(state=AnswerState.SCORED, score=Decimal("3.5"), rationale="=see SOP 12")


def opened(*entries: Entry) -> Any:
    return load_workbook(BytesIO(written(*entries)))


@pytest.fixture
def sheet() -> Any:
    return opened(SCORED, Entry(), Entry())["MCQ"]


def validation(sheet: Any, key: str) -> Any:
    place = address(key)
    (found,) = [each for each in sheet.data_validations.dataValidation if place in each.sqref]
    return found


def test_there_is_a_first_sheet_and_one_for_each_practice_area(assessment: Assessment) -> None:
    book = load_workbook(BytesIO(write_workbook(read_content(assessment), NOW)))
    assert book.sheetnames == ["Start", "MCQ", "BC", "PQS", "TE", "EEE"]
    said = [cell.value for row in book["Start"].iter_rows() for cell in row]
    for word in ("Northfield", "Autumn 2026", "July to September 2026", "2026.1", str(assessment.pk)):
        assert word in said
    assert "5 October 2026, 09:30 UTC" in said
    for area in book.sheetnames[1:]:
        assert [book[area].cell(row, 1).value for row in range(5, 9)].count(None) == 0
        rubric = [book[area].cell(5, place).value for place in range(6, 13)]
        assert all(isinstance(text, str) and len(text) > 40 for text in rubric)


def test_the_words_of_the_drop_downs_are_those_that_are_stored() -> None:
    assert set(layout.STATES) == set(AnswerState) - {AnswerState.UNANSWERED}
    assert set(layout.CONFIDENCES) == set(Confidence) - {Confidence.UNSTATED}
    assert set(layout.STRENGTHS) == set(EvidenceStrength)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("state", "scored,unknown,not_applicable"),
        ("confidence", "low,medium,high"),
        ("evidence_strength", "none,anecdote,document,record"),
    ],
)
def test_words_are_chosen_from_a_list(sheet: Any, key: str, words: str) -> None:
    rule = validation(sheet, key)
    assert (rule.type, rule.formula1, rule.allow_blank, rule.showDropDown or False) == (
        "list",
        f'"{words}"',
        True,
        False,
    )
    assert address(key, 6) in rule.sqref


def test_a_score_is_checked_while_it_is_typed(sheet: Any) -> None:
    rule = validation(sheet, "score")
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "1.0", "5.0")
    assert rule.error.startswith("Write a score from 1.0 to 5.0")
    assert rule.errorStyle in (None, "stop")


@pytest.mark.parametrize(("key", "length"), [("reason", "2000"), ("rationale", "10000")])
def test_a_text_that_is_too_long_is_warned_of(sheet: Any, key: str, length: str) -> None:
    rule = validation(sheet, key)
    assert (rule.type, rule.formula1, rule.errorStyle) == ("textLength", length, "warning")


def test_only_what_is_filled_in_is_unlocked(sheet: Any) -> None:
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    open_cells = {key for key in layout.COLUMNS if not sheet[address(key)].protection.locked}
    assert open_cells == set(layout.FILLED_IN)
    assert not sheet.protection.formatColumns  # the switch says what is forbidden


def test_text_cells_keep_what_is_typed_as_text(sheet: Any) -> None:
    for key in layout.FILLED_IN:
        assert sheet[address(key)].number_format == ("0.0#" if key == "score" else "@")


def test_a_text_like_a_formula_is_a_text(sheet: Any) -> None:
    cell = sheet[address("rationale")]
    assert (cell.data_type, cell.value) == ("s", "=see SOP 12")
    with ZipFile(BytesIO(written(SCORED))) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())


def test_a_score_is_a_number(sheet: Any) -> None:
    assert (sheet[address("score")].data_type, sheet[address("score")].value) == ("n", 3.5)


def test_codes_and_marks_are_there_and_hidden(sheet: Any) -> None:
    assert hidden_columns(written(SCORED)) >= {1, 2}
    assert sheet.row_dimensions[1].hidden
    assert (sheet["A5"].value, sheet["B5"].value) == ("part-0", f"3-{SCORED.fingerprint}")


@pytest.mark.parametrize(("used", "shown"), [(0, 3), (2, 3), (3, 4), (29, 30), (30, 30)])
def test_room_for_references_is_shown_as_it_is_needed(used: int, shown: int) -> None:
    entry = Entry(evidence=tuple(EvidenceReference(f"Document {number}", "") for number in range(used)))
    evidence_from = layout.COLUMNS.index("evidence_1_title") + 1
    assert hidden_columns(written(entry)) == {1, 2, *range(evidence_from + 2 * shown, len(layout.COLUMNS) + 1)}


def hidden_columns(content: bytes) -> set[int]:
    with ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    ranges = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*hidden="1"', sheet)
    return {number for first, last in ranges for number in range(int(first), int(last) + 1)}


def test_names_stay_in_sight_and_the_paper_is_two_pages_wide(sheet: Any) -> None:
    assert sheet.freeze_panes == "F5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$C:$E", "$2:$4")


def test_the_same_content_at_the_same_time_is_the_same_file() -> None:
    content = content_of([SCORED, Entry()])
    assert write_workbook(content, NOW) == write_workbook(content, NOW)
    assert write_workbook(content, NOW) != write_workbook(content, NOW + timedelta(minutes=1))


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # a temporary file would fail
    assert written(SCORED)
