"""The admin: who gets in, what it shows, and that nobody gets into an organisation by it."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from assessments.access import Action, assessments_for, organisations_for, sites_for
from assessments.models import Assessment, DeletionReceipt, Membership, Organisation, Person, PlannedDeletion
from benchmarks import models as measuring
from tests.assessments.deletion.canary import CANARY, found_canary
from tests.assessments.deletion.conftest import DUE, NOW
from tests.assessments.test_people import NEW, SIGN_IN, sign_in
from tests.conftest import PASSWORD

SHOWN = {Person, Organisation, DeletionReceipt, Group} | {
    getattr(measuring, name)
    for name in ("Framework", "PracticeArea", "SubElement", "Cohort", "Establishment", "AreaScore", "SubElementScore")
}
PERSON, ORGANISATION = "/admin/assessments/person/", "/admin/assessments/organisation/"


@pytest.fixture
def staff(db: None) -> Person:
    """Stefan looks after the server: all that one may be allowed in the admin, but no superuser."""
    person = Person.objects.create_user("stefan@server.example", PASSWORD, name="Stefan Stahl", is_staff=True)
    person.user_permissions.set(Permission.objects.all())
    return person


@pytest.fixture
def staff_client(staff: Person) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture(params=["staff", "superuser"])
def keeper(request: pytest.FixtureRequest) -> Client:
    client: Client = request.getfixturevalue({"staff": "staff_client", "superuser": "admin_client"}[request.param])
    return client


class TestGettingIn:
    def test_it_signs_in_on_the_same_page(self, client: Client, alice: Person) -> None:
        assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
        Person.objects.update(is_staff=True, is_superuser=True)
        assert sign_in(client, alice, after="?next=/admin/")["Location"] == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_it_is_closed_to_people_who_are_not_staff(self, alice_client: Client) -> None:
        response = alice_client.get("/admin/", follow=True)
        assert response.status_code == 403
        assert "This account may not open this page" in response.text

    def test_createsuperuser_makes_someone_who_can_sign_in(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, db: None
    ) -> None:
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW)
        call_command("createsuperuser", email="Root@Acme.example", interactive=False, verbosity=0)
        client.post(SIGN_IN, {"login": "root@acme.example", "password": NEW})
        assert client.get("/admin/").status_code == 200


class TestWhatItShows:
    def test_these_tables_and_no_others(self) -> None:
        """Nor those of packages: addresses, second factors and tokens open accounts."""
        assert set(admin.site._registry) == SHOWN

    def test_organisations_by_name_and_counts(
        self, keeper: Client, assessment: Assessment, acme: Organisation, lars: Person
    ) -> None:
        PlannedDeletion.objects.create(organisation=acme, planned_at=NOW, due_at=DUE)
        for address in (ORGANISATION, f"{ORGANISATION}{acme.pk}/change/"):
            text = keeper.get(address).text
            assert "Acme" in text
            assert "7 December 2026" in text
            assert "Northfield" not in text
            assert "alice@" not in text

    def test_people_by_address_and_whether_they_may_sign_in(self, keeper: Client, alice: Person) -> None:
        assert "alice@acme.example" in keeper.get(PERSON).text
        text = keeper.get(f"{PERSON}{alice.pk}/change/").text
        assert "Alice Adler" in text
        assert 'name="is_active"' in text
        for hidden in ('name="email"', 'name="name"', "password", alice.password):
            assert hidden not in text.replace("/admin/password_change/", "").replace("Change password", "")

    def test_not_a_word_of_what_an_organisation_holds_at_any_of_its_addresses(
        self, keeper: Client, mallory: Person
    ) -> None:
        organisation = found_canary(mallory)
        Organisation.objects.filter(pk=organisation.pk).update(name="Plain")
        call_command("collectstatic", interactive=False, verbosity=0)
        asked = 0
        for address in admin_addresses():
            for response in (keeper.get(address), keeper.post(address, {"action": "delete_selected", "q": CANARY})):
                asked += 1
                assert response.status_code < 500, address
                if not response.streaming:
                    assert CANARY not in response.text.replace(f'value="{CANARY}"', ""), address
        assert asked > 100

    def test_it_cannot_be_asked_for_what_it_does_not_show(self, keeper: Client, mallory: Person) -> None:
        found_canary(mallory)
        for lookup in ("sites__name__contains", "sites__assessments__title__startswith", "memberships__role"):
            assert keeper.get(ORGANISATION, {lookup: CANARY}).status_code == 400
        for lookup in ("memberships__organisation__name", "password__startswith"):
            assert keeper.get(PERSON, {lookup: CANARY}).status_code == 400
        assert "Other" not in keeper.get(ORGANISATION, {"q": CANARY + " site"}).text


class TestWhatItChanges:
    @pytest.mark.parametrize("change", ["add/", "{}/change/", "{}/delete/"])
    def test_nothing_of_an_organisation(self, keeper: Client, acme: Organisation, change: str) -> None:
        response = keeper.post(ORGANISATION + change.format(acme.pk), {"name": "Mine", "post": "yes"})
        assert response.status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [acme.pk], "post": "yes"}
        keeper.post(ORGANISATION, chosen)
        assert Organisation.objects.get().name == "Acme"

    def test_no_membership(self, keeper: Client, staff: Person, acme: Organisation) -> None:
        for address in ("/admin/assessments/membership/add/", "/admin/assessments/site/add/"):
            assert keeper.get(address).status_code == 404
        inline = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
        inline |= {"memberships-0-organisation": str(acme.pk), "memberships-0-role": "owner"}
        keeper.post(f"{PERSON}{staff.pk}/change/", {"is_active": "on", "is_staff": "on"} | inline)
        assert not Membership.objects.filter(person=staff).exists()

    def test_neither_address_nor_password_of_an_account(self, keeper: Client, alice: Person) -> None:
        """Whoever could would read as its owner."""
        entries = {"is_active": "on", "email": "stefan@server.example", "name": "Stefan", "password": "x"}
        assert keeper.post(f"{PERSON}{alice.pk}/change/", entries).status_code == 302
        passwords = {"usable_password": "true", "password1": NEW, "password2": NEW}
        assert keeper.post(f"{PERSON}{alice.pk}/password/", passwords).status_code in (302, 404)
        alice.refresh_from_db()
        assert (alice.email, alice.name) == ("alice@acme.example", "Alice Adler")
        assert alice.check_password(PASSWORD)

    def test_whether_somebody_may_sign_in(self, keeper: Client, alice: Person) -> None:
        assert keeper.post(f"{PERSON}{alice.pk}/change/", {}).status_code == 302
        alice.refresh_from_db()
        assert not alice.is_active

    def test_an_account_is_closed_and_never_deleted(self, keeper: Client, alice: Person) -> None:
        assert keeper.post(f"{PERSON}{alice.pk}/delete/", {"post": "yes"}).status_code == 403
        assert Person.objects.filter(pk=alice.pk).exists()

    def test_rights_are_given_by_superusers_alone(
        self, staff_client: Client, admin_client: Client, staff: Person, alice: Person
    ) -> None:
        entries = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
        for person in (staff, alice):
            staff_client.post(f"{PERSON}{person.pk}/change/", entries)
            person.refresh_from_db()
        assert (staff.is_superuser, alice.is_staff, alice.is_superuser) == (False, False, False)
        admin_client.post(f"{PERSON}{alice.pk}/change/", entries)
        alice.refresh_from_db()
        assert (alice.is_staff, alice.is_superuser) == (True, True)

    def test_a_person_who_is_added_has_an_address_in_lower_case_and_belongs_nowhere(self, keeper: Client) -> None:
        entries = {
            "email": "Carol@Acme.example",
            "name": "Carol",
            "usable_password": "true",
            "password1": NEW,
            "password2": NEW,
        }
        assert keeper.post(f"{PERSON}add/", entries).status_code == 302
        assert not Person.objects.get(email="carol@acme.example").memberships.exists()


class TestStaffOutsideOfIt:
    @pytest.mark.parametrize("action", Action)
    def test_they_may_do_nothing_in_any_organisation(
        self, action: Action, staff: Person, admin_user: Person, assessment: Assessment
    ) -> None:
        for person in (staff, admin_user):
            for scope in (organisations_for, sites_for, assessments_for):
                assert not scope(person, action).exists()

    @pytest.mark.parametrize("part", ["", "MCQ/", "report/", "report.json", "edit/", "raters/", "sharing/"])
    def test_its_pages_do_not_exist_for_them(self, keeper: Client, assessment: Assessment, part: str) -> None:
        assert keeper.get(f"/assessments/{assessment.pk}/{part}").status_code == 404


def admin_addresses() -> Iterator[str]:
    """Every address of the admin, for every row that it could be asked for, and for some that it cannot."""
    for names, arguments in _patterns(admin.site.get_urls(), ()):
        if names:
            yield from _filled(f"admin:{names}", arguments)


def _patterns(patterns: Iterable[Any], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        arguments = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, arguments)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name or ""), arguments


def _filled(name: str, arguments: tuple[str, ...]) -> Iterator[str]:
    if name == "admin:logout":
        return
    if not arguments:
        yield reverse(name)
    elif arguments == ("object_id",):
        model = next((model for model in SHOWN if name.startswith(f"admin:{_slug(model)}_")), None)
        rows = model._default_manager.order_by("pk")[:3] if model else []
        yield from (reverse(name, args=[row.pk]) for row in rows)
    elif arguments == ("app_label",):
        yield from (reverse(name, args=[label]) for label in ("assessments", "auth", "benchmarks"))
    else:
        assert name == "admin:", (name, arguments)  # the one that catches all others


def _slug(model: Any) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"
