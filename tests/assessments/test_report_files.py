"""`report.csv` holds all that was typed, and docs/report-data.md says of every file what is in it."""

import csv
import io
import re
from pathlib import Path

from openpyxl import load_workbook

from assessments.exports.tables import CSV_COLUMNS, report_csv
from assessments.exports.workbook.writing import report_workbook
from benchmarks.formatting import formula_safe
from tests.report_kinds import KINDS, everything_typed

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "report-data.md").read_text(encoding="utf-8")


def test_all_that_was_typed_is_in_the_csv() -> None:
    report = everything_typed()
    rows = list(csv.DictReader(io.StringIO(report_csv(report).decode("utf-8-sig"), newline="")))
    for answer, row in zip(report.assessment.answers, rows, strict=True):
        evidence = "\n".join(str(reference) for reference in answer.evidence)
        assert row["rationale"] == formula_safe(answer.rationale)
        assert (row["reason"], row["evidence"]) == (formula_safe(answer.reason), formula_safe(evidence))
        assert (row["score"], row["state"]) == ("" if answer.score is None else str(answer.score), answer.state)
        assert (row["confidence"], row["evidence_strength"]) == (answer.confidence, answer.evidence_strength)


def test_the_document_lists_the_columns_of_the_csv_in_their_order() -> None:
    (listed,) = re.findall(r"byte order mark: (.+?)\. Columns", DOCUMENT)
    assert re.findall(r"`(\w+)`", listed) == list(CSV_COLUMNS)


def test_the_document_lists_the_sheets_of_the_workbook_in_their_order() -> None:
    sheets = load_workbook(io.BytesIO(report_workbook(KINDS["since last time"]()))).sheetnames
    assert re.findall(r"^\| (\w[\w-]*) \| (?!a row for)", DOCUMENT, re.MULTILINE) == sheets
