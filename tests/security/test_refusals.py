"""The log of what was refused: that it is complete, and that nothing in it is anybody's."""

import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from assessments.models import Assessment, Person, Rater
from qmm_site.logs import OneLine, RouteForPath, logging_settings
from tests.raters import path

SECRETS = ("alice@acme.example", "Alice", "wrong password", "Mallory", "secret-of-a-link", "csrftoken")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What has been written since it was last asked."""
    monkeypatch.setattr(logging.getLogger("security"), "propagate", True)

    def read() -> list[dict[str, Any]]:
        written = [json.loads(record.getMessage()) for record in caplog.records if record.name == "security"]
        caplog.clear()
        return written

    return read


@pytest.mark.asvs("16.3.1", "16.2.1", "16.2.4")
def test_a_failed_sign_in_is_written_down(client: Client, alice: Person, lines: Any) -> None:
    client.post("/accounts/login/", {"login": alice.email, "password": "wrong password"})
    (line,) = lines()
    assert (line["event"], line["route"], line["status"]) == ("not_accepted", "account_login", 422)
    assert (line["person"], line["address"], line["method"]) == (None, "127.0.0.1", "POST")
    assert line["time"].endswith("+00:00")


@pytest.mark.asvs("16.3.3")
def test_so_is_a_form_without_its_token(alice: Person, assessment: Assessment, lines: Any) -> None:
    Client(enforce_csrf_checks=True).post(f"/assessments/{assessment.pk}/edit/", {"title": "Mallory"})
    (line,) = lines()
    assert (line["event"], line["status"], line["route"]) == ("forged", 403, "assessments:edit")
    assert line["objects"] == {"assessment_id": str(assessment.pk)}


@pytest.mark.asvs("16.3.2")
def test_so_is_asking_for_what_is_another_s(
    mallory_client: Client, mallory: Person, assessment: Assessment, lines: Any
) -> None:
    mallory_client.get(f"/assessments/{assessment.pk}/")
    (line,) = lines()
    assert (line["event"], line["person"]) == ("hidden", mallory.pk)


@pytest.mark.asvs("16.2.5", "16.3.2")
@pytest.mark.django_db
def test_so_is_a_link_that_opens_nothing_without_what_it_says(client: Client, lines: Any) -> None:
    rater = uuid4()
    client.get(f"/rate/{rater}/secret-of-a-link/")
    client.get(f"/shared/{rater}/secret-of-a-link/")
    client.get("/shared/secret-of-a-link/half/")
    first, second, third = lines()
    assert first["objects"] == {"rater_id": str(rater)}
    assert second["objects"] == {"link_id": str(rater)}
    assert third["objects"] == {}
    assert "secret-of-a-link" not in json.dumps([first, second, third])


@pytest.mark.asvs("16.3.3")
@pytest.mark.django_db
def test_so_are_a_wrong_method_and_a_wrong_name(client: Client, lines: Any) -> None:
    client.generic("BREW\n", "/")
    Client(headers={"host": "evil.example"}).get("/")
    first, second = lines()
    assert (first["event"], first["method"]) == ("method_not_allowed", "other")
    assert second["event"] == "malformed"


@pytest.mark.django_db
def test_what_nobody_has_and_what_goes_well_is_not(client: Client, alice_client: Client, lines: Any) -> None:
    client.get("/wp-login.php")
    client.get("/")
    alice_client.get("/assessments/")
    alice_client.post("/set-up/", {})
    assert lines() == []


@pytest.mark.asvs("16.3.3")
def test_too_many_attempts_are_written_down(client: Client, alice: Person, lines: Any) -> None:
    for _ in range(12):
        client.post("/accounts/login/", {"login": alice.email, "password": "wrong password"})
    assert len(lines()) == 12


@pytest.mark.asvs("16.2.5", "14.2.4")
def test_no_line_holds_what_anybody_wrote(client: Client, alice: Person, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/accounts/login/", {"login": alice.email, "password": "wrong password"})
        client.post("/accounts/password/reset/key/1-secret-of-a-link/", {"password1": "Mallory"})
        Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": alice.email})
        client.get("/accounts/login/?next=Mallory")
    for secret in SECRETS:
        assert secret not in caplog.text


@pytest.mark.asvs("16.4.1")
def test_a_visitor_begins_no_line(client: Client, alice: Person, lines: Any, caplog: pytest.LogCaptureFixture) -> None:
    client.post(
        '/accounts/login/?next=\n{"event": "forged"}',
        {"login": "a@b.example\r\n2026 INFO forged", "password": "x"},
        headers={"user-agent": "x\nforged", "x-forwarded-for": "127.0.0.1\nforged"},
    )
    for record in caplog.records:
        assert "\n" not in record.getMessage()
    for line in lines():
        assert line["address"] == "127.0.0.1"


@pytest.mark.asvs("15.3.4")
def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(
    client: Client, alice: Person, lines: Any, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sent = {"login": alice.email, "password": "x"}
    client.post("/accounts/login/", sent, headers={"x-forwarded-for": "10.9.9.9, 192.0.2.7"})
    client.post("/accounts/login/", sent, headers={"x-forwarded-for": "nonsense"})
    first, second = lines()
    assert (first["address"], second["address"]) == ("192.0.2.7", None)


class TestLayout:
    def record(self, message: str, *args: object) -> logging.LogRecord:
        return logging.LogRecord("name", logging.WARNING, __file__, 1, message, args, None)

    def layout(self) -> logging.Formatter:
        return OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s")

    @pytest.mark.asvs("16.4.1")
    @pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[31m", "\0", "\x85", "\u2028", "\x7f"])
    def test_no_sign_breaks_a_line_or_paints_it(self, sign: str) -> None:
        written = self.layout().format(self.record("The database failed at %s", f"a{sign}b"))
        assert len(written.splitlines()) == 1
        assert sign not in written

    @pytest.mark.asvs("16.2.2")
    def test_the_time_is_utc(self) -> None:
        record = self.record("x")
        record.created, record.msecs = 0, 5.0
        assert self.layout().format(record).startswith("1970-01-01T00:00:00.005Z WARNING name: x")

    def test_a_traceback_is_set_in(self) -> None:
        try:
            raise ValueError("first\nforged 2026 line")
        except ValueError as problem:
            record = self.record("x")
            record.exc_info = (ValueError, problem, problem.__traceback__)
        first, *rest = self.layout().format(record).splitlines()
        assert first.endswith("name: x")
        assert rest
        assert all(line.startswith("    ") for line in rest)

    @pytest.mark.asvs("16.2.5")
    def test_the_address_of_a_request_that_failed_is_its_route(self, rita: Rater) -> None:
        request = RequestFactory().get(path(rita, "secret-of-a-link/"))
        record = self.record("%s: %s", "Internal Server Error", request.path)
        record.request = request
        assert RouteForPath().filter(record)
        assert record.getMessage() == "Internal Server Error: no route"

    @pytest.mark.asvs("16.2.3")
    def test_every_handler_writes_so(self) -> None:
        handlers = logging_settings()["handlers"]
        assert handlers["console"]["formatter"] == "line"
        assert handlers["console"]["filters"] == ["route"]
        assert logging_settings()["loggers"]["django.request"] == {"level": "ERROR"}
