"""How often something may be tried: guesses per account from anywhere, nobody else locked out, and counts per link."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from assessments.models import MemberInvitation, Organisation, Person
from assessments.signing_in import limits
from assessments.signing_in.account_adapter import AccountAdapter
from assessments.signing_in.limits import RATES, Limit, allows, allows_here, forget_tries
from tests.assessments.test_member_invitations import invite
from tests.conftest import PASSWORD

SIGN_IN = "/accounts/login/"
TOO_MANY = "There were too many attempts. Wait a quarter of an hour"


def guess(number: int, login: str, **extra: Any) -> Any:
    """Each from another address of the network."""
    data = {"login": login, "password": f"guess {number}"}
    return Client(REMOTE_ADDR=f"203.0.113.{number + 1}").post(SIGN_IN, data, **extra)


def guess_ten_times(person: Person) -> None:
    for number in range(10):
        assert TOO_MANY not in guess(number, person.email).text


def signs_in(person: Person, **extra: Any) -> bool:
    client = Client(**extra)
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    return "_auth_user_id" in client.session


@pytest.mark.asvs("6.3.1")
def test_after_ten_guesses_from_anywhere_an_account_takes_no_more(alice: Person) -> None:
    guess_ten_times(alice)
    response = guess(10, alice.email)
    assert response.status_code == 422
    assert TOO_MANY in response.text
    assert not signs_in(alice)


def test_after_a_quarter_of_an_hour_it_takes_them_again(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    guess_ten_times(alice)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: 4_000_000_000.0)
    assert signs_in(alice)


@pytest.mark.parametrize("login", ["ALICE@acme.example", " alice@acme.example ", "alice@ａcme.example"])
def test_another_way_to_write_the_address_gives_no_further_guesses(alice: Person, login: str) -> None:
    guess_ten_times(alice)
    text = guess(11, login).text
    assert TOO_MANY in text or "Enter a valid email address." in text


def test_another_name_of_the_site_gives_no_further_guesses(alice: Person) -> None:
    guess_ten_times(alice)
    assert TOO_MANY in guess(11, alice.email, HTTP_HOST="localhost").text


@pytest.mark.asvs("6.3.1")
def test_nobody_else_is_locked_out_not_even_at_the_same_address(alice: Person, mallory: Person) -> None:
    for _ in range(12):
        Client().post(SIGN_IN, {"login": alice.email, "password": "guess"})
    assert signs_in(mallory)


def test_who_is_in_already_stays_in_and_can_confirm_by_password(alice: Person) -> None:
    client = Client()
    client.force_login(alice)
    guess_ten_times(alice)
    assert client.get("/accounts/password/change/").status_code == 200
    request = RequestFactory().post("/")
    request.user = alice
    assert AccountAdapter(request)._get_login_attempts_cache_key(request, email=alice.email) == alice.email


def test_signing_in_well_uses_nothing_up(alice: Person) -> None:
    for _ in range(12):
        assert signs_in(alice)


@pytest.mark.asvs("6.3.1")
def test_a_flood_of_other_addresses_does_not_wipe_out_the_guesses(alice: Person, settings: Any) -> None:
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


@pytest.mark.asvs("2.4.1")
def test_an_address_gets_five_mails_in_an_hour(alice: Person) -> None:
    codes = [
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/accounts/password/reset/", {"email": alice.email}).status_code
        for number in range(1, 8)
    ]
    assert codes == [302] * 5 + [429] * 2
    assert len(mail.outbox) == 5


@pytest.mark.django_db
def test_a_shared_count_is_kept_per_key(monkeypatch: pytest.MonkeyPatch, alice: Person) -> None:
    monkeypatch.setitem(RATES, Limit.INVITATION, "2/h/key")
    request = RequestFactory().get("/")
    request.user = alice
    tries = [allows(request, Limit.INVITATION, key) for key in ("1", "1", "1", "2")]
    assert tries == [True, True, False, True]


def test_a_count_of_this_process_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RATES, Limit.PDF, "2/m/key")
    monkeypatch.setitem(RATES, Limit.LINK, "1/m/key")
    tries = [allows_here(limit, key) for limit, key in [(Limit.PDF, "1")] * 3 + [(Limit.PDF, "2"), (Limit.LINK, "1")]]
    assert tries == [True, True, False, True, True]
    monkeypatch.setattr("assessments.signing_in.limits.time.monotonic", lambda: 1e9)
    assert allows_here(Limit.PDF, "1")


def test_counts_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.signing_in.limits.MOST_KEYS", 10)
    forget_tries()
    for number in range(100):
        allows_here(Limit.LINK, str(number))
    assert len(limits._tries) <= 11


def test_whoever_invites_many_has_to_wait(
    alice_client: Client, acme: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RATES, Limit.INVITATION, "1/h/key")
    assert invite(alice_client, acme).status_code == 200
    assert invite(alice_client, acme, email="w@acme.example").status_code == 429
    assert MemberInvitation.objects.count() == 1
