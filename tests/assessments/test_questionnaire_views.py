"""The addresses of the blank questionnaire: what they answer, how often that is rendered, and when it is forgotten."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.pdf_job import Paper, PrintJob
from assessments.pdf_processes import Busy, Failed, renderers

pytestmark = pytest.mark.django_db
OF_VERSION = "/questionnaires/2026.1.pdf"


@pytest.fixture
def of_assessment(assessment: Assessment) -> str:
    return f"/assessments/{assessment.pk}/questionnaire.pdf"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[PrintJob]]:
    """The renderer answers at once and notes what it was asked for."""
    asked: list[PrintJob] = []

    def render(job: PrintJob) -> bytes:
        asked.append(job)
        return b"%PDF-1.7 " + job.identifier.encode()

    monkeypatch.setattr(renderers, "render", render)
    caches["pdf"].clear()
    yield asked
    caches["pdf"].clear()


def test_it_comes_as_a_file_that_nobody_else_keeps(
    alice_client: Client, of_assessment: str, jobs: list[PrintJob]
) -> None:
    for path, name in (
        (OF_VERSION, "qmm-2026-1-blank-questionnaire.pdf"),
        (of_assessment, "qmm-northfield-july-to-september-2026-blank-questionnaire.pdf"),
    ):
        response = alice_client.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Cache-Control"] == "private, no-store"
        assert jobs[-1].attached is None


def test_that_of_a_version_is_rendered_once_for_everybody(
    alice_client: Client, mallory_client: Client, jobs: list[PrintJob]
) -> None:
    first = alice_client.get(OF_VERSION)
    assert mallory_client.get(OF_VERSION).content == first.content
    assert [job.paper for job in jobs] == [Paper.A4]
    assert alice_client.get(OF_VERSION, {"paper": "letter"}).content != first.content
    assert jobs[-1].paper == Paper.LETTER


def test_that_of_an_assessment_follows_its_title(
    alice_client: Client, assessment: Assessment, of_assessment: str, jobs: list[PrintJob]
) -> None:
    alice_client.get(of_assessment)
    alice_client.get(of_assessment)
    assert len(jobs) == 1
    assert "Autumn 2026" in jobs[0].html
    Assessment.objects.update(title="Winter 2026")
    alice_client.get(of_assessment)
    assert "Winter 2026" in jobs[1].html
    assert "Winter 2026" not in jobs[0].html


def test_it_stands_beside_the_report_and_takes_nothing_of_its_place(
    alice_client: Client, assessment: Assessment, of_assessment: str, jobs: list[PrintJob]
) -> None:
    report = reverse("assessments:report_pdf", args=[assessment.pk])
    for path in (report, of_assessment, report, of_assessment):
        alice_client.get(path)
    assert len(jobs) == 2


def test_what_is_kept_goes_with_the_assessment(
    alice_client: Client, assessment: Assessment, of_assessment: str, jobs: list[PrintJob]
) -> None:
    alice_client.get(of_assessment)
    alice_client.get(OF_VERSION)
    key = f"{assessment.pk}:questionnaire:A4"
    assert caches["pdf"].get(key) is not None
    alice_client.post(reverse("assessments:delete", args=[assessment.pk]), {"confirmed": "on"})
    assert caches["pdf"].get(key) is None
    assert caches["pdf"].get("2026.1:questionnaire:A4") is not None


def test_it_is_not_kept_when_the_assessment_was_deleted_meanwhile(
    alice_client: Client, assessment: Assessment, of_assessment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(job: PrintJob) -> bytes:
        Assessment.objects.all().delete()
        return b"%PDF-1.7"

    monkeypatch.setattr(renderers, "render", render)
    assert alice_client.get(of_assessment).status_code == 200
    assert caches["pdf"].get(f"{assessment.pk}:questionnaire:A4") is None


@pytest.mark.parametrize("version", ["2025.1", "2026.1.pdf", "UPPER", "..", "2026_1"])
def test_another_version_does_not_exist(version: str, alice_client: Client, jobs: list[PrintJob]) -> None:
    assert alice_client.get(f"/questionnaires/{version}.pdf").status_code == 404
    assert not jobs


@pytest.mark.parametrize(
    ("problem", "said"), [(Busy(), "has to wait its turn"), (Failed("memory"), "could not be made")]
)
def test_when_it_cannot_be_had_now_a_page_says_when_and_why(
    problem: Exception, said: str, alice_client: Client, of_assessment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(job: PrintJob) -> bytes:
        raise problem

    monkeypatch.setattr(renderers, "render", refuse)
    caches["pdf"].clear()
    for path in (OF_VERSION, f"{of_assessment}?paper=letter"):
        response = alice_client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "10")
        assert said in response.text
        assert f'<a class="button" href="{path}">Try again</a>' in response.text
        assert ("Back to the assessment" in response.text) == (path != OF_VERSION)


@pytest.mark.parametrize("is_kept", [False, True])
def test_five_queries_are_enough(
    is_kept: bool,
    alice_client: Client,
    of_assessment: str,
    jobs: list[PrintJob],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    if is_kept:
        alice_client.get(of_assessment)
    with django_assert_max_num_queries(4 if is_kept else 5):
        alice_client.get(of_assessment)
    with django_assert_max_num_queries(4):
        alice_client.get(OF_VERSION)


def test_the_pages_lead_to_it(alice_client: Client, assessment: Assessment, of_assessment: str) -> None:
    overview = alice_client.get(reverse("assessments:overview", args=[assessment.pk])).text
    new = alice_client.get(reverse("assessments:new")).text
    for page, path in ((overview, of_assessment), (new, OF_VERSION)):
        assert f'href="{path}">PDF (A4)</a>' in page
        assert f'href="{path}?paper=letter">PDF (US Letter)</a>' in page
