"""Each cell that cannot be used is named by sheet and address, with what is allowed; sheets, rows, columns likewise."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from assessments.entries import Entry, EvidenceReference
from assessments.forms.answers import MOST_EVIDENCE_ROWS
from assessments.models import AnswerState
from assessments.workbook import layout
from assessments.workbook.filled import Filled
from assessments.workbook.refusals import Refused
from benchmarks.scores import ALLOWED
from tests.assessments.workbook.made_up import address, edited, read, with_cell, with_parts, written

SCORED = Entry(state=AnswerState.SCORED, score=Decimal("3.0"), evidence=(EvidenceReference("Minutes", "QA-7"),))
ANSWERS = [SCORED, Entry(), Entry(state=AnswerState.UNKNOWN), Entry()]
FORMULA = "Formulas are not taken"
TEXT_ONLY = "Only text is taken"


def changed(key: str, value: Any) -> Filled:
    return read(with_cell(written(*ANSWERS), "MCQ", address(key), value), ANSWERS)


@pytest.mark.parametrize(
    ("key", "value", "says", "allowed"),
    [
        ("score", "=1+2", "=1+2", FORMULA),
        ("score", "=NA()", "=NA()", FORMULA),
        ("score", True, "TRUE", "This is true or false"),
        ("score", date(2026, 5, 3), "2026-05-03 00:00:00", "has made a date"),
        ("score", datetime(2026, 5, 3, 12), "2026-05-03 12:00:00", "has made a date"),  # noqa: DTZ001
        ("score", 3.55, "3.55", "One decimal at most"),
        ("score", 0.9, "0.9", ALLOWED),
        ("score", 0, "0", ALLOWED),
        ("score", 5.1, "5.1", ALLOWED),
        ("score", -3, "-3", ALLOWED),
        ("score", 1e300, "1e+300", ALLOWED),
        ("score", 3.0000000001, "3.0000000001", "One decimal at most"),
        ("score", "3,5", "3,5", "Write the number with a point: 3.5."),
        ("score", "３.５", "３.５", ALLOWED),
        ("score", "٣", "٣", ALLOWED),
        ("score", "NaN", "NaN", ALLOWED),
        ("score", "Infinity", "Infinity", ALLOWED),
        ("score", " 3", " 3", ALLOWED),
        ("score", "03", "03", ALLOWED),
        ("score", "3e0", "3e0", ALLOWED),
        ("score", "three", "three", ALLOWED),
        ("score", "#N/A", "#N/A", "reports an error"),
        ("score", None, "", "“scored” needs a score"),
        ("state", "Scored", "Scored", "Write scored, unknown or not_applicable, or leave the cell empty."),
        ("state", "bewertet", "bewertet", "Write scored, unknown or not_applicable"),
        ("state", "unanswered", "unanswered", "Write scored, unknown or not_applicable"),
        ("state", "=A1", "=A1", FORMULA),
        ("state", 1, "1", "This is a number. Write scored"),
        ("state", False, "FALSE", "This is true or false. Write scored"),
        ("confidence", "very", "very", "Write low, medium or high, or leave the cell empty."),
        ("evidence_strength", "proof", "proof", "Write none, anecdote, document or record"),
        ("rationale", "=1+1", "=1+1", FORMULA),
        ("rationale", 2026, "2026", TEXT_ONLY),
        ("rationale", date(2026, 5, 3), "2026-05-03 00:00:00", "has made a date"),
        ("rationale", "x" * 10_001, "x" * 80, "At most 10,000 characters are allowed; there are 10,001."),
        ("rationale", "a\ufffdb", "a\ufffdb", "Character 2 arrived broken"),
        ("rationale", "a_x0007_b", "a\x07b", "Character 2 is an invisible control character (U+0007)"),
        ("reason", "x" * 2001, "x" * 80, "At most 2,000 characters"),
        ("evidence_1_title", None, "", "Give the document a title"),
        ("evidence_1_title", " ", " ", "Give the document a title"),
        ("evidence_1_title", "two\nlines", "two\nlines", "Only one line"),
        ("evidence_1_title", "=HYPERLINK(A1)", "=HYPERLINK(A1)", FORMULA),
        ("evidence_1_title", "t" * 497, "t" * 80, "Title and place together: at most 500 characters"),
        ("evidence_1_location", 4711, "4711", TEXT_ONLY),
        ("evidence_30_location", "QA-1", "", "Give the document a title"),
    ],
)
def test_a_bad_cell_is_named_with_what_is_allowed(key: str, value: Any, says: str, allowed: str) -> None:
    filled = changed(key, value)
    (bad,) = filled.bad
    place = address(key.replace("30_location", "30_title"))
    assert (bad.sheet, bad.address, bad.says) == ("MCQ", place, says)
    assert allowed in bad.allowed
    assert bad.column == layout.label_of(key.replace("30_location", "30_title"))
    assert [row.code for row in filled.rows] == ["part-2", "part-1", "part-3"]


@pytest.mark.parametrize(
    ("value", "score"),
    [(3, "3.0"), (3.5, "3.5"), (1, "1.0"), (5.0, "5.0"), (4.1, "4.1"), ("3.5", "3.5"), ("4", "4.0"), ("5.0", "5.0")],
)
def test_a_number_is_taken_as_it_was_typed(value: Any, score: str) -> None:
    filled = changed("score", value)
    assert filled.bad == ()
    assert str(filled.rows[0].entry.score) == score


def test_several_bad_cells_of_a_row_are_all_named() -> None:
    def change(book: Any) -> None:
        for key, value in (("score", 9), ("state", "maybe"), ("rationale", "=A1")):
            book["MCQ"][address(key)] = value

    bad = read(edited(written(*ANSWERS), change), ANSWERS).bad
    assert {each.address for each in bad} == {address("score"), address("state"), address("rationale")}


def test_a_score_without_a_state_counts_as_scored() -> None:
    entry = changed("state", None).rows[0].entry
    assert (entry.state, entry.score) == (AnswerState.SCORED, Decimal("3.0"))


@pytest.mark.parametrize("state", ["unknown", "not_applicable"])
def test_a_score_goes_with_no_other_state(state: str) -> None:
    (bad,) = changed("state", state).bad
    assert (bad.address, bad.says) == (address("score"), "3.0".removesuffix(".0"))
    assert f"“{state}” goes without a score" in bad.allowed


def test_not_applicable_needs_its_reason() -> None:
    answers = [Entry(state=AnswerState.NOT_APPLICABLE, reason="No packaging")]
    (bad,) = read(with_cell(written(*answers), "MCQ", address("reason"), " "), answers).bad
    assert (bad.address, bad.allowed) == (address("reason"), "“not_applicable” needs its reason here.")


def test_emptied_cells_take_an_answer_back() -> None:
    def change(book: Any) -> None:
        for key in ("state", "score", "evidence_1_title", "evidence_1_location", "evidence_strength"):
            book["MCQ"][address(key)] = None

    filled = read(edited(written(*ANSWERS), change), ANSWERS)
    assert filled.rows[0].entry == Entry()


def test_line_ends_of_another_program_become_one_character() -> None:
    assert changed("rationale", "one_x000D_\ntwo_x000D_three").rows[0].entry.rationale == "one\ntwo\nthree"


@pytest.mark.parametrize("value", [None, "3", "nonsense", 3, "=A1", "3-" + "g" * 16])
def test_a_damaged_mark_of_the_version_is_no_mark(value: Any) -> None:
    filled = changed("seen", value)
    assert filled.bad == ()
    assert filled.rows[0].seen is None


# Sheets, rows and columns


def renamed(book: Any) -> None:
    book["MCQ"].title = "Führung"
    book["Start"].title = "Anleitung"


def reordered_sheets(book: Any) -> None:
    book.move_sheet("BC", -2)


def reordered_columns(book: Any) -> None:
    sheet = book["MCQ"]
    sheet.move_range("D1:E8", cols=100)
    sheet.move_range("M1:N8", cols=-9)


def moved_down(book: Any) -> None:
    book["MCQ"].insert_rows(1, 3)
    book["MCQ"].insert_rows(6, 2)


def reordered_rows(book: Any) -> None:
    book["MCQ"].move_range("A5:BZ5", rows=10)


def translated(book: Any) -> None:
    for cell in book["MCQ"][4][2:]:
        cell.value = "übersetzt"
    book["MCQ"]["C5"] = "Ein anderer Name"


@pytest.mark.parametrize(
    "change", [renamed, reordered_sheets, reordered_columns, moved_down, reordered_rows, translated]
)
def test_names_order_and_language_do_not_matter(change: Callable[[Any], None]) -> None:
    filled = read(edited(written(*ANSWERS), change), ANSWERS)
    assert (filled.bad, filled.notices) == ((), ())
    assert {row.code: row.entry for row in filled.rows} == {f"part-{n}": entry for n, entry in enumerate(ANSWERS)}


def set_value(sheet: str, place: str, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][place] = value

    return change


def without_key_row(book: Any) -> None:
    book["MCQ"].delete_rows(1)


def without_column(book: Any) -> None:
    book["MCQ"].delete_cols(5)


def with_a_column_twice(book: Any) -> None:
    book["MCQ"]["CA1"] = "state"


def with_a_row_twice(book: Any) -> None:
    book["BC"]["A9"], book["BC"]["D9"] = "part-0", "unknown"


@pytest.mark.parametrize(
    ("change", "sheet", "place", "message"),
    [
        (without_key_row, "MCQ", "A1", "The hidden first row of the sheet “MCQ”"),
        (without_column, "MCQ", "A1", "Columns are missing: score."),
        (with_a_column_twice, "MCQ", "CA1", "The column state is there twice."),
        (with_a_row_twice, "BC", "A9", "part-0 stands in the workbook twice, first in MCQ!A5."),
        (set_value("MCQ", "A5", "part-77"), "MCQ", "A5", "There is no sub-element “part-77” in this questionnaire."),
        (set_value("MCQ", "A5", "=A6"), "MCQ", "A5", "There is no sub-element “=A6”"),
        (set_value("MCQ", "A5", None), "MCQ", "A5", "This row has no code of a sub-element"),
        (set_value("MCQ", "D9", "unknown"), "MCQ", "A9", "This row has no code of a sub-element"),
    ],
)
def test_a_sheet_that_cannot_be_told_is_named(
    change: Callable[[Any], None], sheet: str, place: str, message: str
) -> None:
    bad = read(edited(written(*ANSWERS), change), ANSWERS).bad
    assert (bad[0].sheet, bad[0].address) == (sheet, place)
    assert bad[0].allowed.startswith(message)
    assert str(bad[0]).startswith(f"{sheet}!{place}")


def test_sheets_and_columns_of_ones_own_are_not_read_and_that_is_said() -> None:
    def change(book: Any) -> None:
        book.create_sheet("Notes")["A1"] = "mine"
        book["MCQ"]["CB5"] = "also mine"

    filled = read(edited(written(*ANSWERS), change), ANSWERS)
    assert filled.bad == ()
    assert filled.notices == (
        "Column CB of the sheet “MCQ” is not ours and was not read.",
        "The sheet “Notes” is not part of the questionnaire and was not read.",
    )


@pytest.mark.parametrize("remove", ["a sheet", "a row"])
def test_what_is_not_there_is_not_an_answer(remove: str) -> None:
    def change(book: Any) -> None:
        if remove == "a sheet":
            del book["BC"]
        else:
            book["BC"].delete_rows(5, 2)

    filled = read(edited(written(*ANSWERS), change), ANSWERS)
    assert filled.bad == ()
    assert filled.codes == {"part-0", "part-2"}


def without_start(book: Any) -> None:
    del book["Start"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without_start, "This workbook was not written by this product"),
        (set_value("Start", "A8", "something"), "This workbook was not written by this product"),
        (set_value("Start", "C9", "qmm-workbook/9"), "This workbook has another layout (qmm-workbook/9)"),
        (set_value("Start", "C9", None), "This workbook was not written by this product"),
    ],
)
def test_without_the_first_sheet_nobody_can_tell_whose_it_is(change: Callable[[Any], None], message: str) -> None:
    with pytest.raises(Refused, match="^" + message.replace("(", r"\(").replace(")", r"\)")):
        read(edited(written(*ANSWERS), change), ANSWERS)


def test_numbers_are_read_as_excel_writes_them() -> None:
    def change(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet2.xml"]
        assert sheet.count(b"<v>3</v>") == 1
        parts["xl/worksheets/sheet2.xml"] = sheet.replace(b"<v>3</v>", b"<v>3.1000000000000001</v>")

    filled = read(with_parts(written(Entry(state=AnswerState.SCORED, score=Decimal(3))), change), [Entry()])
    assert str(filled.rows[0].entry.score) == "3.1"


def test_it_has_as_many_references_as_the_page() -> None:
    assert layout.EVIDENCE_PAIRS == MOST_EVIDENCE_ROWS
