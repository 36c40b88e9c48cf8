"""Nobody is led to another site, and nobody decides by a header what this site is called."""

from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client

from assessments.models import Assessment, Person
from tests.conftest import PASSWORD
from tests.every_address import every_address

ELSEWHERE = (
    "https://evil.example/",
    "http:evil.example",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\thttps://evil.example/",
    "https:/\\evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "login",
    "",
    "//127.0.0.1:8000@evil.example/",
    "http://127.0.0.1:8000.evil.example/",
)


def leads_to_us(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\", "/\t"))


@pytest.mark.asvs("3.7.2", "1.2.2")
@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_this_site(client: Client, alice: Person, assessment: Assessment, target: str) -> None:
    for address in ("/accounts/login/", "/admin/login/"):
        asked = client.get(address, {"next": target})
        assert "Location" not in asked.headers or leads_to_us(asked["Location"])
    sent = {"login": alice.email, "password": PASSWORD}
    for query, more in ((f"?next={quote(target)}", {}), ("", {"next": target})):
        response = client.post(f"/accounts/login/{query}", sent | more)
        assert response.status_code == 302
        assert leads_to_us(response["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_up_out_and_changing_lead_to_this_site(alice_client: Client, target: str) -> None:
    changed = {"oldpassword": PASSWORD, "password1": "quartz otter lantern", "password2": "quartz otter lantern"}
    for address, sent in (
        ("/preferences/", {"name": "shows_running_score", "is_on": "on", "next": target}),
        ("/accounts/password/change/", {**changed, "next": target}),
        ("/accounts/logout/", {"next": target}),
        ("/accounts/signup/", {"name": "Eve", "email": "eve@acme.example", **changed, "next": target}),
    ):
        response = alice_client.post(address, sent)
        assert response.status_code == 302, address
        assert leads_to_us(response["Location"]), address


@pytest.mark.asvs("3.7.2", "1.2.2")
@pytest.mark.parametrize("target", ELSEWHERE[:3])
def test_no_address_follows_a_next_that_leads_away(alice_client: Client, values: dict[str, Any], target: str) -> None:
    for address in every_address():
        if not address.is_of_admin and not address.name.endswith("pdf"):
            response = alice_client.get(address.path(values), {"next": target})
            assert "Location" not in response.headers or leads_to_us(response["Location"]), address.name


def test_an_address_of_ours_is_followed(client: Client, alice: Person, assessment: Assessment) -> None:
    here = f"/assessments/{assessment.pk}/report/"
    response = client.post(f"/accounts/login/?next={here}", {"login": alice.email, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, here)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "127.0.0.1@e", ""])
def test_by_another_name_the_site_is_not_there(host: str) -> None:
    assert Client(headers={"host": host}).get("/accounts/login/").status_code == 400


@pytest.mark.asvs("4.1.3")
@pytest.mark.django_db
@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url"])
def test_no_other_header_gives_the_site_a_name_or_an_address(client: Client, header: str) -> None:
    plain = client.get("/accounts/login/", headers={header: "evil.example"})
    assert plain.status_code == 200
    assert "evil.example" not in plain.text


def test_a_mail_names_the_site_as_it_is_set(client: Client, alice: Person) -> None:
    client.post("/accounts/password/reset/", {"email": alice.email}, headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in str(mail.outbox[0].body)
    assert "http://127.0.0.1:8000/" in str(mail.outbox[0].body)
