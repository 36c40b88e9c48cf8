"""The report's addresses: what they answer, to whom, in how many queries, and what a PDF costs the second time."""

import json
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.answering import Change, save_answer
from assessments.entries import Entry
from assessments.models import AnswerState, Assessment, Person
from assessments.pdf_job import Paper, PrintJob
from assessments.pdf_processes import Busy, Failed, Renderers, places, renderers
from benchmarks.models import AreaScore, Cohort, Establishment, PracticeArea
from tests.rating_rounds import Q, add_round, given

pytestmark = pytest.mark.django_db
FORMATS = ["report", "report_pdf", "report_json", "report_csv", "report_xlsx", "report_docx"]
NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["pdf"].clear()


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[PrintJob]:
    """The renderer answers at once and notes what it was asked for."""
    asked: list[PrintJob] = []

    def render(job: PrintJob) -> bytes:
        asked.append(job)
        return b"%PDF-1.7 " + job.identifier.encode()

    monkeypatch.setattr(renderers, "render", render)
    return asked


def address(name: str, assessment: Assessment) -> str:
    return reverse(f"assessments:{name}", args=[assessment.pk])


def answer(assessment: Assessment, person: Person, code: str, score: str) -> None:
    row = assessment.answers.select_related("sub_element").get(sub_element__code=code)
    entry = Entry(state=AnswerState.SCORED, score=Decimal(score))
    save_answer(assessment=assessment, change=Change(row, entry, row.version), person=person, now=NOW)


def test_the_page_says_first_where_the_site_stands(alice_client: Client, alice: Person, assessment: Assessment) -> None:
    for row in assessment.answers.select_related("sub_element"):
        answer(assessment, alice, row.sub_element.code, "4.0")
    page = alice_client.get(address("report", assessment)).content.decode()
    assert "<h1>Northfield stands at or above five of the nine sites of the FDA 2024 cohort</h1>" in page
    assert "at or above 5 of 9 sites" in page
    assert "between D 3.98 and C 4.06" in page
    assert page.count("<svg") == page.count("</title><desc>") > 5


@pytest.mark.parametrize("name", FORMATS)
def test_it_does_not_exist_for_anyone_outside(
    name: str, client: Client, mallory_client: Client, assessment: Assessment, jobs: list[PrintJob]
) -> None:
    assert mallory_client.get(address(name, assessment)).status_code == 404
    response = client.get(address(name, assessment))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]
    assert not jobs


@pytest.mark.parametrize("name", FORMATS)
def test_it_can_only_be_read(name: str, alice_client: Client, assessment: Assessment, jobs: list[PrintJob]) -> None:
    assert alice_client.head(address(name, assessment)).status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(alice_client, method)(address(name, assessment)).status_code == 405


@pytest.mark.parametrize("name", FORMATS)
def test_few_queries_are_enough_at_any_size_of_the_cohort(
    name: str,
    alice_client: Client,
    assessment: Assessment,
    jobs: list[PrintJob],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    cohort = Cohort.objects.get(slug="fda-2024")
    for number in range(40):
        establishment = Establishment.objects.create(cohort=cohort, label=f"N{number}")
        for area in PracticeArea.objects.all():
            AreaScore.objects.create(establishment=establishment, practice_area=area, score=Decimal("3.3"))
    # A PDF that is rendered asks once more, whether its assessment is still there; a page, what its reader may do.
    most = 7 if name in ("report_pdf", "report") else 6
    if name != "report":  # two note in the audit trail that it was taken; PostgreSQL must be told who took it
        most += 2 + (connection.vendor == "postgresql")
    with django_assert_max_num_queries(most):
        assert alice_client.get(address(name, assessment)).status_code == 200


@pytest.mark.parametrize("raters", [1, 12])
def test_raters_cost_one_query_more_however_many_they_are(
    raters: int, alice_client: Client, assessment: Assessment, django_assert_num_queries: Callable[..., Any]
) -> None:
    add_round(assessment, given(*[(Q, "3.0")] * raters))
    with django_assert_num_queries(8):
        alice_client.get(address("report", assessment))


def test_a_page_without_raters_says_nothing_of_them(alice_client: Client, assessment: Assessment) -> None:
    add_round(assessment, given((Q, "3.0")), comparison_opened_at=None)
    page = alice_client.get(address("report", assessment)).text
    assert "raters" not in page.lower()


def test_json_and_csv_come_as_files_that_nobody_else_keeps(alice_client: Client, assessment: Assessment) -> None:
    response = alice_client.get(address("report_json", assessment))
    assert json.loads(response.content)["assessment"]["id"] == str(assessment.pk)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].endswith(
        'filename="qmm-northfield-july-to-september-2026-rev1-draft-0.json"'
    )
    assert len(alice_client.get(address("report_csv", assessment)).content.splitlines()) == 21


@pytest.mark.parametrize("extension", ["pdf", "json", "csv", "xlsx", "docx"])
def test_every_file_is_named_by_site_period_status_and_revision(
    extension: str, alice_client: Client, alice: Person, assessment: Assessment, jobs: list[PrintJob]
) -> None:
    answer(assessment, alice, "capa", "3.5")
    response = alice_client.get(address(f"report_{extension}", assessment))
    name = f"qmm-northfield-july-to-september-2026-rev1-draft-1.{extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("kind", ["spreadsheetml.sheet", "wordprocessingml.document"])
def test_an_office_file_comes_as_what_it_is_and_nobody_else_keeps_it(
    kind: str, alice_client: Client, assessment: Assessment
) -> None:
    response = alice_client.get(address("report_xlsx" if "sheet" in kind else "report_docx", assessment))
    assert response["Content-Type"] == f"application/vnd.openxmlformats-officedocument.{kind}"
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"PK")
    assert address("report_xlsx", assessment) in alice_client.get(address("report", assessment)).text


def test_a_pdf_is_rendered_once_for_each_content_and_paper(
    alice_client: Client, alice: Person, assessment: Assessment, jobs: list[PrintJob]
) -> None:
    url = address("report_pdf", assessment)
    first = alice_client.get(url)
    assert first["Content-Type"] == "application/pdf"
    assert alice_client.get(url).content == first.content
    assert [job.paper for job in jobs] == [Paper.A4]
    alice_client.get(url, {"paper": "letter"})
    assert jobs[-1].paper == Paper.LETTER
    answer(assessment, alice, "capa", "3.5")
    assert alice_client.get(url).content != first.content
    assert len(jobs) == 3


def test_a_damaged_kept_pdf_is_made_anew(alice_client: Client, assessment: Assessment, jobs: list[PrintJob]) -> None:
    alice_client.get(address("report_pdf", assessment))
    (kept,) = (settings.VAR_DIR / "pdf").glob("*.djcache")
    kept.write_bytes(kept.read_bytes()[:40])
    assert alice_client.get(address("report_pdf", assessment)).status_code == 200
    assert len(jobs) == 2


def test_a_pdf_of_an_assessment_that_was_deleted_meanwhile_is_not_kept(
    alice_client: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(job: PrintJob) -> bytes:
        Assessment.objects.all().delete()
        return b"%PDF-1.7"

    monkeypatch.setattr(renderers, "render", render)
    assert alice_client.get(address("report_pdf", assessment)).status_code == 200
    assert list((settings.VAR_DIR / "pdf").glob("*.djcache")) == []


def test_a_renderer_that_dies_while_idle_is_replaced(alice_client: Client, assessment: Assessment) -> None:
    url = address("report_pdf", assessment)
    assert alice_client.get(url).status_code == 200
    pool = renderers.start()
    for worker in list(pool._pool_manager.worker_manager.workers.values()):
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while pool.active and time.monotonic() < deadline:
        time.sleep(0.05)
    caches["pdf"].clear()
    assert alice_client.get(url).status_code == 200


def test_another_paper_than_letter_is_a4(alice_client: Client, assessment: Assessment, jobs: list[PrintJob]) -> None:
    alice_client.get(address("report_pdf", assessment), {"paper": "<b>"})
    assert jobs[0].paper == Paper.A4


def test_what_is_kept_goes_with_the_assessment(
    alice_client: Client, assessment: Assessment, jobs: list[PrintJob]
) -> None:
    alice_client.get(address("report_pdf", assessment))
    key = f"{assessment.pk}:A4"
    assert caches["pdf"].get(key) is not None
    alice_client.post(reverse("assessments:delete", args=[assessment.pk]), {"confirmed": "on"})
    assert not Assessment.objects.filter(pk=assessment.pk).exists()
    assert caches["pdf"].get(key) is None


@pytest.mark.parametrize(
    ("problem", "said"), [(Busy(), "has to wait its turn"), (Failed("memory"), "could not be made")]
)
def test_a_pdf_that_cannot_be_had_now_says_when_and_why(
    problem: Exception, said: str, alice_client: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(job: PrintJob) -> HttpResponse:
        raise problem

    monkeypatch.setattr(renderers, "render", refuse)
    response = alice_client.get(address("report_pdf", assessment))
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert said in response.content.decode()


def test_the_queue_before_the_renderer_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    class NeverReady:
        def schedule(self, *arguments: object, **options: object) -> "NeverReady":
            return self

        def result(self, timeout: float) -> bytes:
            with pytest.raises(Busy):
                waiting.render(job)
            return b"%PDF-1.7"

    job = PrintJob("", "", Paper.A4, {}, "")
    waiting = Renderers(1)
    for _ in range(places(1, settings.THREADS) - 1):
        assert waiting._places.acquire(blocking=False)
    monkeypatch.setattr(waiting, "start", NeverReady)
    assert waiting.render(job) == b"%PDF-1.7"


@pytest.mark.parametrize(("processes", "threads", "expected"), [(1, 6, 4), (2, 6, 4), (2, 100, 10), (4, 2, 1)])
def test_the_queue_leaves_threads_to_the_pages(processes: int, threads: int, expected: int) -> None:
    assert places(processes, threads) == expected


def test_a_real_renderer_makes_a_real_pdf(alice_client: Client, assessment: Assessment) -> None:
    response = alice_client.get(address("report_pdf", assessment))
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-1.7")
    assert len(response.content) > 50_000
