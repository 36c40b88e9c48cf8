"""What a shared report hides: every text has a word of its own, and no hidden one is in page, PDF, data or headers."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pdfplumber
import pikepdf
import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from assessments.entries import EvidenceReference
from assessments.models import AnswerState, Assessment, EvidenceStrength, Organisation, Person, RaterFunction, Site
from assessments.opening import open_assessment
from assessments.records import AssessmentRecord, Withheld
from assessments.redaction import EVIDENCE, NAME, redacted
from assessments.report import Report, build_report
from tests.assessments.test_pdf import pdf_of, text_of
from tests.rating_rounds import Given, L, Q, add_round, comparison
from tests.reports import CODES, NOW, fda_2024, report_of
from tests.shared_reports import shared, shared_path

NAMES = {"sitecanary", "makingcanary", "organisationcanary", "titlecanary", "personcanary"}
TEXTS = {"reasoncanary", "rationalecanary", "evidencecanary", "placecanary"}
OF_RATERS = {"ratercanary", "commentcanary", "proofcanary"}
OF_THE_OWNER = {"purposecanary", "addresscanary"}
NEVER = OF_RATERS | OF_THE_OWNER
OF_THE_EARLIER = {"titleofbefore", "personofbefore"}
EVERYTHING = OF_THE_EARLIER | NAMES | TEXTS | NEVER | {"periodcanary"}
ALL_HIDDEN = Withheld(texts=True, names=True)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    caches["pdf"].clear()
    yield
    caches["pdf"].clear()


@pytest.fixture
def marked(alice: Person, acme: Organisation, assessment: Assessment) -> Assessment:
    """Every text of the assessment, and around it, holds a word that nothing else holds."""
    Person.objects.filter(pk=alice.pk).update(name="Personcanary", email="addresscanary@example.com")
    Organisation.objects.update(name="Organisationcanary")
    Site.objects.update(name="Sitecanary", manufacturing="makingcanary")
    before = open_assessment(site=assessment.site, title="titleofbefore", period="Of Personofbefore")
    other = Person.objects.create_user("other@example.com", name="Personofbefore")
    before.answers.update(state=AnswerState.SCORED, score="3.0", rationale="commentcanary", saved_by=other)
    Assessment.objects.filter(pk=before.pk).update(created_at=timezone.now() - timedelta(days=90))
    Assessment.objects.filter(pk=assessment.pk).update(title="titlecanary", period="periodcanary 2026")
    answers = assessment.answers.all()
    answers.update(
        state=AnswerState.SCORED,
        score="4.0",
        rationale="rationalecanary",
        evidence=[{"title": "evidencecanary", "location": "placecanary"}],
        evidence_strength=EvidenceStrength.DOCUMENT,
        saved_by=alice,
        saved_at=timezone.now(),
        version=1,
    )
    first, second = answers[:2]
    answers.filter(pk=first.pk).update(state=AnswerState.NOT_APPLICABLE, score=None, reason="reasoncanary")
    answers.filter(pk=second.pk).update(evidence=[])
    proof = (EvidenceReference("proofcanary", "proofcanary"),)
    rated = dict.fromkeys(CODES, "3.0")
    add_round(
        assessment, [Given(f"ratercanary {n}", RaterFunction.QUALITY, rated, "commentcanary", proof) for n in "ab"]
    )
    assessment.refresh_from_db()
    return assessment


def everything_in(pdf: bytes) -> str:
    """The text that one reads, and every string and stream of the file, among them what is attached."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        found = [page.extract_text() for page in opened.pages]
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert set(file.attachments) == {"report.json"}
        for each in file.objects:
            found += strings_of(each)
            if isinstance(each, pikepdf.Stream):
                found.append(each.read_bytes().decode("latin-1"))
    return "\n".join(found)


def strings_of(value: Any) -> Iterator[str]:
    """Down to the next object that has a number of its own, and comes by itself."""
    inside: Iterable[Any] = ()
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        inside = value
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        inside = [value[key] for key in value.keys()]  # noqa: SIM118  iterating over it is something else
    for each in inside:
        if not (isinstance(each, pikepdf.Object) and each.is_indirect):
            yield from strings_of(each)


def canaries(*parts: object) -> set[str]:
    said = "\n".join(str(part) for part in parts).casefold()
    return {word for word in EVERYTHING if word in said}


@pytest.mark.asvs("15.3.1", "8.2.3")
@pytest.mark.on_any_database
@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        ({"hides_texts": True, "hides_names": True}, set()),
        ({"hides_texts": True, "hides_names": False}, NAMES | OF_THE_EARLIER),
        ({"hides_texts": False, "hides_names": True}, TEXTS),
        ({"hides_texts": False, "hides_names": False}, NAMES | TEXTS | OF_THE_EARLIER),
    ],
)
def test_what_is_hidden_is_in_no_page_pdf_attachment_header_or_name(
    choices: dict[str, bool], shown: set[str], client: Client, marked: Assessment
) -> None:
    link = shared(marked, purpose="purposecanary", **choices)
    page = client.get(shared_path(link))
    # Title and who answered stand on paper alone.
    assert canaries(page.text, page.headers) == {"periodcanary"} | (shown - {"titlecanary", "personcanary"})
    pdf = client.get(shared_path(link, "report.pdf"))
    assert pdf.status_code == 200
    inside = everything_in(pdf.content)
    assert canaries(inside, pdf.headers) == {"periodcanary"} | shown
    assert (str(marked.pk) in page.text + inside) is not choices["hides_names"]
    for told in (page.text, str(page.headers), inside, str(pdf.headers)):
        assert str(link.pk) not in told
    name = "qmm-a-site-periodcanary-2026" if choices["hides_names"] else "qmm-sitecanary-periodcanary-2026"
    assert pdf["Content-Disposition"] == f'attachment; filename="{name}-rev1-draft-20.pdf"'


def test_the_test_finds_what_is_there(alice_client: Client, marked: Assessment) -> None:
    """The owner's own PDF has every word that a report can have."""
    pdf = alice_client.get(f"/assessments/{marked.pk}/report.pdf")
    assert canaries(everything_in(pdf.content), pdf.headers) == EVERYTHING - NEVER


def test_the_data_says_what_is_withheld(client: Client, marked: Assessment) -> None:
    pdf = client.get(shared_path(shared(marked), "report.pdf")).content
    with pikepdf.open(io.BytesIO(pdf)) as file:
        data = json.loads(file.attachments["report.json"].get_file().read_bytes())
    said = data["assessment"]
    assert said["withheld"] == {"texts": True, "names": True}
    assert (said["id"], said["title"], said["site"], said["organisation"]) == (None, None, "A site", None)
    for each in data["sub_elements"]:
        assert (each["reason"], each["rationale"], each["evidence"]) == (None, None, None)
    assert data["evidence"]["high_without_evidence"] == 1


def record(**facts: Any) -> AssessmentRecord:
    return report_of("4.0", **facts).assessment


class TestPure:
    def test_scores_and_marks_stay(self) -> None:
        evidence = (EvidenceReference("SOP-7", "QMS"), EvidenceReference("SOP-8", ""))
        whole = record(evidence=evidence)
        bare = redacted(whole, ALL_HIDDEN)
        assert bare.score() == whole.score()
        assert {answer.evidence for answer in bare.answers} == {(EVIDENCE,)}
        assert {answer.evidence for answer in redacted(record(), ALL_HIDDEN).answers} == {()}

    def test_with_nothing_hidden_it_is_the_same_but_for_the_note(self) -> None:
        whole = record(rationale="Northfield")
        assert redacted(whole, Withheld(texts=False, names=False)) == replace(
            whole, withheld=Withheld(texts=False, names=False)
        )

    @pytest.mark.asvs("1.2.9")
    @pytest.mark.parametrize(
        ("written", "left"),
        [
            ("At Northfield, by Acme Pharma.", f"At {NAME}, by {NAME}."),
            ("NORTHFIELD’s, northfield-2, north field", f"{NAME}’s, {NAME}-2, north field"),
            ("Acme\n pharma, and Acme", f"{NAME}, and Acme"),
            ("asked Alice Adler", f"asked {NAME}"),
            ("of Northfieldia", "of Northfieldia"),
        ],
    )
    def test_names_in_texts_that_stay_are_replaced(self, written: str, left: str) -> None:
        texts = record(rationale=written, organisation="Acme Pharma", period=written)
        bare = redacted(texts, Withheld(texts=False, names=True))
        assert (bare.period, bare.answers[0].rationale) == (left, left)

    def test_a_site_without_names_is_no_trap(self) -> None:
        nameless = record(site=" ", organisation="", answered_by=(), rationale="Said.")
        assert redacted(nameless, Withheld(texts=False, names=True)).answers[0].rationale == "Said."


@pytest.fixture(scope="module")
def longest() -> bytes:
    """Nothing hidden, and as much above the figures as there can be."""
    whole = record(
        is_fictional=True,
        organisation="Example Pharma (fictional)",
        manufacturing="Sterile injectables, fill and finish",
        comparison=comparison(*[(Q, "2.0")] * 4, *[(L, "4.5")] * 4, codes=CODES),
    )
    return pdf_of(shared_report(whole, Withheld(texts=False, names=False)))


class TestOnPaper:
    def test_the_first_page_is_whole(self, longest: bytes) -> None:
        first = text_of(longest)[0]
        assert "Shared copy." in first
        assert first.index("The five practice areas") < first.index("Employee Engagement and")


def shared_report(whole: AssessmentRecord, withheld: Withheld) -> Report:
    return build_report(assessment=redacted(whole, withheld), cohort=fda_2024(), now=NOW)
