"""The PDF as a record: its page for the council, its contents, what it was made from, and how long it may get."""

import hashlib
import io
import re
from typing import Any

import pikepdf
import pytest

from assessments.entries import EvidenceReference
from assessments.pdf import render_pdf
from assessments.pdf_job import Paper
from assessments.printing import Extent, content_digest, print_job
from assessments.report import Report
from tests.assessments.test_pdf import text_of
from tests.rating_rounds import L, Q, comparison
from tests.reports import CODES, report_of

UNEVEN = {code: f"{1.5 + place * 0.15:.1f}" for place, code in enumerate(CODES)}
RATERS = comparison(*[(Q, "2.0")] * 4, *[(L, "4.5")] * 4, codes=CODES)
LONG: dict[str, Any] = {
    "site": "Northfield sterile injectables and lyophilised products, building 4 and its annexe" + " of the works" * 9,
    "organisation": "O" * 200,
    "title": "T " * 100,
    "period": "P" * 200,
    "manufacturing": "M " * 100,
}
REPORTS = {
    "complete": report_of(UNEVEN, comparison=RATERS),
    "empty": report_of("unanswered"),
    "fictional": report_of(UNEVEN, comparison=RATERS, is_fictional=True),
    "long names": report_of({CODES[0]: "4.0", CODES[4]: "unknown"}, comparison=RATERS, **LONG),
}


def short_pdf(report: Report, paper: Paper = Paper.A4) -> bytes:
    return render_pdf(print_job(report, paper, Extent.SHORT))


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("kind", list(REPORTS))
def test_the_council_s_page_is_one_page(kind: str, paper: Paper) -> None:
    pages = text_of(short_pdf(REPORTS[kind], paper))
    assert len(pages) == 1
    assert "Page 1 of 1" in pages[0]
    assert "The five practice areas" in pages[0]


def test_short_and_whole_are_kept_apart() -> None:
    report = REPORTS["complete"]
    assert content_digest(report, Paper.A4) != content_digest(report, Paper.A4, Extent.SHORT)


def test_the_contents_name_every_part_with_its_page() -> None:
    pages = text_of(render_pdf(print_job(REPORTS["complete"], Paper.A4)))
    contents = next(page for page in pages if "Contents" in page)
    listed = (re.fullmatch(r"(.*?)[ .]+(\d+)", line) for line in contents.splitlines())
    found = {match[1]: int(match[2]) for match in listed if match}
    for name in ("The profile", "How sure the result is", "What would move it", "Method and limits"):
        assert name in pages[found[name] - 1]


def test_the_record_says_what_it_was_made_from() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(print_job(REPORTS["complete"], Paper.A4)))) as pdf:
        attached = pdf.attachments["report.json"].get_file().read_bytes()
    text = " ".join(text_of(render_pdf(print_job(REPORTS["complete"], Paper.A4)))).replace("\n", " ")
    assert hashlib.sha256(attached).hexdigest() in text
    assert "Questionnaire 2026.1, framework 2026.1, cohort fda-2024" in text
    assert "2026-10-05 09:30:00 UTC" in text
    for step in ("Prepared", "Reviewed", "Approved"):
        assert step in text


def test_the_longest_report_stays_within_sixty_pages() -> None:
    words = "Two decisions of the spring review moved people and money, and both were looked at again in autumn. "
    rationale = (words * 6 + "w" * 300 + " ") * 12
    evidence = tuple(EvidenceReference("E" * 250, "L" * 250) for _ in range(3))
    report = report_of("4.5", rationale=rationale[:10_000], evidence=evidence, comparison=RATERS)
    with pikepdf.open(io.BytesIO(render_pdf(print_job(report, Paper.A4)))) as pdf:
        assert len(pdf.pages) <= 60


def test_a_marking_is_on_each_page_and_says_what_it_is_not() -> None:
    pages = text_of(render_pdf(print_job(report_of("3.5", is_for_counsel=True), Paper.A4)))
    assert all("Confidential · Prepared at the direction of counsel" in page for page in pages)
    assert "A label does not create privilege." in " ".join(pages).replace("\n", " ")
    assert "direction of counsel" not in text_of(render_pdf(print_job(report_of("3.5"), Paper.A4)))[0]
