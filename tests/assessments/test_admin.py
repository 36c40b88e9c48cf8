"""The admin: who gets in, and what it shows and changes."""

import pytest
from django.core.management import call_command
from django.test import Client

from assessments.models import Organisation, Person
from tests.assessments.test_people import NEW, SIGN_IN, SIGN_UP, is_signed_in, sign_in

NO_MEMBERSHIPS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


def test_the_admin_signs_in_on_the_same_page(client: Client, alice: Person) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
    Person.objects.update(is_staff=True, is_superuser=True)
    assert sign_in(client, alice, after="?next=/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_admin_is_closed_to_people_who_are_not_staff(alice_client: Client) -> None:
    response = alice_client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "This account may not open this page" in response.text


def test_createsuperuser_makes_someone_who_can_sign_in(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW)
    call_command("createsuperuser", email="Root@Acme.example", interactive=False, verbosity=0)
    client.post(SIGN_IN, {"login": "root@acme.example", "password": NEW})
    assert client.get("/admin/").status_code == 200


def test_the_admin_shows_organisations_and_people_and_no_answers(admin_client: Client, acme: Organisation) -> None:
    text = admin_client.get("/admin/assessments/").text
    assert all(f"/admin/assessments/{name}/" in text for name in ("organisation", "site", "membership", "person"))
    assert "/admin/assessments/assessment/" not in text
    assert "/admin/assessments/answer/" not in text
    for address in (f"organisation/{acme.pk}/change/", "site/", "membership/", "person/", "person/add/"):
        assert admin_client.get(f"/admin/assessments/{address}").status_code == 200


def test_a_person_made_in_the_admin_has_an_address_in_lower_case(admin_client: Client) -> None:
    entries = {
        "email": "Carol@Acme.example",
        "name": "Carol",
        "usable_password": "true",
        "password1": NEW,
        "password2": NEW,
    }
    assert admin_client.post("/admin/assessments/person/add/", entries | NO_MEMBERSHIPS).status_code == 302
    assert Person.objects.filter(email="carol@acme.example").exists()


def test_an_address_replaced_in_the_admin_no_longer_signs_in(admin_client: Client, client: Client, db: None) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    bob = Person.objects.get(name="Bob Brandt")
    entries = {"email": "robert@acme.example", "name": "Bob Brandt", "is_active": "on"} | NO_MEMBERSHIPS
    assert admin_client.post(f"/admin/assessments/person/{bob.pk}/change/", entries).status_code == 302
    for address, signs_in in (("bob@acme.example", False), ("robert@acme.example", True)):
        visitor = Client()
        visitor.post(SIGN_IN, {"login": address, "password": NEW})
        assert is_signed_in(visitor) is signs_in
