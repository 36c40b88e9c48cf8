"""The PDF read back: what it says, how it is marked up, what it may fetch and what it is known by."""

import io
import json
from dataclasses import replace
from typing import Any

import pdfplumber
import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from assessments.entries import EvidenceReference
from assessments.exports.data import report_json
from assessments.pdf import dress_of, render_pdf
from assessments.pdf_job import Paper
from assessments.pdf_letters import box_font, printable, unknown_letters
from assessments.printing import content_digest, print_job
from assessments.records import Status
from assessments.report import Report
from qmm_site.font_files import paper_fonts
from tests.rating_rounds import L, Q, comparison
from tests.reports import CODES, HOSTILE, report_of

MM = 72 / 25.4
UNKNOWN_LETTER = "\U00011bc0"  # of a script that got its code points in 2024


def pdf_of(report: Report, paper: Paper = Paper.A4) -> bytes:
    return render_pdf(print_job(report, paper))


def text_of(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


@pytest.fixture(scope="module")
def complete() -> bytes:
    scores = {code: f"{2.5 + place / 10:.1f}" for place, code in enumerate(CODES)}
    return pdf_of(report_of(scores, rationale="Two decisions moved people and money."))


@pytest.fixture(scope="module")
def hostile() -> bytes:
    texts: dict[str, Any] = dict.fromkeys(("site", "period", "organisation", "title", "manufacturing"), HOSTILE[:200])
    rationale = f"{HOSTILE} {UNKNOWN_LETTER}\ue000"
    return pdf_of(report_of({CODES[0]: "not_applicable", CODES[1]: "4.0"}, rationale=rationale, **texts))


def test_the_first_page_holds_the_result_and_all_five_areas(complete: bytes) -> None:
    first = text_of(complete)[0]
    assert "Quality management maturity, self-assessment" in first
    assert "Northfield stands at or above two of the nine sites of the FDA 2024 cohort" in first.replace("\n", " ")
    assert "between A 2.84 and I 3.68" in first
    assert "Employee Engagement and" in first
    assert "5f0c1a4e-0d6e-4b57-9a5b-2f4d1c0a9e11" in first


@pytest.mark.parametrize("paper", list(Paper))
def test_the_first_page_is_whole_on_either_paper_also_for_the_demonstration(paper: Paper) -> None:
    report = report_of(
        "3.5",
        is_fictional=True,
        organisation="Example Pharma (fictional)",
        manufacturing="Sterile injectables, fill and finish",
        comparison=comparison(*[(Q, "2.0")] * 4, *[(L, "4.5")] * 4, codes=CODES),
    )
    first = text_of(pdf_of(report, paper))[0]
    assert "Fictional" in first
    assert "Eight raters rated it; their scores lie far apart on 20 of 20 sub-elements." in first.replace("\n", " ")
    assert first.index("The five practice areas") < first.index("Employee Engagement and") < first.index("In short")


def test_every_page_has_its_number_and_the_confidentiality_line(complete: bytes) -> None:
    pages = text_of(complete)
    assert len(pages) >= 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Confidential · Acme" in page
        assert "DRAFT" in page


def test_only_a_signed_report_is_no_draft() -> None:
    assert not any("DRAFT" in page for page in text_of(pdf_of(report_of("3.5", status=Status.SIGNED))))


@pytest.mark.parametrize(("paper", "width", "height"), [(Paper.A4, 210 * MM, 297 * MM), (Paper.LETTER, 612, 792)])
def test_it_comes_on_either_paper(paper: Paper, width: float, height: float) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(report_of("3.5"), paper))) as opened:
        assert {(round(page.width), round(page.height)) for page in opened.pages} == {(round(width), round(height))}


def test_it_has_title_language_bookmarks_and_embedded_fonts(complete: bytes) -> None:
    with pikepdf.open(io.BytesIO(complete)) as pdf:
        assert pdf.docinfo["/Title"] == "Northfield: quality management maturity, July to September 2026"
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_outline() as outline:
            headings = [item.title for item in outline.root[0].children]
        assert headings[0] == "The five practice areas"
        assert headings[-1] == "Method and limits"
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                descendants = font.get("/DescendantFonts", [font])
                assert "/FontDescriptor" in descendants[0]


def test_report_json_is_attached_as_it_is() -> None:
    report = report_of("3.5", rationale=HOSTILE)
    with pikepdf.open(io.BytesIO(pdf_of(report))) as pdf:
        attached = pdf.attachments["report.json"].get_file().read_bytes()
    assert attached == report_json(report)
    assert json.loads(attached)["sub_elements"][0]["rationale"] == HOSTILE


def test_every_picture_is_drawn_and_has_its_alternative_text(complete: bytes) -> None:
    with pikepdf.open(io.BytesIO(complete)) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        texts = [str(figure.Alt) for figure in figures]
    # Overall, five areas, profile, unevenness, five deviations, the two watched sub-elements.
    assert len(texts) == 15
    assert all(texts)
    with pdfplumber.open(io.BytesIO(complete)) as opened:
        first = opened.pages[0]
        # Nine circles in each of six strips; a strip of no width would put them all in one place.
        assert len(first.curves) >= 54
        assert max(curve["x1"] for curve in first.curves) - min(curve["x0"] for curve in first.curves) > 70 * MM


@pytest.mark.asvs("1.2.1")
def test_hostile_text_stays_text_and_inside_the_page(hostile: bytes) -> None:
    joined = "".join(text_of(hostile))
    assert "<script>alert(1)</script>" in joined
    assert "{{ 7 }}" in joined
    with pdfplumber.open(io.BytesIO(hostile)) as opened:
        for page in opened.pages:
            assert max(char["x1"] for char in page.chars) <= page.width - 15 * MM


def test_no_table_row_is_torn_by_a_page_break(complete: bytes) -> None:
    with pdfplumber.open(io.BytesIO(complete)) as opened:
        for page in opened.pages:
            body = [char for char in page.chars if char["size"] > 8.2]  # without the running lines
            assert max(char["bottom"] for char in body) <= page.height - 20 * MM
    pages = text_of(complete)
    rows = [line for page in pages for line in page.splitlines() if line.startswith(tuple("ABCDEFGHI"))]
    assert sum(1 for row in rows if row[1:2] == " " and len(row.split()) == 8) == 9


@pytest.mark.asvs("1.3.6", "13.2.5")
@pytest.mark.parametrize(
    "address", ["https://example.com/x.png", "file:///etc/hostname", "/etc/hostname", "qmm:nothing"]
)
def test_it_fetches_nothing_but_its_own_fonts(address: str) -> None:
    job = print_job(report_of("3.5"), Paper.A4)
    with pytest.raises(FatalURLFetchingError):
        render_pdf(replace(job, html=job.html.replace("<h1>", f'<img alt="x" src="{address}"><h1>', 1)))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pdf_of(report_of("3.5")) == pdf_of(report_of("3.5"))


def test_no_line_asks_for_features_of_its_font() -> None:
    """WeasyPrint never frees what such a line reserved: 30 KB for each demonstration, when its bullets asked."""
    job = print_job(report_of("3.5", evidence=(EvidenceReference("Minutes", "DMS 4711"),) * 3), Paper.A4)
    render_pdf(job)
    assert dress_of(job, unknown=()).fonts.font_features == {}


def test_the_digest_follows_the_content_and_not_the_clock() -> None:
    report = report_of("3.5")
    later = replace(report, generated_at=report.generated_at.replace(year=2030))
    assert content_digest(report, Paper.A4) == content_digest(later, Paper.A4)
    assert content_digest(report, Paper.A4) != content_digest(report, Paper.LETTER)
    assert content_digest(report, Paper.A4) != content_digest(report_of("3.5", rationale="x"), Paper.A4)


def test_a_letter_without_a_font_is_found_and_gets_a_box() -> None:
    fonts = paper_fonts().values()
    assert unknown_letters("Ä ż Ω Ж 3.5 – ◇", fonts) == []
    assert unknown_letters(f"a{UNKNOWN_LETTER}", fonts) == [ord(UNKNOWN_LETTER)]
    assert box_font([ord(UNKNOWN_LETTER)]) == box_font([ord(UNKNOWN_LETTER)])


def test_what_cannot_be_printed_is_replaced() -> None:
    assert printable("a\u2028b\ue000c\nd\te\ufffe\ufff9") == "a\ufffdb\ufffdc\nd\te\ufffd\ufffd"
