"""`report.docx` read back: headings in order, Word's own styles, all that was typed and inert, the same bytes."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Row

from assessments.exports.document.writing import report_document
from assessments.exports.method import method_paragraphs
from assessments.findings import headline, lede, unevenness_words
from assessments.report import Report
from assessments.report_page import compose
from tests.report_kinds import KINDS, everything_typed, longest
from tests.reports import CODES, report_of

IN_ORDER = [
    "In short",
    "The five practice areas",
    "The profile",
    "How even the areas are",
    "Which areas are out of line",
    "Risk management and data",
    "How sure the result is",
    "Every answer",
    "What would move it",
    "The arithmetic",
    "Method and limits",
]


def opened(report: Report) -> Document:
    return docx.Document(BytesIO(report_document(report)))


def cells(document: Document) -> Iterator[Any]:
    for table in document.tables:
        for row in table.rows:
            yield from row.cells


def all_texts(report: Report) -> list[str]:
    """Every paragraph, inside tables and outside."""
    document = opened(report)
    inside = [paragraph.text for cell in cells(document) for paragraph in cell.paragraphs]
    return [paragraph.text for paragraph in document.paragraphs] + inside


def written_by_code(report: Report) -> dict[str, Any]:
    """The cell with what was typed, for each sub-element."""
    tables = [each for each in opened(report).tables if each.rows[0].cells[-1].text == "What was written"]
    found = [row.cells[-1] for table in tables for row in table.rows[1:]]
    return dict(zip(CODES, found, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_report_is_the_same_bytes(kind: str) -> None:
    assert report_document(KINDS[kind]()) == report_document(KINDS[kind]())


def test_headings_stand_in_order_in_styles_of_word() -> None:
    report = KINDS["all scored"]()
    headings = [
        (each.style.name, each.text) for each in opened(report).paragraphs if each.style and "Head" in each.style.name
    ]
    assert [text for style, text in headings if style == "Heading 1"] == IN_ORDER
    assert len([text for style, text in headings if style == "Heading 2"]) == 5
    assert opened(report).paragraphs[0].style.name == "Title"  # type: ignore[union-attr]


def test_what_moved_since_last_time_stands_before_the_profile() -> None:
    paragraphs = [each.text for each in opened(KINDS["since last time"]()).paragraphs]
    assert paragraphs.index("In short") < paragraphs.index("Since last time") < paragraphs.index("The profile")
    said = " ".join(paragraphs)
    assert "The overall moved from 3.50 to 3.12 (−0.38)" in said
    assert '“<Spring> =1+1 & "Co"”, January to March 2026' in said
    assert "another version of the questionnaire, 2025.1" in said


def test_no_paragraph_has_a_look_of_its_own() -> None:
    """Whoever pastes it gets the styles of the document it goes into; only labels are bold."""
    with ZipFile(BytesIO(report_document(everything_typed()))) as parts:
        body = parts.read("word/document.xml").decode()
    assert not re.findall(r"<w:(?:rFonts|sz|color|shd|highlight|jc|spacing|ind)\b", body)
    built_in = {"Title", "Subtitle", "Heading1", "Heading2", "Caption", "ListBullet"}
    assert set(re.findall(r'<w:pStyle w:val="([^"]+)"', body)) <= built_in
    assert set(re.findall(r'<w:tblStyle w:val="([^"]+)"', body)) == {"TableGrid"}


def test_it_says_what_the_page_says() -> None:
    report = KINDS["named raters"]()
    texts = all_texts(report)
    page = compose(report)
    assert texts[0] == headline(report)
    assert {lede(report), unevenness_words(report), page.lever_words, *method_paragraphs(page)} <= set(texts)
    assert {f"{point.subject}: {point.sentence}" for point in (*page.points, *page.how_sure)} <= set(texts)
    assert len(method_paragraphs(page)) == 6
    assert f"Overall: {page.number}, {page.place}: {page.distances}." in texts
    assert any(text.startswith("Raters: Five ratings, 1.5 to 4.5") for text in texts)
    assert not [text for text in texts if "Name 0" in text or "Wrote" in text]


def test_all_that_was_typed_is_in_it() -> None:
    report = everything_typed()
    cells_by_code = written_by_code(report)
    for answer in report.assessment.answers:
        written = [each.text for each in cells_by_code[answer.code].paragraphs]
        assert re.sub("\r\n?", "\n", answer.rationale) in written
        assert {str(reference) for reference in answer.evidence} <= set(written)
        assert not answer.reason or f"Not applicable because: {answer.reason}" in written
    subtitle = all_texts(report)[1]
    assert '<Süd> & "Co"' in subtitle
    assert "Q3 🧪" in subtitle


def test_what_xml_cannot_hold_is_shown_as_broken() -> None:
    assert "a\ufffdb" in all_texts(report_of(rationale="a\uffffb"))


def test_hostile_text_is_text_and_nothing_else() -> None:
    report = everything_typed()
    with ZipFile(BytesIO(report_document(report))) as parts:
        body = parts.read("word/document.xml").decode()
        relations = parts.read("word/_rels/document.xml.rels").decode()
        names = parts.namelist()
    assert not re.findall(r"<w:(?:fldSimple|fldChar|instrText|hyperlink|object|drawing|altChunk)\b", body)
    assert 'TargetMode="External"' not in relations
    assert not [name for name in names if re.search("thumbnail|embed|media|WithEffects", name)]
    assert "<script>" not in body


def test_a_text_that_is_read_from_the_right_is_set_so() -> None:
    cell = written_by_code(everything_typed())["patient-impact"]
    arabic = next(each for each in cell.paragraphs if "SOP-12" in each.text)
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    english = next(each for each in opened(report_of()).paragraphs if each.style and each.style.name == "Subtitle")
    assert english._p.pPr is not None
    assert english._p.pPr.find(qn("w:bidi")) is None


def test_every_table_repeats_its_headings_and_has_a_caption() -> None:
    document = opened(KINDS["all scored"]())
    assert len(document.tables) == 11
    for table in document.tables:
        assert table.rows[0]._tr.trPr is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len([each for each in document.paragraphs if each.style and each.style.name == "Caption"]) == 11


def _is_kept_whole(row: _Row) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_end_of_a_page_tears_no_short_row_and_parts_no_table_from_its_caption() -> None:
    document = opened(everything_typed())
    assert document.styles["Caption"].paragraph_format.keep_with_next
    facts = [table for table in document.tables if table.rows[0].cells[-1].text != "What was written"]
    assert len(facts) == 6
    assert all(_is_kept_whole(row) for table in facts for row in table.rows[1:])
    rows = [row for table in document.tables for row in table.rows]
    assert not _is_kept_whole(next(row for row in rows if len(row.cells[-1].text) > 10_000))
    for table in document.tables:
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)


def test_the_pages_are_numbered() -> None:
    with ZipFile(BytesIO(report_document(report_of()))) as parts:
        foot = parts.read("word/footer1.xml").decode()
    assert re.findall(r'<w:fldSimple w:instr="(\w+)"/>', foot) == ["PAGE", "NUMPAGES"]
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", foot) == ["Confidential · Acme", "Page ", " of "]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("untouched", "Nothing is scored, so there is nothing to add up."),
        ("nothing applies in an area", "There is no overall: not all five areas have a score."),
        ("a cohort of none", "The sites of this cohort are too many to list here, or none was published."),
    ],
)
def test_what_is_not_there_is_said(kind: str, said: str) -> None:
    assert said in all_texts(KINDS[kind]())


def test_it_says_whose_it_is_and_by_whose_direction() -> None:
    report = report_of(is_for_counsel=True)
    assert "Prepared at the direction of counsel. A label does not create privilege." in all_texts(report)
    foot = opened(report).sections[0].footer.paragraphs[0].text
    assert foot == "Confidential · Prepared at the direction of counsel · Acme"
    assert not [text for text in all_texts(report_of()) if "counsel" in text]


def test_a_shared_copy_says_what_it_lacks() -> None:
    texts = all_texts(KINDS["shared without texts and names"]())
    assert "Shared copy without names, rationale, evidence and reasons." in texts
    assert not [text for text in texts if "No rationale" in text or "Süd" in text or "SOP" in text]


def test_ten_thousand_letters_are_kept() -> None:
    texts = all_texts(longest())
    assert len([text for text in texts if len(text) == 10_000]) == 20


def test_the_properties_say_what_it_is_and_when_it_was_made() -> None:
    properties = opened(report_of(dict.fromkeys(CODES, "3.0"), site="S" * 300)).core_properties
    assert properties.title == f"Quality management maturity: {'S' * 226}"
    assert (properties.author, properties.keywords) == ("Acme", "draft, revision 20, qmm-report/1")
    assert str(properties.created) == str(properties.modified) == "2026-10-05 09:30:00+00:00"
    assert properties.comments == ""
