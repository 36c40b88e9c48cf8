"""How long a session lasts, by a clock that the tests set: idle, at most, on every kind of answer, and unforgeable."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.db import OperationalError
from django.test import Client

from assessments.models import Assessment, Person
from tests.conftest import PASSWORD

MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
LIST = "/assessments/"
SEEN = configured.SEEN_COOKIE_NAME
SESSION = configured.SESSION_COOKIE_NAME

SetClock = Callable[..., None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    def set_to(**passed: float) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING + timedelta(**passed))

    set_to()
    return set_to


@pytest.fixture
def signed_in(clock: SetClock, acme: Any, alice: Person) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    return client


def lets_in(client: Client) -> bool:
    response = client.get(LIST)
    assert response.status_code in (200, 302)
    return bool(response.status_code == 200)


@pytest.mark.asvs("7.3.1")
@pytest.mark.parametrize(("minutes", "is_in"), [(0, True), (29, True), (30, False), (31, False), (60 * 24, False)])
def test_who_is_idle_for_half_an_hour_is_signed_out(
    signed_in: Client, clock: SetClock, minutes: int, is_in: bool
) -> None:
    clock(minutes=minutes)
    assert lets_in(signed_in) is is_in


@pytest.mark.asvs("7.3.2")
def test_who_goes_on_stays_signed_in_for_twelve_hours_and_no_longer(signed_in: Client, clock: SetClock) -> None:
    for minutes in range(20, 12 * 60, 20):
        clock(minutes=minutes)
        assert lets_in(signed_in), minutes
        session = signed_in.session
        session["anything"] = minutes
        session.save()  # from then on Django itself would keep it for another twelve hours
    clock(hours=12)
    assert not lets_in(signed_in)


def test_both_times_are_settings(signed_in: Client, clock: SetClock, settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_MAX_HOURS = 5, 1
    clock(minutes=4)
    assert lets_in(signed_in)
    clock(minutes=10)
    assert not lets_in(signed_in)


@pytest.mark.asvs("9.1.1")
@pytest.mark.parametrize("mark", ["", "9999999999.x", "9999999999", "x.y", "²3.z", "-1.a", "0."])
def test_a_forged_mark_is_no_mark(signed_in: Client, clock: SetClock, mark: str) -> None:
    clock(minutes=31)
    signed_in.cookies[SEEN] = mark
    assert not lets_in(signed_in)


@pytest.mark.asvs("9.2.2")
def test_the_mark_of_one_session_is_none_of_another(
    signed_in: Client, clock: SetClock, mallory_client: Client, mallory: Person
) -> None:
    clock(minutes=29)
    mallory_client.force_login(mallory)
    mallory_client.get(LIST)
    clock(minutes=31)
    signed_in.cookies[SEEN] = mallory_client.cookies[SEEN].value
    assert not lets_in(signed_in)


def test_an_old_mark_does_not_wake_a_session(signed_in: Client, clock: SetClock) -> None:
    """Cookies copied in the morning are worth nothing after half an hour, however busy their owner was."""
    copied = {name: signed_in.cookies[name].value for name in (SESSION, SEEN)}
    clock(minutes=25)
    lets_in(signed_in)
    clock(minutes=40)
    thief = Client()
    thief.cookies.load(copied)
    assert not lets_in(thief)
    assert lets_in(signed_in)


def test_a_session_from_before_these_times_is_none(signed_in: Client) -> None:
    session = signed_in.session
    del session["sign_in"]
    session.save()
    assert not lets_in(signed_in)


def test_looking_writes_nothing_for_a_minute_and_then_once(
    signed_in: Client, clock: SetClock, assessment: Assessment
) -> None:
    UserSession.objects.update(last_seen_at=MORNING)
    lets_in(signed_in)
    clock(seconds=59)
    assert SEEN not in signed_in.get(LIST).cookies
    assert UserSession.objects.get().last_seen_at == MORNING
    clock(seconds=60)
    assert SEEN in signed_in.get(LIST).cookies
    clock(seconds=125)
    signed_in.get(LIST)
    assert UserSession.objects.get().last_seen_at == MORNING + timedelta(seconds=125)


def test_a_disk_that_is_read_only_spoils_no_page(
    signed_in: Client, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", refuse)
    for minutes in range(20, 100, 20):
        clock(minutes=minutes)
        assert lets_in(signed_in)


def test_a_page_without_an_account_neither_reads_nor_marks_a_session(signed_in: Client, clock: SetClock) -> None:
    clock(minutes=2)
    response = signed_in.get("/healthz")
    assert SEEN not in response.cookies


def test_a_save_after_half_an_hour_hears_that_it_is_signed_out(
    signed_in: Client, clock: SetClock, assessment: Assessment
) -> None:
    clock(minutes=31)
    response = signed_in.post(f"/assessments/{assessment.pk}/answers/capa/", {"rationale": "Seen"})
    assert (response.status_code, response.json()) == (403, {"outcome": "signed_out"})


@pytest.mark.asvs("7.2.4")
def test_signing_in_as_the_same_person_changes_the_key(signed_in: Client, alice: Person) -> None:
    before = signed_in.cookies[SESSION].value
    signed_in.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    assert signed_in.cookies[SESSION].value != before
    thief = Client()
    thief.cookies[SESSION] = before
    assert not lets_in(thief)
