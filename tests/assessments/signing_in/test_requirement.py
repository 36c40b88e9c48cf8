"""An organisation that requires a second factor: who is led to set one up, what stays open, who switches it on."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.founding import found_organisation
from assessments.models import Assessment, Membership, Organisation, Person, Role
from assessments.signing_in.requirement import NoFactorError, set_requirement
from tests.second_factors import just_signed_in, signed_in_long_ago, with_app

INDEX = "/accounts/second-factor/"


@pytest.fixture
def strict(acme: Organisation) -> Organisation:
    Organisation.objects.filter(pk=acme.pk).update(requires_second_factor=True)
    return acme


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


INSIDE = ["/", "/assessments/", "/organisations/", "/preferences/", "/accounts/password/change/", "/accounts/sessions/"]


@pytest.mark.asvs("6.3.3", "6.3.4")
@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_factor_every_page_leads_to_setting_one_up(
    strict: Organisation, bob: Person, address: str, method: str
) -> None:
    response = getattr(client_of(bob), method)(address)
    assert (response.status_code, response["Location"]) == (302, INDEX)


def test_it_says_which_organisation_requires_it(strict: Organisation, bob: Person) -> None:
    text = client_of(bob).get(INDEX).text
    assert "<bdi>Acme</bdi> requires a second factor" in text


def test_setting_up_signing_out_and_what_needs_no_account_stay_open(strict: Organisation, bob: Person) -> None:
    client = just_signed_in(bob)
    for address in (
        INDEX,
        f"{INDEX}app/add/",
        "/accounts/again/",
        "/accounts/logout/",
        "/healthz",
        "/cohorts/fda-2024/",
    ):
        assert client.get(address).status_code == 200, address
    assert client.post("/accounts/logout/")["Location"] == "/"


def test_with_a_factor_one_goes_on(strict: Organisation, bob: Person) -> None:
    client = client_of(bob)
    row = with_app(bob)
    assert client.get("/assessments/").status_code == 200
    row.delete()
    assert client.get("/assessments/")["Location"] == INDEX


def test_recovery_codes_alone_are_no_factor(strict: Organisation, bob: Person) -> None:
    with_app(bob)
    Authenticator.objects.filter(type="totp").delete()
    assert client_of(bob).get("/assessments/")["Location"] == INDEX


def test_one_organisation_that_requires_it_is_enough(strict: Organisation, mallory: Person) -> None:
    found_organisation(person=mallory, name="Other", site_name="Southgate")
    client = client_of(mallory)
    assert client.get("/assessments/").status_code == 200
    membership = Membership.objects.create(person=mallory, organisation=strict, role=Role.VIEWER)
    assert client.get("/assessments/")["Location"] == INDEX
    Membership.objects.filter(pk=membership.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert client.get("/assessments/").status_code == 200


def test_a_save_that_comes_too_late_keeps_its_text(strict: Organisation, alice: Person, assessment: Assessment) -> None:
    address = f"/assessments/{assessment.pk}/answers/capa/"
    response = client_of(alice).post(address, {"rationale": "Seen"}, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (403, {"outcome": "signed_out"})


def test_it_costs_no_query(alice_client: Client, acme: Organisation) -> None:
    with CaptureQueriesContext(connection) as captured:
        alice_client.get("/organisations/")
    asking = [query["sql"] for query in captured if "mfa_authenticator" in query["sql"]]
    assert len(asking) == 1
    assert "assessments_person" in asking[0]


@pytest.mark.parametrize("address", ["/assessments/", INDEX])
def test_a_database_that_is_away_is_said_as_everywhere(
    strict: Organisation, bob: Person, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(bob)
    client.raise_request_exception = False

    def away(*_: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("assessments.signing_in.backend.Backend.get_user", away)
    response = client.get(address)
    assert response.status_code == 503
    assert "the database does not answer" in response.text


def test_the_owner_switches_it_on_and_off(acme: Organisation, alice: Person, bob: Person) -> None:
    with_app(alice)
    client = just_signed_in(alice)
    address = f"/organisations/{acme.pk}/second-factor/"
    assert "<bdi>Bob Brand</bdi>" in client.get(address).text
    response = client.post(address, {"is_required": "on"}, follow=True)
    assert "Whoever belongs to Acme now needs a second factor." in response.text
    acme.refresh_from_db()
    assert acme.requires_second_factor
    client.post(address, {})
    acme.refresh_from_db()
    assert not acme.requires_second_factor


def test_an_owner_without_a_factor_does_not_lock_themselves_out(acme: Organisation, alice: Person) -> None:
    response = just_signed_in(alice).post(f"/organisations/{acme.pk}/second-factor/", {"is_required": "on"})
    assert response.status_code == 422
    assert "Set up a second factor for yourself first" in response.text
    with pytest.raises(NoFactorError):
        set_requirement(organisation=acme, is_required=True, person=alice)
    acme.refresh_from_db()
    assert not acme.requires_second_factor


@pytest.mark.parametrize("who", ["lars", "bob", "carol", "mallory"])
def test_nobody_but_an_owner_switches_it(acme: Organisation, who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    with_app(person)
    client = just_signed_in(person)
    for address in (f"/organisations/{acme.pk}/second-factor/", "/organisations/987654/second-factor/"):
        assert client.post(address, {"is_required": "on"}).status_code == 404
    acme.refresh_from_db()
    assert not acme.requires_second_factor


def test_the_switch_asks_who_it_is_and_goes_on_with_what_was_sent(
    acme: Organisation, alice: Person, settings: Any
) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    with_app(alice)
    client = signed_in_long_ago(alice)
    address = f"/organisations/{acme.pk}/second-factor/"
    asked = client.post(address, {"is_required": "on"})
    assert asked["Location"].startswith("/accounts/again/?next=")
    acme.refresh_from_db()
    assert not acme.requires_second_factor
    client.post(asked["Location"], {"password": "correct horse battery staple"})
    acme.refresh_from_db()
    assert acme.requires_second_factor
