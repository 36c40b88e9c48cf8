"""Being asked once more before something sensitive: by what, for how long, and that it leads back under a new key."""

import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.test import Client

import qmm_site.settings
from assessments.models import MemberInvitation, Membership, Organisation, Person, Site
from tests.assessments.test_people import NEW
from tests.conftest import PASSWORD
from tests.second_factors import code_of, just_signed_in, recovery_codes_of, signed_in_long_ago, with_app

SENSITIVE = "/accounts/second-factor/app/add/"
ASKED = f"/accounts/again/?next={SENSITIVE.replace('/', '%2F')}"
SESSION = configured.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def five_minutes(settings: Any) -> None:
    """As the product has it; the other tests may take longer."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = qmm_site.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    moment = time.time() + seconds
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: moment)


def test_who_has_just_signed_in_is_not_asked(alice: Person) -> None:
    assert just_signed_in(alice).get(SENSITIVE).status_code == 200


@pytest.mark.asvs("7.5.1")
def test_who_has_just_signed_up_is_not_asked(client: Client, db: None) -> None:
    sent = {"name": "Nina", "email": "nina@acme.example", "password1": NEW, "password2": NEW}
    client.post("/accounts/signup/", sent)
    assert client.get(SENSITIVE).status_code == 200


def test_after_five_minutes_one_is_asked_and_comes_back(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = just_signed_in(alice)
    later(monkeypatch, 301)
    assert client.get(SENSITIVE)["Location"] == ASKED
    assert "Is it you?" in client.get(ASKED).text
    assert client.post(ASKED, {"password": PASSWORD})["Location"] == SENSITIVE
    assert client.get(SENSITIVE).status_code == 200


def test_a_wrong_password_does_not_lead_on(alice_client: Client) -> None:
    response = alice_client.post(ASKED, {"password": "guess"})
    assert response.status_code == 422
    assert "This is not your password." in response.text
    assert alice_client.get(SENSITIVE).status_code == 302


@pytest.mark.parametrize("after", ["?next=//evil.example", "?next=https://evil.example/", "?next=word", ""])
def test_it_leads_nowhere_else(alice_client: Client, after: str) -> None:
    response = alice_client.post(f"/accounts/again/{after}", {"password": PASSWORD})
    assert response["Location"] == "/assessments/"


def test_a_code_does_as_well(alice: Person) -> None:
    with_app(alice)
    for code in (code_of(), recovery_codes_of(alice)[0]):
        client = Client()
        client.force_login(alice)
        address = "/accounts/second-factor/recovery-codes/new/"
        assert "/accounts/second-factor/again/" in client.get("/accounts/again/").text
        response = client.post(f"/accounts/second-factor/again/?next={address}", {"code": code})
        assert response["Location"] == address
        assert client.get(address).status_code == 200


def test_the_key_of_the_session_is_another_afterwards_and_the_list_knows_it(alice: Person) -> None:
    client = just_signed_in(alice)
    before = client.cookies[SESSION].value
    client.post(ASKED, {"password": PASSWORD})
    after = client.cookies[SESSION].value
    assert before != after
    assert UserSession.objects.get().session_key == after
    thief = Client()
    thief.cookies[SESSION] = before
    assert thief.get("/assessments/").status_code == 302


@pytest.mark.asvs("6.3.1")
def test_guesses_are_limited_and_who_guesses_from_outside_keeps_nobody_from_it(
    alice: Person, alice_client: Client
) -> None:
    for number in range(10):
        outside = Client(REMOTE_ADDR=f"203.0.113.{number + 1}")
        outside.post("/accounts/login/", {"login": alice.email, "password": "guess"})
    assert alice_client.post(ASKED, {"password": PASSWORD}).status_code == 302
    for _ in range(9):
        assert alice_client.post(ASKED, {"password": "guess"}).status_code == 422
    assert alice_client.post(ASKED, {"password": PASSWORD}).status_code == 429
    assert alice_client.get("/accounts/password/change/").status_code == 200


def test_who_signs_in_elsewhere_signs_in_there_again(acme: Organisation, alice: Person) -> None:
    """Without password and factor there is nothing to ask here."""
    Person.objects.filter(pk=alice.pk).update(password="!")
    alice.refresh_from_db()
    client = signed_in_long_ago(alice)
    response: Any = client.get(f"/organisations/{acme.pk}/second-factor/")
    assert response["Location"].startswith("/accounts/login/?next=")
    assert "_auth_user_id" not in client.session


def test_five_minutes_are_what_the_product_has() -> None:
    assert qmm_site.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT == 300


ALREADY_TO_BE_READ = [
    "/accounts/name/",
    "/organisations/{organisation}/second-factor/",
    "/organisations/{organisation}/people/{member}/",
    "/organisations/{organisation}/people/{member}/remove/",
]
# These pages also stop a deletion and end an access, which must be quick: only what they begin is asked about.
WHEN_SENT = ["/organisations/{organisation}/deletion/", "/organisations/{organisation}/server-access/"]


@pytest.mark.parametrize(
    ("method", "page"),
    [("get", page) for page in ALREADY_TO_BE_READ] + [("post", page) for page in ALREADY_TO_BE_READ + WHEN_SENT],
)
def test_what_is_sensitive_asks_first(acme: Organisation, alice: Person, bob: Person, method: str, page: str) -> None:
    member = Membership.objects.get(person=bob)
    address = page.format(organisation=acme.pk, member=member.pk)
    response = getattr(signed_in_long_ago(alice), method)(address)
    assert (response.status_code, response["Location"][:22]) == (302, "/accounts/again/?next=")
    recent = just_signed_in(alice).get(address)
    assert recent.status_code == 200


def test_an_invitation_is_made_once_it_is_known_who_invites_and_with_what_was_typed(
    acme: Organisation, alice: Person, northfield: Site
) -> None:
    client, address = signed_in_long_ago(alice), f"/organisations/{acme.pk}/people/invite/"
    typed = {"email": "vera@acme.example", "role": "contributor", "where": "some", "sites": [northfield.pk]}
    asked: Any = client.post(address, typed)
    assert asked["Location"].startswith("/accounts/again/?next=")
    assert not MemberInvitation.objects.exists()
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert "vera@acme.example has been invited." in page.text
    made = MemberInvitation.objects.get()
    assert (made.email, made.role, list(made.sites.all())) == ("vera@acme.example", "contributor", [northfield])
    refused: Any = client.post(address, typed)
    assert refused.status_code == 422  # asked no more: what is wrong is said at once


def test_nobody_is_asked_who_may_not_invite(acme: Organisation, lars: Person) -> None:
    assert signed_in_long_ago(lars).post(f"/organisations/{acme.pk}/people/invite/").status_code == 404


def test_a_session_alone_gives_no_account_a_password(alice: Person) -> None:
    """With it whoever finds the browser could sign."""
    alice.set_unusable_password()
    alice.save()
    sent = {"password1": "a brand new battery staple", "password2": "a brand new battery staple"}
    response: Any = signed_in_long_ago(alice).post("/accounts/password/set/", sent)
    assert response["Location"].startswith("/accounts/login/?next=")
    alice.refresh_from_db()
    assert not alice.has_usable_password()
