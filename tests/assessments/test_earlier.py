"""Which earlier assessment a report compares with, by docs/scoring.md, rule 16; who sees it, and what it costs."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from assessments.access import Action, earlier_assessments
from assessments.models import Answer, AnswerState, Assessment, Organisation, Person, Site
from assessments.opening import open_assessment
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import renderers
from assessments.records import read_assessment
from tests.shared_reports import shared, shared_path
from tests.test_scoring_document import NONE, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    caches["pdf"].clear()
    yield
    caches["pdf"].clear()


def complete(answers: QuerySet[Answer], score: str = "3.5") -> None:
    answers.update(state=AnswerState.SCORED, score=score, version=1)


def opened(site: Site, title: str, days_ago: int, **facts: Any) -> Assessment:
    """A complete one."""
    assessment = open_assessment(site=site, title=title, period=f"Period of {title}")
    Assessment.objects.filter(pk=assessment.pk).update(created_at=timezone.now() - timedelta(days=days_ago), **facts)
    complete(assessment.answers.all())
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def spring(northfield: Site) -> Assessment:
    return opened(northfield, "Spring 2026", days_ago=180)


@pytest.fixture
def autumn(assessment: Assessment) -> Assessment:
    complete(assessment.answers.all(), "4.0")
    return assessment


def title_compared_with(assessment: Assessment, person: Person) -> str | None:
    record = read_assessment(assessment, earlier=earlier_assessments(person, assessment, Action.VIEW))
    return None if record.earlier is None else record.earlier.title


def in_some_state(assessment: Assessment, answers: str) -> None:
    rows = assessment.answers.all()
    if answers == "one open":
        rows.filter(sub_element__code="capa").update(state=AnswerState.UNKNOWN, score=None)
    elif answers == "one area does not apply":
        area = rows.filter(sub_element__practice_area__code="BC")
        area.update(state=AnswerState.NOT_APPLICABLE, score=None, reason="It does not apply.")
    elif answers == "none":
        rows.update(state=AnswerState.UNANSWERED, score=None)
    else:
        assert answers == "complete"


def test_table_14_which_earlier_one(alice: Person, northfield: Site) -> None:
    rows = table(14)
    made = {}
    for place, row in enumerate(rows):
        assessment = opened(northfield, row["No."], 100 - place, is_for_counsel=row["For counsel"] == "yes")
        in_some_state(assessment, row["Answers"])
        made[row["No."]] = assessment
    found = {number: title_compared_with(assessment, alice) or NONE for number, assessment in made.items()}
    # Without a score of its own a report says nothing of last time, whatever there is.
    untouched = {row["No."] for row in rows if row["Answers"] == "none"}
    assert {number: NONE if number in untouched else title for number, title in found.items()} == {
        row["No."]: row["Compared with"] for row in rows
    }


def test_of_two_opened_at_the_same_moment_neither_is_earlier(
    alice: Person, spring: Assessment, autumn: Assessment
) -> None:
    Assessment.objects.update(created_at=autumn.created_at)
    assert title_compared_with(autumn, alice) is None


def test_title_and_period_decide_nothing(alice: Person, spring: Assessment, autumn: Assessment) -> None:
    Assessment.objects.filter(pk=spring.pk).update(period="January to March 2099", title="Zenith")
    assert title_compared_with(autumn, alice) == "Zenith"


class TestWhoSeesIt:
    def test_the_page_names_it_and_leads_to_it(
        self, alice_client: Client, spring: Assessment, autumn: Assessment
    ) -> None:
        page = alice_client.get(f"/assessments/{autumn.pk}/report/").text
        assert "The overall moved from 3.50 to 4.00 (+0.50); all five practice areas rose." in page
        assert "Spring 2026" in page
        assert f"/assessments/{spring.pk}/report/" in page
        assert 'href="#since"' in page

    def test_without_one_the_part_is_not_there(self, alice_client: Client, autumn: Assessment) -> None:
        page = alice_client.get(f"/assessments/{autumn.pk}/report/").text
        assert "since" not in page.lower()
        assert alice_client.get(f"/assessments/{autumn.pk}/report.json").json()["since"] is None

    def test_another_site_is_not_compared_with(
        self, alice_client: Client, acme: Organisation, autumn: Assessment
    ) -> None:
        opened(Site.objects.create(organisation=acme, name="Southfield"), "Spring 2026", days_ago=180)
        assert alice_client.get(f"/assessments/{autumn.pk}/report.json").json()["since"] is None

    def test_another_organisation_gets_neither(
        self, mallory_client: Client, mallory: Person, spring: Assessment, autumn: Assessment
    ) -> None:
        assert mallory_client.get(f"/assessments/{autumn.pk}/report/").status_code == 404
        assert list(earlier_assessments(mallory, autumn, Action.VIEW)) == []
        assert title_compared_with(autumn, mallory) is None

    def test_a_reader_of_a_link_sees_the_scores_and_no_way_to_the_earlier_one(
        self, client: Client, spring: Assessment, autumn: Assessment
    ) -> None:
        whole = client.get(shared_path(shared(autumn, hides_names=False))).text
        assert "Spring 2026" in whole
        assert str(spring.pk) not in whole
        nameless = client.get(shared_path(shared(autumn, hides_names=True))).text
        assert "moved from 3.50 to 4.00" in nameless
        assert "Spring 2026," not in nameless.replace("Period of Spring 2026,", "")


class TestWhatItCosts:
    @pytest.mark.parametrize("earlier", [1, 12])
    def test_one_query_more_however_many_there_are(
        self, earlier: int, alice_client: Client, autumn: Assessment, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        for place in range(earlier):
            opened(autumn.site, f"Number {place}", days_ago=100 + place)
        with django_assert_num_queries(8):
            page = alice_client.get(f"/assessments/{autumn.pk}/report/").text
        assert "Number 0" in page

    def test_none_without_one(
        self, alice_client: Client, autumn: Assessment, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        with django_assert_num_queries(7):
            alice_client.get(f"/assessments/{autumn.pk}/report/")


class TestDeletingTheEarlierOne:
    def test_takes_what_is_kept_of_it_in_other_reports(
        self, alice_client: Client, client: Client, spring: Assessment, autumn: Assessment, jobs: list[PrintJob]
    ) -> None:
        link = shared(autumn)
        assert alice_client.get(f"/assessments/{autumn.pk}/report.pdf").status_code == 200
        assert client.get(shared_path(link, "report.pdf")).status_code == 200
        assert len(list(kept())) == 2
        alice_client.post(f"/assessments/{spring.pk}/delete/", {"confirmed": "on"})
        assert list(kept()) == []
        assert "since" not in alice_client.get(f"/assessments/{autumn.pk}/report/").text.lower()

    @pytest.mark.parametrize("is_shared", [False, True])
    def test_while_a_report_is_rendered_leaves_none_of_it(
        self,
        is_shared: bool,
        alice_client: Client,
        spring: Assessment,
        autumn: Assessment,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def render(job: PrintJob) -> bytes:
            Assessment.objects.filter(pk=spring.pk).delete()
            return b"%PDF-1.7"

        monkeypatch.setattr(renderers, "render", render)
        path = shared_path(shared(autumn), "report.pdf") if is_shared else f"/assessments/{autumn.pk}/report.pdf"
        assert alice_client.get(path).status_code == 200
        assert list(kept()) == []

    def test_else_the_report_is_kept(
        self, alice_client: Client, spring: Assessment, autumn: Assessment, jobs: list[PrintJob]
    ) -> None:
        for path in (f"/assessments/{autumn.pk}/report.pdf", shared_path(shared(autumn), "report.pdf")):
            alice_client.get(path)
            alice_client.get(path)
        assert len(jobs) == 2

    def test_a_change_of_it_makes_the_pdf_anew(
        self, alice_client: Client, spring: Assessment, autumn: Assessment, jobs: list[PrintJob]
    ) -> None:
        alice_client.get(f"/assessments/{autumn.pk}/report.pdf")
        complete(spring.answers.all(), "3.0")
        alice_client.get(f"/assessments/{autumn.pk}/report.pdf")
        assert len(jobs) == 2


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[PrintJob]:
    """The renderer answers at once and notes what it was asked for."""
    asked: list[PrintJob] = []

    def render(job: PrintJob) -> bytes:
        asked.append(job)
        return b"%PDF-1.7"

    monkeypatch.setattr(renderers, "render", render)
    return asked


def kept() -> Iterator[Any]:
    yield from (settings.VAR_DIR / "pdf").glob("*.djcache")
