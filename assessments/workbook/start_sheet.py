"""The first sheet of the workbook: whose it is, what to do, and what the words in the drop-downs mean."""

from collections.abc import Iterable

from xlsxwriter.worksheet import Worksheet

from assessments.models import AnswerState, Confidence, EvidenceStrength
from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH
from assessments.workbook import layout
from assessments.workbook.content import Content
from assessments.workbook.styles import A4, Styles, height_for

STEPS = (
    (
        "Each of the other sheets is one practice area, each of its rows one sub-element. The cells with a frame are "
        "yours; all others stay as they are."
    ),
    (
        "Read the question and the five levels, then choose a state. For “scored” write a score from 1.0 to 5.0 "
        "with at most one decimal. A score without a state counts as scored."
    ),
    (
        f"Write the rationale in two or three sentences, at most {RATIONALE_LENGTH:,} characters. For “not_applicable” "
        f"say why it does not apply, at most {REASON_LENGTH:,}."
    ),
    (
        "Evidence is a title and where it is kept, a document number or a link; together at most "
        f"{EVIDENCE_LENGTH} characters. There is room for {layout.EVIDENCE_PAIRS} references a row; the columns that "
        "nothing needs yet are hidden: select the columns on both sides of the gap and choose “Unhide” or “Show”."
    ),
    "Formulas are refused: write what they come to.",
    (
        "Save as .xlsx. In the product open the assessment and choose “Import a workbook”: you see what would change, "
        "cell by cell, before anything is stored."
    ),
)
MEANINGS = {
    "State": (
        ("empty", AnswerState.UNANSWERED.label),
        ("scored", "has a score"),
        ("unknown", AnswerState.UNKNOWN.label),
        ("not_applicable", "does not apply to this site; needs its reason"),
    ),
    "Confidence": (
        ("empty", Confidence.UNSTATED.label),
        ("low, medium, high", "how sure those who answered are"),
    ),
    "Strength of evidence": tuple((each.value, each.label) for each in EvidenceStrength),
}
LABEL, VALUE = 1, 2
VALUE_WIDTH = 92


def write_start(sheet: Worksheet, content: Content, styles: Styles, written_at: str) -> None:
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(LABEL, LABEL, 22)
    sheet.set_column(VALUE, VALUE, VALUE_WIDTH)
    sheet.set_row(0, 36)
    sheet.write_string(0, LABEL, "Questionnaire to fill in", styles.title)
    row = _pairs(sheet, 2, _passport(content), styles)
    row = _pairs(sheet, row, [("", "Written", written_at)], styles)
    sheet.write_string(row + 1, LABEL, "What to do", styles.lead)
    row = _pairs(sheet, row + 2, [("", str(step), text) for step, text in enumerate(STEPS, start=1)], styles)
    for heading, meanings in MEANINGS.items():
        sheet.write_string(row + 1, LABEL, heading, styles.lead)
        row = _pairs(sheet, row + 2, [("", word, meaning) for word, meaning in meanings], styles)
    sheet.write_string(row + 1, LABEL, "About the levels", styles.lead)
    _pairs(sheet, row + 2, [("", "", content.note)], styles)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _passport(content: Content) -> Iterable[tuple[str, str, str]]:
    """What the import recognises the workbook by, with a key; what it says of itself besides, without."""
    yield "site", "Site", content.site
    yield "", "Organisation", content.organisation
    yield "title", "Assessment", content.title
    yield "period", "Period", content.period
    yield "questionnaire", "Questionnaire", content.questionnaire
    yield "assessment", "Record", content.assessment
    yield "format", "Workbook", layout.FORMAT


def _pairs(sheet: Worksheet, row: int, pairs: Iterable[tuple[str, str, str]], styles: Styles) -> int:
    """Key, label and value, a row each; the row after them."""
    for key, label, value in pairs:
        sheet.set_row(row, height_for([(value, VALUE_WIDTH)]))
        sheet.write_string(row, 0, key, styles.machine)
        sheet.write_string(row, LABEL, label, styles.pair_label)
        sheet.write_string(row, VALUE, value, styles.pair_value)
        row += 1
    return row
