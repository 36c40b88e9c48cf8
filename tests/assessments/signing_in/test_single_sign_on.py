"""Signing in by another site: a small one of our own answers in place of the network, well and badly."""

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils.html import escape

from assessments.models import Membership, Person
from qmm_site.environment import SettingsError, single_sign_on
from tests.conftest import PASSWORD
from tests.second_factors import with_app

pytestmark = pytest.mark.django_db
SERVER = "https://login.example.com/realms/acme"
GO = "/accounts/oidc/company/login/"
BACK = "/accounts/oidc/company/callback/"
EVE = {"sub": "17", "email": "Eve@acme.example", "email_verified": True, "name": "Eve Engel"}


class Answer:
    def __init__(self, content: Any, status_code: int = 200) -> None:
        self.content, self.status_code = content, status_code
        self.headers = {"content-type": "application/json"}
        self.ok = status_code < 400
        self.text = str(content)

    def json(self) -> Any:
        return self.content

    def raise_for_status(self) -> None:
        if not self.ok:
            raise requests.HTTPError(f"{self.status_code}")


class OtherSite:
    """What a provider answers at each of its addresses; a test changes `claims`, `userinfo` or `token`."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = dict(EVE)
        self.userinfo: dict[str, Any] | None = None
        self.token: dict[str, Any] = {}
        self.sent: list[dict[str, Any]] = []
        self.is_away = False

    def __enter__(self) -> "OtherSite":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def request(self, _method: str, url: str, **options: Any) -> Answer:
        if self.is_away:
            raise requests.ConnectionError("no route")
        if url.endswith("/.well-known/openid-configuration"):
            return Answer({"issuer": SERVER, "jwks_uri": f"{SERVER}/keys", **self._endpoints()})
        if url == f"{SERVER}/token":
            self.sent.append(options.get("data") or {})
            now = int(time.time())
            claims = {"iss": SERVER, "aud": "qmm", "iat": now, "exp": now + 60, **self.claims}
            token = jwt.encode(claims, "a key of the other site alone, long enough", algorithm="HS256")
            return Answer({"access_token": "access", "token_type": "Bearer", "id_token": token, **self.token})
        assert url == f"{SERVER}/userinfo"
        return Answer(self.claims if self.userinfo is None else self.userinfo)

    def get(self, url: str, **options: Any) -> Answer:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Answer:
        return self.request("POST", url, **options)

    @staticmethod
    def _endpoints() -> dict[str, str]:
        names = {"authorization": "authorise", "token": "token", "userinfo": "userinfo"}
        return {f"{name}_endpoint": f"{SERVER}/{path}" for name, path in names.items()}


def configure(settings: Any, *, links: bool) -> None:
    app = {"name": "Acme", "server": SERVER, "client_id": "qmm", "secret": "s3cret"}
    settings.OIDC_NAME, settings.SOCIALACCOUNT_PROVIDERS = "Acme", single_sign_on(**app, links=links)


@pytest.fixture
def other_site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> OtherSite:
    site = OtherSite()
    configure(settings, links=False)
    adapter = "assessments.signing_in.single_sign_on.SingleSignOnAdapter.get_requests_session"
    monkeypatch.setattr(adapter, lambda _: site)
    return site


def led_to(client: Client, after: str = "") -> dict[str, str]:
    """What the other site is asked, as one's browser carries it there."""
    response = client.post(f"{GO}{after}")
    assert response.status_code == 200
    address = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', response.text)
    assert address
    parts = urlsplit(address[1].replace("&amp;", "&"))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{SERVER}/authorise"
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def come_back(client: Client, after: str = "") -> Any:
    asked = led_to(client, after)
    return client.get(BACK, {"state": asked["state"], "code": "c0de"})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_without_configuration_there_is_none(client: Client) -> None:
    assert "oidc" not in client.get("/accounts/login/").text
    assert client.post(GO).status_code == 404
    assert client.get(BACK).status_code == 404


def test_a_new_person_gets_an_account_and_no_organisation(client: Client, other_site: OtherSite) -> None:
    assert "Acme</button>" in client.get("/accounts/login/").text
    response = come_back(client)
    assert (response.status_code, response["Location"]) == (302, "/assessments/")
    eve = Person.objects.get()
    assert (eve.email, eve.name, eve.has_usable_password()) == ("eve@acme.example", "Eve Engel", False)
    assert not Membership.objects.exists()
    assert is_signed_in(client)
    assert client.get("/assessments/")["Location"] == "/set-up/"


def test_the_same_person_comes_back_to_the_same_account_also_under_a_new_address(other_site: OtherSite) -> None:
    come_back(Client())
    other_site.claims["email"] = "eve.new@acme.example"
    client = Client()
    come_back(client)
    assert is_signed_in(client)
    assert Person.objects.count() == 1


def test_it_asks_with_a_state_and_a_proof_and_for_no_more_than_it_needs(client: Client, other_site: OtherSite) -> None:
    asked = led_to(client)
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"].endswith(BACK)
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", "qmm", "S256")
    client.get(BACK, {"state": asked["state"], "code": "c0de"})
    assert other_site.sent[0]["code_verifier"]


@pytest.mark.parametrize(
    ("after", "leads_to"), [("?next=/organisations/", "/organisations/"), ("?next=//evil.example", "/assessments/")]
)
def test_it_leads_to_where_one_wanted_and_nowhere_else(
    client: Client, other_site: OtherSite, after: str, leads_to: str
) -> None:
    assert come_back(client, after)["Location"] == leads_to


@pytest.mark.parametrize(
    "query", [{}, {"code": "c0de"}, {"state": "made-up", "code": "c0de"}, {"error": "access_denied"}]
)
def test_who_was_not_led_there_is_not_let_in(client: Client, other_site: OtherSite, query: dict[str, str]) -> None:
    led_to(Client())
    response = client.get(BACK, query)
    assert response.status_code == 403
    assert "You are not signed in" in response.text
    assert not is_signed_in(client)


def test_somebody_else_s_answer_is_none_of_mine(client: Client, other_site: OtherSite) -> None:
    asked = led_to(Client())
    client.get(BACK, {"state": asked["state"], "code": "c0de"})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("claims", "userinfo", "words"),
    [
        ({"iss": "https://evil.example"}, None, "did not sign you in"),
        ({"aud": "another"}, None, "did not sign you in"),
        ({"exp": 1}, None, "did not sign you in"),
        ({}, {**EVE, "sub": "18"}, "named two different people"),
        ({"email": None}, None, "gave no e-mail address"),
        ({"email": "no address"}, None, "gave no e-mail address"),
    ],
)
def test_an_answer_that_does_not_hold_makes_no_account(
    client: Client, other_site: OtherSite, claims: dict[str, Any], userinfo: dict[str, Any] | None, words: str
) -> None:
    other_site.claims |= claims
    other_site.userinfo = userinfo
    response = come_back(client)
    assert response.status_code == 403
    assert words in response.text
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["\x00", "a\ud800", "x" * 500, None, ["list"], "<b>Eve</b>"])
def test_a_name_is_taken_as_far_as_it_can_be_written(client: Client, other_site: OtherSite, name: Any) -> None:
    other_site.claims["name"] = name
    assert come_back(client).status_code in (302, 403)
    assert all(len(person.name) <= 200 for person in Person.objects.all())


def test_an_account_with_that_address_is_not_opened_unless_that_is_configured(
    client: Client, other_site: OtherSite, alice: Person
) -> None:
    other_site.claims["email"] = alice.email
    response = come_back(client)
    assert response.status_code == 403
    assert escape(f"There is an account with the address {alice.email} already") in response.text
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(("is_verified", "opens"), [(True, True), (False, False)])
def test_a_verified_address_opens_the_account_where_that_is_configured(
    client: Client, other_site: OtherSite, settings: Any, alice: Person, is_verified: bool, opens: bool
) -> None:
    configure(settings, links=True)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    other_site.claims |= {"email": alice.email, "email_verified": is_verified}
    come_back(client)
    assert is_signed_in(client) is opens
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert SocialAccount.objects.filter(user=alice).exists() is opens


def test_nothing_is_joined_to_an_account_that_happens_to_be_open(alice: Person, other_site: OtherSite) -> None:
    client = Client()
    client.force_login(alice)
    asked = led_to(client, "?process=connect")
    response = client.get(BACK, {"state": asked["state"], "code": "c0de"})
    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_here_as_well(other_site: OtherSite) -> None:
    come_back(Client())
    with_app(Person.objects.get())
    client = Client()
    assert come_back(client)["Location"] == "/accounts/second-factor/sign-in/"
    assert not is_signed_in(client)


def test_someone_switched_off_stays_out(other_site: OtherSite) -> None:
    come_back(Client())
    Person.objects.update(is_active=False)
    client = Client()
    come_back(client)
    assert not is_signed_in(client)


@pytest.mark.parametrize("step", ["go", "back"])
def test_another_site_that_is_away_is_said_plainly(client: Client, other_site: OtherSite, step: str) -> None:
    asked = {"state": ""} if step == "go" else led_to(client)
    other_site.is_away = True
    response = client.post(GO) if step == "go" else client.get(BACK, {"state": asked["state"], "code": "c0de"})
    assert response.status_code in (403, 503)
    assert "You are not signed in" in response.text


def test_it_takes_a_click(client: Client, other_site: OtherSite) -> None:
    """Else any page could sign one in as somebody."""
    assert client.get(GO).status_code == 405
    assert Client(enforce_csrf_checks=True).post(GO).status_code == 403


SSO = {"server": "https://login.example.com", "client_id": "qmm", "secret": "s3cret"}
NO_SSO = dict.fromkeys(SSO, "")


@pytest.mark.parametrize(("given", "missing"), [("server", "ID"), ("client_id", "SERVER"), ("secret", "SERVER")])
def test_half_a_single_sign_on_is_refused(given: str, missing: str) -> None:
    with pytest.raises(SettingsError, match=f"OIDC_(CLIENT_)?{missing} is missing"):
        single_sign_on(name="Acme", **{**NO_SSO, given: SSO[given]}, links=False)


def test_linking_accounts_without_single_sign_on_is_refused() -> None:
    with pytest.raises(SettingsError, match="OIDC_LINK_BY_ADDRESS"):
        single_sign_on(name="Acme", **NO_SSO, links=True)


def test_single_sign_on_is_all_or_nothing() -> None:
    assert single_sign_on(name="Acme", **NO_SSO, links=False) == {}
    (app,) = single_sign_on(name="Acme", **SSO, links=True)["openid_connect"]["APPS"]
    assert app["settings"] == {"server_url": "https://login.example.com", "email_authentication": True}
