"""When the database cannot be written, is full, busy or away: 503, "not saved", and everything typed on the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from assessments.models import Assessment
from tests.sent_forms import Fields, address, fields_of

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {
    "capa-choice": "between",
    "capa-exact": "3.4",
    "capa-rationale": "\r\n" + "Long words 😀 " * 700,
    "capa-evidence-0-title": "QA-7",
    "continual-improvement-rationale": "<b>" * 3_000,
    "change-management-rationale": "x" * 10_000,
}


@pytest.fixture
def page(alice_client: Client, assessment: Assessment) -> Fields:
    return fields_of(alice_client.get(address(assessment)))


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def set_for_a_while(on: str, off: str) -> Iterator[None]:
    execute(on)
    try:
        yield
    finally:
        execute(off)


def read_only() -> Any:
    if connection.vendor == "sqlite":
        return set_for_a_while("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
    return set_for_a_while("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")


@contextmanager
def written_by_someone_else() -> Iterator[None]:
    """Another connection is in the middle of writing, and takes longer than we wait."""
    other = connection.copy()
    if connection.vendor == "sqlite":
        patience = set_for_a_while("PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000")
    else:
        patience = set_for_a_while("SET lock_timeout = '50ms'", "SET lock_timeout = 0")
    try:
        other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with other.cursor() as cursor:
            cursor.execute("UPDATE assessments_assessment SET title = 'Another'")
        with patience:
            yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def full_disk() -> Iterator[None]:
    """The file has no room left in it and may not grow any more."""
    execute("VACUUM")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        execute("PRAGMA max_page_count = 1073741823")


def assert_nothing_is_lost(response: Any, assessment: Assessment) -> None:
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Not saved: the database" in response.content.decode()
    kept = fields_of(response)
    assert {name: kept[name] for name in TYPED} == TYPED
    assert not assessment.answers.exclude(version=0).exists()


@pytest.mark.parametrize("failure", [read_only, written_by_someone_else, full_disk])
def test_what_cannot_be_written_stays_on_the_whole_page(
    alice_client: Client, assessment: Assessment, page: Fields, failure: Any
) -> None:
    if failure is full_disk and connection.vendor != "sqlite":
        pytest.skip("filling a disk is left to SQLite, whose file can be told its size")
    with failure():
        response = alice_client.post(address(assessment), page | TYPED)
        assert "Corrective and preventive action" in response.content.decode()
    assert_nothing_is_lost(response, assessment)
    assert alice_client.post(address(assessment), fields_of(response)).status_code == 302
    assert assessment.answers.filter(version=1).count() == 3


def test_a_read_only_database_can_be_read(alice_client: Client, assessment: Assessment) -> None:
    with read_only():
        assert alice_client.get(address(assessment)).status_code == 200


def test_without_any_database_the_page_still_holds_what_was_typed(
    alice_client: Client, assessment: Assessment, page: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("could not connect")

    connection.close()
    with monkeypatch.context() as away:
        away.setattr(connection, "connect", refuse)
        response = alice_client.post(address(assessment), page | TYPED)
    assert_nothing_is_lost(response, assessment)
    assert settings.SECRET_KEY not in response.content.decode()
    assert alice_client.post(address(assessment), fields_of(response)).status_code == 302
    assert assessment.answers.filter(version=1).count() == 3
