"""What answers say of themselves and of the inside, and what asking alone never does."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from assessments.models import Assessment, Person
from qmm_site import serve
from tests.every_address import every_address

ENDS_THE_SESSION = {"account_logout", "admin:logout"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Written by a GET on purpose: exports and openings for the trail, the sessions' own times, counts of tries.
MAY_BE_WRITTEN = (
    "account_emailaddress",  # the library notes an address that it had none of
    "assessments_audit",
    "assessments_reportlinkopening",
    "django_session",
    "usersessions_usersession",
    '"cache"',
)
INSIDE = ("Traceback", "/site-packages/", "django.db", "SECRET", "sqlite3", "psycopg")
TEXTS = ("text/", "application/json")


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


@pytest.mark.usefixtures("plain_pdfs")
class TestEveryAddress:
    @pytest.mark.asvs("4.1.1")
    def test_its_answer_names_its_type(self, alice_client: Client, values: dict[str, Any]) -> None:
        for address in every_address():
            if address.is_of_admin or address.name in ENDS_THE_SESSION:
                continue
            response = alice_client.get(address.path(values))
            kind = response.headers.get("Content-Type", "")
            content = body_of(response)
            if content:
                assert kind, address.name
            if kind.startswith("text/html"):
                assert kind == "text/html; charset=utf-8", address.name
                assert b"<" in content[:100] or not content, address.name
            if kind.startswith("application/json"):
                json.loads(content)

    @pytest.mark.asvs("3.2.1", "5.4.1")
    def test_what_is_no_page_is_a_download(self, alice_client: Client, values: dict[str, Any]) -> None:
        files = 0
        for address in every_address():
            if address.is_of_admin or address.name in ENDS_THE_SESSION:
                continue
            response = alice_client.get(address.path(values) + "?name=../../evil.html")
            if response.status_code == 200 and not response["Content-Type"].startswith(TEXTS[0] + "html"):
                if address.name != "assessments:healthz":
                    files += 1
                    assert response["Content-Disposition"].startswith('attachment; filename="'), address.name
                    assert "evil" not in response["Content-Disposition"], address.name
                assert response["X-Content-Type-Options"] == "nosniff"
        assert files >= 8

    @pytest.mark.asvs("3.5.3")
    def test_asking_changes_nothing(self, alice_client: Client, values: dict[str, Any]) -> None:
        for address in every_address():
            if address.is_of_admin or address.name in ENDS_THE_SESSION:
                continue
            with CaptureQueriesContext(connection) as asked:
                alice_client.get(address.path(values))
            written = [query["sql"] for query in asked.captured_queries if query["sql"].startswith(WRITES)]
            assert [sql for sql in written if not any(table in sql for table in MAY_BE_WRITTEN)] == [], address.name

    @pytest.mark.asvs("13.4.4")
    def test_it_answers_neither_trace_nor_connect(self, alice_client: Client, values: dict[str, Any]) -> None:
        for address in every_address():
            if not address.is_of_admin and address.name not in ENDS_THE_SESSION:
                for method in ("TRACE", "CONNECT", "TRACK"):
                    response = alice_client.generic(method, address.path(values))
                    assert response.status_code == 405, address.name
                    assert b"sessionid" not in body_of(response)


@pytest.mark.asvs("13.4.1", "13.4.3", "13.2.5")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/static/",
        "/static/css/",
        "/static/../qmm_site/settings.py",
        "/static/%2e%2e/%2e%2e/.env",
        "/static//etc/passwd",
        "/var/db.sqlite3",
        "/manage.py",
    ],
)
def test_neither_source_nor_folders_nor_files_of_the_server_are_served(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "SECRET_KEY" not in response.text


@pytest.mark.asvs("16.5.1", "13.4.2")
def test_a_failure_says_nothing_of_the_inside(
    alice: Person, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("SECRET of the inside")

    visitor = Client(raise_request_exception=False)
    visitor.force_login(alice)
    monkeypatch.setattr("assessments.views.report.compose", fails)
    response = visitor.get(f"/assessments/{assessment.pk}/report/")
    assert response.status_code == 500
    for word in INSIDE:
        assert word not in response.text


@pytest.mark.asvs("13.4.5")
@pytest.mark.django_db
def test_the_address_for_monitors_says_only_that_it_works(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.asvs("4.1.2")
@pytest.mark.django_db
def test_a_monitor_is_answered_and_not_redirected(https: Callable[..., Client]) -> None:
    https()
    plain = Client(headers={"host": "qmm.example.com"})
    assert plain.get("/healthz").status_code == 200
    assert plain.get("/assessments/").status_code == 301


@pytest.mark.asvs("7.2.1", "7.2.2")
def test_a_made_up_session_is_none(client: Client, alice: Person) -> None:
    for key in ("a" * 32, "", "../../etc/passwd", "0"):
        client.cookies["sessionid"] = key
        assert client.get("/assessments/").status_code == 302
    assert not Session.objects.exists()


class TestMessages:
    """Where one ends the built-in server decides as the standard says; what is ambiguous it refuses."""

    def parsed(self, head: bytes) -> HTTPRequestParser:
        parser = HTTPRequestParser(Adjustments(**serve.limits()))
        parser.received(head)
        return parser

    @pytest.mark.asvs("4.2.1")
    def test_chunks_win_over_a_length(self) -> None:
        head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        parser = self.parsed(head)
        assert parser.chunked or parser.error

    @pytest.mark.asvs("4.2.1")
    @pytest.mark.parametrize(
        "field",
        [
            b"Transfer-Encoding: xchunked",
            b"Transfer-Encoding : chunked",
            b"Content-Length: 4\r\nContent-Length: 5",
            b"Content-Length: +4",
            b"Content-Length: 4_0",
            b"X: a\nTransfer-Encoding: chunked",
        ],
    )
    def test_what_is_ambiguous_is_refused(self, field: bytes) -> None:
        assert self.parsed(b"POST / HTTP/1.1\r\nHost: a\r\n" + field + b"\r\n\r\n").error is not None
