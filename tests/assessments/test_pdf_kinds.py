"""The PDF of every kind of report: a real validator accepts it, it can be listened to, and nothing leaves its place."""

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from assessments.entries import EvidenceReference
from assessments.pdf import render_pdf
from assessments.pdf_job import Paper
from assessments.printing import Extent, print_job
from assessments.records import Status
from assessments.report import Report, build_report
from tests.pdf_validation.validator import validate_files
from tests.rating_rounds import L, Q, comparison
from tests.report_kinds import SIGN_OFF, everything_typed, for_readers, longest, signed_for_readers
from tests.reports import CODES, report_of

MM = 72 / 25.4
MARGIN = 22 * MM
TOP_OF_FIRST_PAGE = 15 * MM
HAIR = 0.3 * MM  # half a line and the side bearing of a letter
LEAST_MARGIN = 5 * MM  # what printers need
UNEVEN = {code: f"{1.5 + place * 0.15:.1f}" for place, code in enumerate(CODES)}
RATERS = comparison(*[(Q, "2.0")] * 4, *[(L, "4.5")] * 4, codes=CODES)
LONG_WORD = "W" * 300


def _unbreakable() -> Report:
    """Everything typed, and words of 300 letters wherever they fit."""
    typed = everything_typed()
    evidence = (EvidenceReference(LONG_WORD, LONG_WORD[:200]),)
    answers = [
        replace(answer, rationale=f"{answer.rationale[:2000]} {LONG_WORD}", evidence=evidence)
        for answer in typed.assessment.answers
    ]
    answers[-1] = replace(answers[-1], reason=LONG_WORD)
    names = dict.fromkeys(("site", "organisation", "period", "title", "manufacturing"), LONG_WORD[:200])
    facts: dict[str, Any] = {**names, "answered_by": (LONG_WORD[:200],), "answers": tuple(answers)}
    assessment = replace(typed.assessment, **facts)
    return build_report(assessment=assessment, cohort=typed.cohort, now=typed.generated_at)


def _complete(**facts: Any) -> Report:
    return report_of(UNEVEN, rationale="Two decisions moved people and money.", comparison=RATERS, **facts)


PRINTED: dict[str, tuple[Report, Paper, Extent]] = {
    "untouched": (report_of("unanswered"), Paper.LETTER, Extent.WHOLE),
    "complete with raters": (_complete(is_fictional=True), Paper.A4, Extent.WHOLE),
    "signed, for counsel": (
        _complete(status=Status.SIGNED, is_for_counsel=True, sign_off=SIGN_OFF),
        Paper.LETTER,
        Extent.WHOLE,
    ),
    "a signed revision": (
        _complete(status=Status.SIGNED, sign_off=SIGN_OFF, document_revision=2, revision_reason="Of a reason. " * 60),
        Paper.A4,
        Extent.WHOLE,
    ),
    "signed and short": (_complete(status=Status.SIGNED, sign_off=SIGN_OFF), Paper.A4, Extent.SHORT),
    "signed, shared without names": (signed_for_readers(), Paper.A4, Extent.WHOLE),
    "everything typed": (_unbreakable(), Paper.A4, Extent.WHOLE),
    "longest": (longest(), Paper.A4, Extent.WHOLE),
    "shared without texts and names": (for_readers(texts=True, names=True), Paper.A4, Extent.WHOLE),
    "short": (_complete(), Paper.A4, Extent.SHORT),
    "short on letter": (_complete(), Paper.LETTER, Extent.SHORT),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF as a file and read back."""

    file: Path
    pages: list[Any]
    texts: list[str]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Printed]]:
    folder = tmp_path_factory.mktemp("printed")
    with ExitStack() as stack:
        made = {}
        for kind, (report, paper, extent) in PRINTED.items():
            file = folder / f"{kind}.pdf"
            file.write_bytes(render_pdf(print_job(report, paper, extent)))
            pages = stack.enter_context(pdfplumber.open(file)).pages
            made[kind] = Printed(file, pages, [page.extract_text() for page in pages])
        yield made


@pytest.fixture(params=PRINTED)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def printed(every: dict[str, Printed], kind: str) -> Printed:
    return every[kind]


def parts(file: Path) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure, in the order in which it is read."""
    with pikepdf.open(file) as opened:
        yield from _beneath(opened.Root.StructTreeRoot)


def _beneath(parent: Any) -> Iterator[pikepdf.Dictionary]:
    children: Any = parent.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _beneath(child)


def letters(page: Any) -> list[dict[str, Any]]:
    return [char for char in page.chars if char["text"].strip()]


def body(page: Any) -> list[dict[str, Any]]:
    """What stands between the running lines."""
    top = TOP_OF_FIRST_PAGE if page.page_number == 1 else MARGIN
    return [char for char in letters(page) if top - 1 < char["top"] < page.height - MARGIN]


def test_the_validator_accepts_every_kind(every: dict[str, Printed]) -> None:
    files = [each.file for each in every.values()]
    assert validate_files(files, ["ua1", "3a"]) == {file: {"ua1": [], "3a": []} for file in files}


def test_headings_skip_no_level(printed: Printed) -> None:
    levels = [int(name[2]) for part in parts(printed.file) if re.fullmatch(r"/H\d", name := str(part.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_header_cell_has_its_scope_and_every_cell_its_headers(printed: Printed, kind: str) -> None:
    cells = re.findall(r"<th\b[^>]*>", print_job(*PRINTED[kind]).html)
    assert cells
    assert [cell for cell in cells if not re.search(r'\bscope="(col|row)"', cell)] == []
    headers = [list(part.A.Headers) for part in parts(printed.file) if part.S == "/TD"]
    assert headers
    assert all(len(each) == 2 for each in headers)  # of its row and of its column


def test_every_figure_says_what_it_shows(printed: Printed, kind: str) -> None:
    texts = [str(part.get("/Alt", "")) for part in parts(printed.file) if part.S == "/Figure"]
    assert len(texts) >= 6
    assert all(texts)
    overall = PRINTED[kind][0].overall
    own = f"Yours {overall.score}." if overall.score else "Open answers leave 1.00 to 5.00."
    assert texts[0].startswith(f"Overall score among the cohort’s sites. {own} ")
    assert texts[0].endswith("Establishments: G 2.40, A 2.84, I 3.68, H 3.74, D 3.98, C 4.06, B 4.36, F 4.46, E 4.62.")


def test_every_page_has_its_record_and_its_number(printed: Printed, kind: str) -> None:
    record = PRINTED[kind][0].assessment.id or "withheld"
    for number, text in enumerate(printed.texts, start=1):
        assert f"Record {record}" in text
        assert f"Page {number} of {len(printed.texts)}" in text


def test_nothing_leaves_the_margins(printed: Printed) -> None:
    for page in printed.pages:
        for item in (*letters(page), *page.rects, *page.lines, *page.curves):
            assert item["x0"] >= MARGIN - HAIR
            assert item["x1"] <= page.width - MARGIN + HAIR
        assert max(char["bottom"] for char in body(page)) <= page.height - MARGIN + 1
        assert min(char["top"] for char in letters(page)) >= LEAST_MARGIN
        assert max(char["bottom"] for char in letters(page)) <= page.height - LEAST_MARGIN


def test_no_heading_stands_alone_at_the_foot_of_a_page(printed: Printed) -> None:
    for page in printed.pages:
        foot = max(char["bottom"] for char in body(page))
        last = [char for char in body(page) if char["bottom"] > foot - 2]
        assert not all("SemiBold" in char["fontname"] for char in last)


def test_the_contents_name_the_page_of_every_part(printed: Printed) -> None:
    if len(printed.pages) == 1:
        assert "Contents" not in printed.texts[0]
        return
    listed = [match for line in printed.texts[1].splitlines() if (match := re.fullmatch(r"(\D+?) (\d{1,2})", line))]
    assert len(listed) >= 14
    for name, page in (match.groups() for match in listed):
        assert any(line.startswith(name) for line in printed.texts[int(page) - 1].splitlines())


def test_a_table_that_goes_on_overleaf_keeps_three_rows_on_either_side(printed: Printed) -> None:
    rows = [len(re.findall(r"\b(?:MCQ|BC|PQS|TE|EEE) \d\.\d to \d\.\d", text)) for text in printed.texts]
    assert not [count for count in rows if 0 < count < 3]


def test_only_the_record_itself_has_room_for_signatures(printed: Printed, kind: str) -> None:
    report, _, extent = PRINTED[kind]
    is_signed = report.assessment.sign_off is not None
    asks = any("To be filled in by hand" in text for text in printed.texts)
    assert asks == (extent is Extent.WHOLE and report.assessment.withheld is None and not is_signed)
    assert any("Signed electronically" in text for text in printed.texts) == (extent is Extent.WHOLE and is_signed)


def test_what_is_signed_says_by_whom_and_is_no_draft(every: dict[str, Printed]) -> None:
    text = " ".join(" ".join(every["signed, for counsel"].texts).split())
    for words in (
        "Prepared Alice Adler alice@acme.example 2026-10-05 08:30:00",
        "Approved Lars Lind lars@acme.example 2026-10-05 09:30:00",
        "3f3f3f3f",
    ):
        assert words in text
    assert "name withheld" in " ".join(every["signed, shared without names"].texts)
    signed = [name for name, (report, _, _) in PRINTED.items() if report.assessment.sign_off]
    assert not [name for name in signed if any("DRAFT" in text for text in every[name].texts)]


def test_what_is_signed_together_stands_on_one_page(printed: Printed) -> None:
    steps, captions = ("Reviewed", "Approved"), ("To be filled in by hand", "Signed electronically")
    for text in printed.texts:
        has_caption = any(caption in text for caption in captions)
        assert {has_caption} == {step in text for step in steps}


def test_the_codes_of_the_areas_are_told_beneath_the_table_that_uses_them(printed: Printed) -> None:
    for text in printed.texts:
        assert ("Scores by practice area, yours first" in text) == ("MCQ Management Commitment to Quality ·" in text)


def test_the_method_never_stands_alone(printed: Printed) -> None:
    last = printed.texts[-1].splitlines()
    assert ("Method and limits" in last) == ("The arithmetic" in last) == (len(printed.pages) > 1)


def test_a_document_number_is_not_broken_at_its_hyphens() -> None:
    evidence = tuple(
        EvidenceReference("Minutes of the " + "very " * count + "long review", "NF-MR-2026-04")
        for count in range(9, 20)
    )
    pdf = render_pdf(print_job(report_of("3.5", evidence=evidence), Paper.A4))
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        text = "\n".join(page.extract_text() for page in opened.pages)
    assert text.count("NF-MR-2026-04") == len(evidence) * len(CODES)


def test_the_longest_stays_within_sixty_pages(every: dict[str, Printed]) -> None:
    assert 30 < len(every["longest"].pages) <= 60


def test_a_word_of_any_length_is_printed_whole(every: dict[str, Printed]) -> None:
    joined = re.sub(r"\s", "", "".join(every["everything typed"].texts))
    assert joined.count(LONG_WORD) >= 20
