"""The blank questionnaire read back from its PDF: every word of the rubric, room to write, nothing outside its page."""

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from pytest_django import DjangoDbBlocker

from assessments.blank_printing import blank_digest, blank_job
from assessments.blank_questionnaire import BlankQuestionnaire, Occasion, Sheet, read_blank
from assessments.models import Questionnaire
from assessments.pdf import render_pdf
from assessments.pdf_job import Paper
from tests.pdf_validation.validator import validate_files
from tests.reports import HOSTILE

Pages = list[pdfplumber.page.Page]

MM = 72 / 25.4
BOXES = 5 + 3 + 3 + 4  # levels, what is no level, confidence, strength of evidence
LINES_APART = 7 * MM
ROOM_FOR_RATIONALE = {True: 8, False: 6}  # lines on A4, and on Letter, which is shorter
AUTUMN = Occasion(
    assessment_id="5f0c1a4e-0d6e-4b57-9a5b-2f4d1c0a9e11",
    organisation="Acme",
    is_fictional=False,
    site="Northfield",
    title="Autumn 2026",
    period="July to September 2026",
)


# The database is made only where a test of the run asks for it.
pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.on_any_database]


@pytest.fixture(scope="module")
def blank(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> BlankQuestionnaire:
    """Of the real fixture; it is only read."""
    with django_db_blocker.unblock():
        return read_blank(Questionnaire.objects.get(version="2026.1"))


@pytest.fixture(scope="module")
def rendered(blank: BlankQuestionnaire) -> dict[Paper, bytes]:
    return {paper: render_pdf(blank_job(blank, paper)) for paper in Paper}


@pytest.fixture(scope="module", params=list(Paper))
def pdf(request: pytest.FixtureRequest, rendered: dict[Paper, bytes]) -> bytes:
    return rendered[request.param]


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> Pages:
    return pages_of(pdf)


@pytest.fixture(scope="module")
def short(blank: BlankQuestionnaire) -> BlankQuestionnaire:
    """The cover and one page, where more would tell no more."""
    return replace(blank, areas=(replace(blank.areas[0], sheets=blank.areas[0].sheets[:1]),))


@pytest.fixture(scope="module")
def hostile(short: BlankQuestionnaire) -> bytes:
    texts = dict.fromkeys(("organisation", "site", "title", "period"), HOSTILE[:200])
    return render_pdf(blank_job(replace(short, occasion=replace(AUTUMN, is_fictional=True, **texts)), Paper.A4))


def pages_of(pdf: bytes) -> Pages:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return list(opened.pages)


def letters_of(page: pdfplumber.page.Page) -> str:
    """Its text in reading order without any white space, so that neither columns nor line ends matter."""
    return squeezed("".join(char["text"] for char in page.chars))


def squeezed(text: str) -> str:
    return "".join(text.split())


def sheets_of(blank: BlankQuestionnaire) -> list[tuple[str, Sheet]]:
    return [(area.name, sheet) for area in blank.areas for sheet in area.sheets]


def test_it_is_a_cover_and_a_page_for_each_sub_element(pages: Pages, blank: BlankQuestionnaire) -> None:
    sheets = sheets_of(blank)
    assert (len(pages), len(sheets)) == (21, 20)
    for number, (page, (area, sheet)) in enumerate(zip(pages[1:], sheets, strict=True), start=2):
        heading = "".join(char["text"] for char in page.chars if char["size"] > 14)
        assert heading == sheet.name
        text = page.extract_text()
        assert f"Page {number} of 21" in text
        assert text.startswith(f"QMM self-assessment · Questionnaire 2026.1 {area}")


def test_every_word_of_the_rubric_is_on_the_page_of_its_sub_element(pages: Pages, blank: BlankQuestionnaire) -> None:
    for page, (_, sheet) in zip(pages[1:], sheets_of(blank), strict=True):
        letters = letters_of(page)
        assert len(sheet.levels) == 5
        said = [*sheet.basis, sheet.definition, sheet.prompt, *sheet.evidence_examples]
        said += [text for level in sheet.levels for text in (level.anchor, f"{level.number}{level.name}")]
        said += [f"To get to {level.number + 1} {level.next_step}" for level in sheet.levels[:4]]
        assert [text for text in said if squeezed(text) not in letters] == []


def test_everything_there_is_to_tick_has_its_box(pages: Pages) -> None:
    for page in pages[1:]:
        letters = letters_of(page)
        for text in ("Between two levels, at", "Don’t know yet", "Not applicable, because", "measured record", "high"):
            assert squeezed(text) in letters
        drawn = {(round(rect["x0"]), round(rect["top"])) for rect in page.rects if is_box(rect)}
        assert len(drawn) == BOXES


def is_box(rect: dict[str, float]) -> bool:
    """The outer edge of a drawn square."""
    return rect["width"] == pytest.approx(rect["height"], abs=0.1) and 3.6 * MM < rect["height"] < 4 * MM


def test_there_is_room_to_write(pages: Pages) -> None:
    for page in pages[1:]:
        lines = sorted({round(line["top"]) for line in page.lines if line["width"] > 150 * MM})
        apart = {after - before for before, after in pairwise(lines)}
        assert round(LINES_APART) in apart
        rationale, evidence, confidence = (top_of(page, word) for word in ("Rationale", "Evidence,", "Confidence"))
        assert evidence - rationale > ROOM_FOR_RATIONALE[page.height > 800] * LINES_APART
        assert confidence - evidence > 2 * LINES_APART


def top_of(page: pdfplumber.page.Page, word: str) -> float:
    """Where a word stands, which is there once."""
    [found] = [each for each in page.extract_words() if each["text"] == word]
    top: float = found["top"]
    return top


def test_nothing_stands_outside_its_page(pages: Pages) -> None:
    for page in pages:
        assert min(char["x0"] for char in page.chars) >= 17.9 * MM
        assert max(char["x1"] for char in page.chars) <= page.width - 17.9 * MM
        body = [char for char in page.chars if page.height - char["bottom"] > 15.9 * MM]
        assert max(char["bottom"] for char in body) <= page.height - 16 * MM
        assert max(char["bottom"] for char in page.chars) <= page.height - 5 * MM
        assert max(rect["bottom"] for rect in page.rects if is_box(rect)) <= page.height - 16 * MM


def test_the_cover_says_how_to_choose_and_whose_words_these_are(pages: Pages, blank: BlankQuestionnaire) -> None:
    cover = pages[0]
    letters = letters_of(cover)
    assert "not FDA’s" in blank.note
    for text in (blank.note, "20 sub-elements", "Site", "Period assessed", "Date", "Those present", "site leadership"):
        assert squeezed(text) in letters
    for number, (_, sheet) in enumerate(sheets_of(blank), start=2):
        assert squeezed(f"{number}{sheet.name}") in letters
    assert "Confidential once filled in" in cover.extract_text()


def test_that_of_an_assessment_carries_site_title_and_period(short: BlankQuestionnaire) -> None:
    pages = pages_of(render_pdf(blank_job(replace(short, occasion=AUTUMN), Paper.A4)))
    assert len(pages) == 2
    cover = pages[0].extract_text()
    assert "Autumn 2026" in cover
    assert "Acme · Northfield · July to September 2026" in cover
    assert "Period assessed" not in cover
    for page in pages:
        text = page.extract_text()
        assert "Northfield · July to September 2026" in text
        assert "Confidential once filled in · Acme" in text


def test_hostile_text_stays_text_and_inside_the_page(hostile: bytes) -> None:
    pages = pages_of(hostile)
    joined = "".join(page.extract_text() for page in pages)
    assert "<script>alert(1)</script>" in joined
    assert "{{ 7 }}" in joined
    assert "Fictional" in joined
    for page in pages:
        assert max(char["x1"] for char in page.chars) <= page.width - 17.9 * MM


def test_it_has_bookmarks_by_area_and_carries_no_file(pdf: bytes, blank: BlankQuestionnaire) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.docinfo["/Title"] == "QMM self-assessment questionnaire 2026.1, to fill in"
        assert str(opened.Root.Lang) == "en-GB"
        assert len(opened.attachments) == 0
        with opened.open_outline() as outline:
            [top] = outline.root
            found = {area.title: [sheet.title for sheet in area.children] for area in top.children}
    assert found == {area.name: [sheet.name for sheet in area.sheets] for area in blank.areas}


def test_whoever_listens_hears_a_table_with_headings_and_no_nameless_picture(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parts = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        kinds = [str(part.S) for part in parts]
    assert kinds.count("/Table") == 20
    assert kinds.count("/TH") == 20 * (3 + 5)
    assert kinds.count("/TD") == 20 * 5 * 2
    assert "/Figure" not in kinds


def test_the_validator_accepts_it(rendered: dict[Paper, bytes], hostile: bytes, tmp_path: Path) -> None:
    files = {tmp_path / "blank.pdf": rendered[Paper.A4], tmp_path / "hostile.pdf": hostile}
    for file, content in files.items():
        file.write_bytes(content)
    assert validate_files(list(files), ["ua1", "3a"]) == {file: {"ua1": [], "3a": []} for file in files}


def test_the_same_questionnaire_gives_the_same_bytes(short: BlankQuestionnaire) -> None:
    assert render_pdf(blank_job(short, Paper.A4)) == render_pdf(blank_job(short, Paper.A4))


def test_the_digest_follows_what_is_printed(blank: BlankQuestionnaire) -> None:
    digests = {
        blank_digest(blank, Paper.A4),
        blank_digest(blank, Paper.LETTER),
        blank_digest(replace(blank, note="Another note."), Paper.A4),
        blank_digest(replace(blank, occasion=AUTUMN), Paper.A4),
        blank_digest(replace(blank, occasion=replace(AUTUMN, period="2027")), Paper.A4),
    }
    assert len(digests) == 5
    assert blank_digest(replace(blank), Paper.A4) in digests
