"""The landing page, the address for monitors, and the pages for what fails."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import InternalError, OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client

from assessments.landing import compose_landing
from assessments.models import Organisation, Person
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.models import AreaScore, Cohort, Establishment

FULL = OperationalError("database or disk is full")
READ_ONLY = InternalError("cannot execute INSERT in a read-only transaction")
TYPED = {"organisation": "Acme and daughters", "name": "Northfield & <Sons>", "manufacturing": "API"}


@contextmanager
def failing_database(failure: Exception, *, writes_only: bool = False) -> Iterator[None]:
    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not writes_only or sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise failure
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.django_db
def test_a_newcomer_sees_the_cohort_and_where_to_start(client: Client) -> None:
    text = client.get("/").text
    assert "Nine sites, from 2.40 to 4.62, the middle one at 3.98" in text
    assert "G 2.40, A 2.84, I 3.68, H 3.74, D 3.98, C 4.06, B 4.36, F 4.46, E 4.62" in text
    assert "not an FDA figure" in text
    assert "not a percentile" in text
    assert 'href="/accounts/signup/"' in text
    assert f'href="/cohorts/{DEFAULT_COHORT}/"' in text
    assert "Continue with your assessments" not in text


def test_someone_signed_in_goes_on_from_there(alice_client: Client) -> None:
    text = alice_client.get("/").text
    assert 'href="/assessments/">Continue with your assessments' in text
    assert "Create an account" not in text


@pytest.mark.django_db
def test_the_top_of_a_report_is_shown_and_called_fictional(client: Client) -> None:
    text = client.get("/").text
    sample = text.split('<figure class="sample"')[1].split("</figure>")[0]
    assert '<span class="tag">fictional</span>' in sample
    assert "Example site stands at or above three of the nine sites" in sample
    assert '<p class="figure">3.69</p>' in sample
    assert text.count("<h1>") == 1
    assert text.count("About 30 minutes") == 1


def test_the_sample_is_made_once_and_anew_when_the_cohort_has_changed(
    client: Client, cohort: Cohort, django_assert_num_queries: Any
) -> None:
    client.get("/")
    with django_assert_num_queries(2):
        client.get("/")
    Establishment.objects.filter(label__in="EF").delete()
    assert "at or above three of the seven sites" in client.get("/").text


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/assessments/", ["Assessments"]),
        ("/assessments/new/", ["Assessments"]),
        ("/cohorts/fda-2024/", ["FDA 2024 cohort"]),
        ("/organisations/", ["Organisation"]),
        ("/accounts/password/change/", ["Account"]),
        ("/", []),
    ],
)
def test_the_header_says_where_and_who_one_is(
    alice_client: Client, acme: Organisation, path: str, current: list[str]
) -> None:
    header = alice_client.get(path).text.split("</header>")[0]
    assert re.findall(r'aria-current="(?:page|true)">([^<]*)</a>', header) == current
    assert "Signed in as </span>Alice Adler</li>" in header


def test_every_figure_comes_from_the_data(client: Client, cohort: Cohort) -> None:
    AreaScore.objects.filter(establishment__label="G").update(score=Decimal("1.0"))
    Establishment.objects.filter(label__in="EF").delete()
    text = client.get("/").text
    assert "Seven sites, from 1.00 to 4.36, the middle one at 3.74" in text
    assert "4.62" not in text


def test_a_cohort_without_averages_has_its_name_for_a_heading(cohort: Cohort) -> None:
    AreaScore.objects.filter(practice_area__code="TE").delete()
    landing = compose_landing(read_cohort(DEFAULT_COHORT))
    assert landing.cohort_heading == "FDA 2024 cohort"


def test_without_a_cohort_the_page_has_no_picture(client: Client, cohort: Cohort) -> None:
    cohort.delete()
    response = client.get("/")
    assert response.status_code == 200
    assert "<svg" not in response.text


@pytest.mark.django_db
def test_a_monitor_learns_that_the_site_works(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_a_monitor_learns_that_the_database_is_away(client: Client) -> None:
    with failing_database(FULL):
        assert client.get("/healthz").status_code == 503


@pytest.mark.asvs("16.5.2")
@pytest.mark.parametrize("failure", [FULL, READ_ONLY])
def test_a_page_without_its_database_says_so(alice_client: Client, failure: Exception) -> None:
    with failing_database(failure):
        response = alice_client.get("/assessments/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Not available: the database does not answer" in response.text


@pytest.mark.parametrize("failure", [FULL, READ_ONLY])
@pytest.mark.parametrize("writes_only", [True, False])
def test_what_could_not_be_saved_comes_back(alice_client: Client, failure: Exception, writes_only: bool) -> None:
    with failing_database(failure, writes_only=writes_only):
        response = alice_client.post("/set-up/", TYPED)
    assert response.status_code == 503
    assert "Not saved: the database does not answer" in response.text
    assert "Acme and daughters</textarea>" in response.text
    assert "Northfield &amp; &lt;Sons&gt;</textarea>" in response.text
    assert not Organisation.objects.exists()


@pytest.mark.asvs("14.2.4")
def test_a_password_does_not_come_back(client: Client, alice: Person) -> None:
    with failing_database(FULL):
        response = client.post("/accounts/login/", {"login": alice.email, "password": "two words"})
    assert response.status_code == 503
    assert "two words" not in response.text


def test_a_session_that_cannot_be_written_is_no_server_error(client: Client, alice: Person) -> None:
    """The link in a mail is kept in the session, which is written after the view has answered, outside of it."""
    client.post("/accounts/password/reset/", {"email": alice.email})
    link = next(line for line in str(mail.outbox[0].body).splitlines() if line.startswith("http"))
    client.raise_request_exception = False
    with failing_database(FULL, writes_only=True):
        response = client.get(link)
    assert response.status_code == 503
    assert "Not available: the database does not answer" in response.text


@pytest.mark.asvs("16.5.1", "16.3.4")
@pytest.mark.django_db
def test_any_other_failure_is_a_plain_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("assessments.views.home.read_cohort", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        response = client.get("/")
    assert response.status_code == 500
    assert "Something failed on this server" in response.text
    assert "secret detail" not in response.text
    assert "secret detail" in caplog.text


def test_a_page_that_was_out_of_date_gives_back_what_was_typed(alice: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    response = client.post("/set-up/", TYPED)
    assert response.status_code == 403
    assert "Not saved: the page was out of date" in response.text
    assert "Acme and daughters</textarea>" in response.text
    assert "API</textarea>" in response.text


def test_what_nobody_wrote_does_not_come_back(alice: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    unwritten = {"capa-version": "0-0123456789abcdef", "capa-choice": "unknown", "password1": "secretive", "size": "x"}
    response = client.post("/set-up/", {**unwritten, "capa-exact": "3.5", "capa-rationale": "  "})
    assert re.findall(r">([^<]*)</textarea>", response.text) == ["3.5"]


@pytest.mark.django_db
def test_a_failure_of_the_page_for_failures_is_a_plain_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("no manifest")

    monkeypatch.setattr("assessments.views.home.read_cohort", fail)
    monkeypatch.setattr("assessments.unavailable.render_to_string", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        response = client.get("/")
    assert response.status_code == 500
    assert "Something failed on this server" in response.text
    assert "no manifest" not in response.text
    assert "The page for failures failed as well" in caplog.text


@pytest.mark.django_db
def test_an_unknown_address_is_not_found(client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.text


@pytest.mark.asvs("3.5.4")
@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    response = client.get("/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert "This request could not be understood" in response.text
    assert "evil.example" not in response.text


@pytest.mark.parametrize(
    "template",
    ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html", "503_mail.html"],
)
def test_a_page_for_failures_needs_no_request_and_no_database(template: str) -> None:
    """No database is marked for this test: touching it would fail."""
    text = render_to_string(template)
    assert text.count("<h1>") == 1
    assert "csrfmiddlewaretoken" not in text
