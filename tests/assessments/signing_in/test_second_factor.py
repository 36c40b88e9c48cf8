"""The second factor: setting one up, signing in with it, codes that work once, and what a hostile credential gets."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from assessments.models import Organisation, Person
from assessments.signing_in import passkeys
from assessments.signing_in.factors import FactorAdapter
from tests.second_factors import SECRET, code_of, just_signed_in, recovery_codes_of, sign_in_by_password, with_app

INDEX = "/accounts/second-factor/"
SECOND = f"{INDEX}sign-in/"
ADD = f"{INDEX}app/add/"
WRONG = "This is not the code of this moment"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_app_is_set_up_by_its_code_and_recovery_codes_come_with_it(alice: Person) -> None:
    client = just_signed_in(alice)
    secret = re.search(r'id="key" value="(\w+)"', client.get(ADD).text)
    assert secret
    response = client.post(ADD, {"code": code_of(secret[1])}, follow=True)
    assert response.redirect_chain == [(f"{INDEX}recovery-codes/", 302)]
    assert set(re.findall(r"<li>(\d{8})</li>", response.text)) == set(recovery_codes_of(alice))
    assert client.get(f"{INDEX}recovery-codes/download/").text.count("\n") > 10


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(alice: Person) -> None:
    client = just_signed_in(alice)
    secret = re.search(r'id="key" value="(\w+)"', client.get(ADD).text)
    assert secret
    response = client.post(ADD, {"code": "000000"})
    assert response.status_code == 422
    assert WRONG in response.text
    assert secret[1] in response.text
    assert not Authenticator.objects.exists()


@pytest.mark.asvs("6.3.3", "6.3.4")
def test_the_password_alone_no_longer_signs_in(client: Client, alice: Person) -> None:
    with_app(alice)
    assert sign_in_by_password(client, alice) == SECOND
    assert not is_signed_in(client)
    assert client.get("/assessments/").status_code == 302
    assert "Your second factor" in client.get(SECOND).text
    assert client.post(SECOND, {"code": code_of()})["Location"] == "/assessments/"
    assert is_signed_in(client)


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６", "1" * 41, "\x00"])
def test_a_wrong_code_does_not_sign_in(client: Client, alice: Person, code: str) -> None:
    with_app(alice)
    sign_in_by_password(client, alice)
    response = client.post(SECOND, {"code": code})
    assert response.status_code == 422
    assert not is_signed_in(client)


@pytest.mark.asvs("6.5.1")
@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_the_app_works_once(client: Client, alice: Person, steps: int, monkeypatch: Any) -> None:
    """Also after the half minute for which allauth remembers it."""
    with_app(alice)
    code = code_of(steps=steps)
    sign_in_by_password(client, alice)
    client.post(SECOND, {"code": code})
    assert is_signed_in(client)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *_: True)
    other = Client()
    sign_in_by_password(other, alice)
    assert WRONG in other.post(SECOND, {"code": code}).text
    assert WRONG in other.post(SECOND, {"code": f"{code[:3]} {code[3:]}"}).text
    assert not is_signed_in(other)


@pytest.mark.asvs("6.5.5")
def test_an_old_code_is_none(client: Client, alice: Person) -> None:
    with_app(alice)
    sign_in_by_password(client, alice)
    assert client.post(SECOND, {"code": code_of(steps=-3)}).status_code == 422


@pytest.mark.asvs("6.5.1")
def test_each_recovery_code_works_once(alice: Person) -> None:
    with_app(alice)
    first, second = recovery_codes_of(alice)[:2]
    outcomes = []
    for code in (first, first, second):
        client = Client()
        sign_in_by_password(client, alice)
        client.post(SECOND, {"code": code})
        outcomes.append(is_signed_in(client))
    assert outcomes == [True, False, True]
    assert len(recovery_codes_of(alice)) == 8


def test_new_recovery_codes_end_the_old(alice: Person) -> None:
    with_app(alice)
    client = just_signed_in(alice)
    old = recovery_codes_of(alice)
    client.post(f"{INDEX}recovery-codes/new/")
    assert not set(old) & set(recovery_codes_of(alice))


@pytest.mark.asvs("6.5.4", "6.3.1")
def test_ten_guesses_of_a_code_in_a_quarter_of_an_hour(alice: Person) -> None:
    with_app(alice)
    for number in range(10):
        client = Client(REMOTE_ADDR=f"203.0.113.{number + 1}")
        sign_in_by_password(client, alice)
        client.post(SECOND, {"code": "000000"})
    client = Client()
    sign_in_by_password(client, alice)
    assert "There were too many attempts" in client.post(SECOND, {"code": code_of()}).text
    assert not is_signed_in(client)


def test_removing_the_app_takes_the_recovery_codes_along(alice: Person) -> None:
    with_app(alice)
    client = just_signed_in(alice)
    assert "recovery codes end as well" in client.get(f"{INDEX}app/remove/").text
    client.post(f"{INDEX}app/remove/")
    assert not Authenticator.objects.exists()


@pytest.mark.asvs("6.5.2")
def test_the_database_alone_gives_no_codes_away(alice: Person, settings: Any) -> None:
    stored = with_app(alice).data["secret"]
    assert SECRET not in stored
    assert FactorAdapter().decrypt(stored) == SECRET
    settings.SECRET_KEY = "another" * 10
    assert FactorAdapter().decrypt(stored) not in ("", SECRET)
    client = Client()
    sign_in_by_password(client, alice)
    assert WRONG in client.post(SECOND, {"code": code_of()}).text


def test_a_new_key_ends_app_and_recovery_codes_until_the_command_forgets_them(alice: Person, settings: Any) -> None:
    """As docs/deployment.md says, also when the old key may still be read."""
    with_app(alice)
    recovery = recovery_codes_of(alice)[0]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
    client = Client()
    sign_in_by_password(client, alice)
    for code in (code_of(), recovery):
        assert WRONG in client.post(SECOND, {"code": code}).text
    call_command("forget_second_factor", alice.email)
    client = Client()
    sign_in_by_password(client, alice)
    assert is_signed_in(client)


@pytest.mark.asvs("7.5.1", "6.4.4")
@pytest.mark.parametrize("page", ["app/remove/", "recovery-codes/new/", "recovery-codes/", "recovery-codes/download/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_changing_a_factor_asks_who_it_is(alice: Person, page: str, method: str) -> None:
    before = with_app(alice).data, recovery_codes_of(alice)
    client = Client()
    client.force_login(alice)
    response = getattr(client, method)(f"{INDEX}{page}")
    if page == "recovery-codes/" and method == "post":
        assert response.status_code == 405
    else:
        assert response["Location"].startswith("/accounts/again/?next=")
    assert (Authenticator.objects.get(type="totp").data, recovery_codes_of(alice)) == before


@pytest.mark.asvs("7.5.1", "6.4.4")
def test_adding_one_asks_who_it_is(alice_client: Client, settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000"
    for address in (ADD, "/accounts/passkeys/add/"):
        assert alice_client.get(address)["Location"].startswith("/accounts/again/?next=")


@pytest.mark.parametrize(
    ("site_url", "why"),
    [
        ("https://qmm.example.com", ""),
        ("http://localhost:8000", ""),
        ("http://127.0.0.1:8000", "SITE_URL=http://localhost:8000"),
        ("https://10.0.0.5", "goes by the number 10.0.0.5"),
        ("https://[::1]", "goes by the number ::1"),
        ("http://qmm.example.com", "need https"),
    ],
)
def test_passkeys_are_offered_where_a_browser_can_make_them_and_else_it_says_why(
    alice: Person, settings: Any, site_url: str, why: str
) -> None:
    settings.SITE_URL = site_url
    client = just_signed_in(alice)
    text = client.get(INDEX).text
    assert passkeys.are_offered() is (not why)
    assert ("/accounts/passkeys/add/" in text) is (not why)
    assert why in text.replace("&#x27;", "'")
    assert client.get("/accounts/passkeys/add/").status_code == (404 if why else 200)
    assert ("data-passkey" in Client().get("/accounts/login/").text) is (not why)


HOSTILE = [
    "",
    "x",
    "1",
    "[]",
    "{}",
    "null",
    '"text"',
    '{"id": 1}',
    '{"response": []}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "userHandle": "AA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "signature": "AA"}}',
    '{"id": "é", "rawId": "é", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    "[" * 5000,
]


@pytest.mark.asvs("11.6.1")
@pytest.mark.parametrize("credential", HOSTILE)
@pytest.mark.parametrize("page", ["sign-in/", "again/", "add/"])
def test_a_credential_that_no_browser_made_is_refused(alice: Person, settings: Any, credential: str, page: str) -> None:
    settings.SITE_URL = "http://localhost:8000"
    client = Client() if page == "sign-in/" else just_signed_in(alice)
    address = f"/accounts/passkeys/{page}"
    client.get(address, headers={"Accept": "application/json"})
    response = client.post(address, {"credential": credential, "name": "Mine"})
    assert response.status_code in (302, 422)
    assert not Authenticator.objects.exists()
    assert is_signed_in(client) is (page != "sign-in/")


def test_the_admin_shows_neither_factors_nor_sessions(alice: Person, acme: Organisation) -> None:
    Person.objects.update(is_staff=True, is_superuser=True)
    client = just_signed_in(alice)
    text = client.get("/admin/").text
    for kept in ("/admin/mfa/", "/admin/usersessions/"):
        assert kept not in text
        assert client.get(kept).status_code == 404


def test_who_has_lost_everything_is_helped_on_the_server(client: Client, alice: Person, bob: Person) -> None:
    with_app(bob)
    with_app(alice)
    open_still = just_signed_in(alice)
    call_command("forget_second_factor", "Alice@acme.example")
    assert not is_signed_in_at(open_still)
    assert sign_in_by_password(client, alice) == "/assessments/"
    assert Authenticator.objects.filter(user=bob).count() == 2
    with pytest.raises(CommandError, match="No account"):
        call_command("forget_second_factor", "nobody@acme.example")


def is_signed_in_at(client: Client) -> bool:
    return client.get(INDEX).status_code == 200
