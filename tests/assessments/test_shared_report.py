"""A shared report as its readers get it: what it says, its headers, its log, and the one answer to all other links."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, ReportLink, ReportLinkOpening
from assessments.pdf_job import Paper, PrintJob
from assessments.pdf_processes import Busy, renderers
from assessments.sharing import withdraw_link
from tests.assessments.test_answer_failures import read_only
from tests.rating_rounds import Q, add_round, given
from tests.sent_forms import shown
from tests.shared_reports import shared, shared_path
from tests.signing import sign_off

pytestmark = pytest.mark.django_db
PARTS = ["", "report.pdf"]


@pytest.fixture(autouse=True)
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


@pytest.fixture
def link(assessment: Assessment) -> ReportLink:
    return shared(assessment, hides_texts=False, hides_names=False)


def openings() -> list[str]:
    return list(ReportLinkOpening.objects.order_by("pk").values_list("opened_as", flat=True))


class TestThePage:
    def test_it_says_what_it_is_whose_and_until_when(self, client: Client, link: ReportLink) -> None:
        page = shown(client.get(shared_path(link)))
        for text in (
            "Shared read-only view of a draft.",
            "Shared by <bdi>Acme</bdi>.",
            f"It opens until {link.expires_at:%-d %B %Y, %H:%M} UTC",
            "It shows the report as it is at this moment",
            "A copy that somebody saves cannot be withdrawn.",
            "without your address",
            "<title>Draft: Northfield: shared report",
        ):
            assert text in page

    def test_what_is_signed_off_is_no_draft(self, client: Client, link: ReportLink, jobs: list[PrintJob]) -> None:
        link.assessment.answers.update(state="scored", score="3.0")
        for is_signed_off in (False, True):
            if is_signed_off:
                sign_off(link.assessment)
            page = client.get(shared_path(link)).text
            assert ("of a draft" in page) is ("<title>Draft: " in page) is not is_signed_off
            assert ("was signed off on 30 November 2026" in page) is is_signed_off
            client.get(shared_path(link, "report.pdf"))
            assert ('class="report draft"' in jobs[-1].html) is not is_signed_off

    def test_with_hidden_names_it_is_a_site(self, client: Client, assessment: Assessment, jobs: list[PrintJob]) -> None:
        link = shared(assessment)
        page = shown(client.get(shared_path(link)))
        assert "<h1>A site has no overall score yet</h1>" in page
        assert "The organisation that shares it is not named." in page
        assert "Rationale, evidence and reasons are withheld." in page
        client.get(shared_path(link, "report.pdf"))
        assert "Shared copy without names, rationale, evidence and reasons." in jobs[0].html
        assert "Record withheld" in jobs[0].html
        assert 'data-confidential="Confidential"' in jobs[0].html

    def test_it_leads_nowhere_else_not_even_for_the_owner(self, alice_client: Client, link: ReportLink) -> None:
        response = alice_client.get(shared_path(link))
        for inside in ("/assessments/", "/accounts/", "/cohorts/", "Alice", "<form", "<script", "csrf"):
            assert inside not in response.text
        assert not response.cookies
        assert 'href="report.pdf"' in response.text

    def test_it_follows_the_answers(self, client: Client, link: ReportLink) -> None:
        link.assessment.answers.filter(sub_element__code="capa").update(rationale="Written later.")
        assert "Written later." in client.get(shared_path(link)).text

    def test_raters_show_by_number_alone(self, client: Client, link: ReportLink) -> None:
        add_round(link.assessment, given((Q, "3.0"), (Q, "3.5")))
        page = client.get(shared_path(link)).text
        assert "Two raters" in page
        assert "Person 0" not in page

    def test_it_costs_at_most_three_queries_more_than_the_owners(
        self, client: Client, alice_client: Client, link: ReportLink, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        with django_assert_num_queries(7):
            alice_client.get(f"/assessments/{link.assessment_id}/report/")
        # No session and no person; the link in place of the assessment; the opening in a transaction of its own, and
        # what the trail calls whoever opens it, which PostgreSQL must be told.
        with django_assert_num_queries(9 if connection.vendor == "sqlite" else 10):
            client.get(shared_path(link))


class TestHeaders:
    @pytest.mark.asvs("14.2.1")
    @pytest.mark.parametrize("part", PARTS)
    @pytest.mark.parametrize("is_good", [True, False])
    def test_nobody_keeps_finds_or_passes_it_on(
        self, part: str, is_good: bool, alice_client: Client, link: ReportLink
    ) -> None:
        path = shared_path(link, part)
        if not is_good:
            withdraw_link(link=link, now=timezone.now())
        response = alice_client.get(path)
        assert response.status_code == (200 if is_good else 404)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "Cookie" not in response.get("Vary", "")

    def test_the_pdf_comes_on_either_paper(self, client: Client, link: ReportLink, jobs: list[PrintJob]) -> None:
        for ending, paper, suffix in (("", Paper.A4, ""), ("?paper=letter", Paper.LETTER, "-us-letter")):
            response = client.get(shared_path(link, f"report.pdf{ending}"))
            assert response["Content-Type"] == "application/pdf"
            assert response["Content-Disposition"].endswith(
                f'"qmm-northfield-july-to-september-2026-rev1-draft-0{suffix}.pdf"'
            )
            assert jobs[-1].paper == paper


class TestTheLog:
    def test_each_opening_counts_once(self, client: Client, link: ReportLink, jobs: list[PrintJob]) -> None:
        before = timezone.now()
        for part in ("", "", "report.pdf", "report.pdf"):
            assert client.get(shared_path(link, part)).status_code == 200
        assert openings() == ["page", "page", "pdf", "pdf"]
        assert len(jobs) == 1  # a PDF that is kept is logged all the same
        assert all(before <= each.opened_at <= timezone.now() for each in link.openings.all())

    @pytest.mark.parametrize("part", PARTS)
    def test_what_shows_nothing_is_not_logged(
        self, part: str, client: Client, link: ReportLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for method, status in (("head", 405), ("post", 405), ("options", 405)):
            assert getattr(client, method)(shared_path(link, part)).status_code == status
        client.get(f"/shared/{link.pk}/wrong/{part}")
        assert openings() == []

    def test_a_pdf_that_has_to_wait_is_not_logged(
        self, client: Client, link: ReportLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(job: PrintJob) -> bytes:
            raise Busy

        monkeypatch.setattr(renderers, "render", refuse)
        response = client.get(shared_path(link, "report.pdf"))
        assert (response.status_code, response["Retry-After"]) == (503, "10")
        assert response["Cache-Control"] == "private, no-store"
        assert "has to wait its turn" in response.text
        assert "/assessments/" not in response.text
        assert "/accounts/" not in response.text
        assert openings() == []

    @pytest.mark.asvs("16.5.3")
    @pytest.mark.parametrize("part", PARTS)
    def test_an_opening_that_cannot_be_logged_shows_nothing(
        self, part: str, client: Client, link: ReportLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OperationalError("disk full")

        monkeypatch.setattr(ReportLinkOpening.objects, "create", refuse)
        self.assert_not_shown(client.get(shared_path(link, part)))

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("part", PARTS)
    def test_from_a_database_that_can_only_be_read_nothing_is_shown(
        self, part: str, client: Client, link: ReportLink
    ) -> None:
        with read_only():
            self.assert_not_shown(client.get(shared_path(link, part)))
        assert client.get(shared_path(link, part)).status_code == 200

    def assert_not_shown(self, response: Any) -> None:
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert response["Referrer-Policy"] == "no-referrer"
        assert "The report cannot be shown at this moment" in response.text
        for hidden in ("Northfield", "Acme", "/assessments/", "%PDF"):
            assert hidden not in response.text


class TestWhatOpensNothing:
    @pytest.mark.asvs("9.2.1", "9.1.1")
    @pytest.mark.parametrize("part", PARTS)
    def test_withdrawn_expired_wrong_damaged_and_unknown_links_get_the_same_answer(
        self, part: str, client: Client, assessment: Assessment, link: ReportLink
    ) -> None:
        withdrawn, expired = shared(assessment), shared(assessment)
        withdraw_link(link=withdrawn, now=timezone.now())
        now = timezone.now()
        ReportLink.objects.filter(pk=expired.pk).update(made_at=now - timedelta(days=7), expires_at=now)
        good = shared_path(link)
        wrong = [good[:-2], good.swapcase().replace("/SHARED/", "/shared/"), f"/shared/{link.pk}/x"]
        unknown = [f"/shared/{uuid4()}/{good.split('/')[-2]}", "/shared/nonsense/x", f"/shared/{link.pk}"]
        paths = [shared_path(withdrawn), shared_path(expired), *(f"{path}/" for path in wrong + unknown)]
        answers = [client.get(f"{path}{part}", follow=True) for path in paths]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(answer.headers) for answer in answers}) == 1
        assert "No report opens here" in answers[0].text
        for inside in ("Acme", "Northfield", "/assessments/", "/accounts/"):
            assert inside not in answers[0].text
        assert openings() == []

    def test_a_link_ends_to_the_moment(self, client: Client, link: ReportLink) -> None:
        now = timezone.now()
        for left, status in ((timedelta(seconds=30), 200), (timedelta(0), 404)):
            ReportLink.objects.update(expires_at=now + left)
            assert client.get(shared_path(link)).status_code == status

    def test_a_deleted_assessment_was_never_there(self, client: Client, link: ReportLink) -> None:
        path = shared_path(link)
        link.assessment.delete()
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("is_deleted", [False, True])
    def test_a_link_that_ends_while_its_pdf_is_made_gives_nothing_and_leaves_nothing(
        self, is_deleted: bool, client: Client, link: ReportLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def render(job: PrintJob) -> bytes:
            if is_deleted:
                link.assessment.delete()
            else:
                withdraw_link(link=link, now=timezone.now())
            return b"%PDF-1.7"

        path, key = shared_path(link, "report.pdf"), f"{link.pk}:shared:A4"
        monkeypatch.setattr(renderers, "render", render)
        assert client.get(path).status_code == 404
        assert caches["pdf"].get(key) is None


class TestKeptPdfs:
    def test_whole_and_redacted_ones_never_meet(
        self, client: Client, alice_client: Client, assessment: Assessment, jobs: list[PrintJob]
    ) -> None:
        choices = [(texts, names) for texts in (True, False) for names in (True, False)]
        links = [shared(assessment, hides_texts=texts, hides_names=names) for texts, names in choices]
        for _ in range(2):
            whole = alice_client.get(f"/assessments/{assessment.pk}/report.pdf").content
            theirs = [client.get(shared_path(link, "report.pdf")).content for link in links]
            assert len({whole, *theirs}) == 5
        assert len(jobs) == 5
        assert len({job.identifier for job in jobs}) == 5
