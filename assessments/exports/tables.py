"""`report.csv`: one row for each sub-element, safe to open in a spreadsheet."""

import csv
import io

from assessments.report import Report
from benchmarks.formatting import formula_safe

CSV_COLUMNS = (
    *("area", "sub_element", "name", "score", "state", "reason", "rationale", "evidence"),
    *("confidence", "evidence_strength"),
)


def report_csv(report: Report) -> bytes:
    """One row per sub-element; UTF-8 with a mark, so that a spreadsheet reads every letter."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(CSV_COLUMNS)
    for each in report.sub_elements:
        answer = each.answer
        evidence = "\n".join(str(reference) for reference in answer.evidence)
        score = "" if answer.score is None else str(answer.score)
        row = (answer.area_code, answer.code, answer.name, score, answer.state)
        typed = (formula_safe(text) for text in (answer.reason, answer.rationale, evidence))
        writer.writerow([*row, *typed, answer.confidence, answer.evidence_strength])
    return b"\xef\xbb\xbf" + page.getvalue().encode()
