"""Roles and sites changed, people removed and leaving; an organisation always keeps an owner."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.access import Action, assessments_for
from assessments.assigning import assign_areas
from assessments.founding import add_site
from assessments.membership import LastOwnerError, MemberGoneError, change_place, end_membership
from assessments.models import Assessment, Assignment, Membership, Organisation, Person, Role, Site
from assessments.raters import asked_areas
from tests.at_once import at_once
from tests.conftest import PASSWORD
from tests.sent_forms import shown

ALL_SITES: dict[str, Any] = {"is_limited_to_sites": False, "sites": []}


def of(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def people(organisation: Organisation, part: str = "") -> str:
    return f"/organisations/{organisation.pk}/people/{part}"


@pytest.fixture
def olga(acme: Organisation) -> Person:
    """A second owner."""
    person = Person.objects.create_user("olga@acme.example", PASSWORD, name="Olga Ott")
    Membership.objects.create(person=person, organisation=acme, role=Role.OWNER)
    return person


@pytest.fixture
def southgate(acme: Organisation) -> Site:
    return add_site(organisation=acme, name="Southgate", manufacturing="", size="")


class TestThePage:
    def test_everybody_sees_who_belongs_as_what_and_only_an_owner_the_buttons(
        self, client: Client, alice_client: Client, acme: Organisation, bob: Person, carol: Person
    ) -> None:
        page = shown(alice_client.get(people(acme)))
        for words in ("Alice Adler", "Owner", "Bob Brand", "Contributor", "Invite somebody", "bob@acme.example"):
            assert words in page
        client.force_login(carol)
        page = shown(client.get(people(acme)))
        assert "Bob Brand" in page
        assert "Leave" in page
        for words in ("Invite somebody", "Change", "Remove", "bob@acme.example"):
            assert words not in page

    @pytest.mark.parametrize("part", ["leave/", "{}/", "{}/remove/"])
    def test_its_forms_are_filled_in_as_things_stand(
        self, alice_client: Client, acme: Organisation, bob: Person, part: str
    ) -> None:
        assert alice_client.get(people(acme, part.format(of(bob).pk))).status_code == 200

    def test_it_takes_as_many_queries_for_many_people(
        self, alice_client: Client, acme: Organisation, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(20):
            person = Person.objects.create(email=f"p{number}@acme.example")
            Membership.objects.create(person=person, organisation=acme, role=Role.VIEWER)
        with django_assert_max_num_queries(9):
            alice_client.get(people(acme))


class TestAnotherPlace:
    def test_a_role_holds_from_the_next_page(
        self, client: Client, alice_client: Client, acme: Organisation, assessment: Assessment, carol: Person
    ) -> None:
        client.force_login(carol)
        edit = f"/assessments/{assessment.pk}/edit/"
        assert client.get(edit).status_code == 404
        page = alice_client.post(people(acme, f"{of(carol).pk}/"), {"role": "lead", "where": "all"}, follow=True)
        assert "Carol Chen is lead now." in page.text
        assert client.get(edit).status_code == 200

    def test_who_is_limited_to_a_site_sees_nothing_of_another(
        self,
        client: Client,
        alice_client: Client,
        acme: Organisation,
        assessment: Assessment,
        southgate: Site,
        carol: Person,
    ) -> None:
        sent = {"role": "viewer", "where": "some", "sites": [southgate.pk]}
        assert alice_client.post(people(acme, f"{of(carol).pk}/"), sent).status_code == 302
        client.force_login(carol)
        assert client.get(f"/assessments/{assessment.pk}/").status_code == 404
        for address in ("/organisations/", "/assessments/", people(acme)):
            page = client.get(address).text
            assert "Northfield" not in page
        assert "Southgate" in client.get("/organisations/").text

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({}, "Choose a role."),
            ({"role": "emperor", "where": "all"}, "Choose one of the four roles."),
            ({"role": "viewer"}, "Choose one of the two."),
            ({"role": "viewer", "where": "some"}, "Tick at least one site, or choose all sites."),
            ({"role": "viewer", "where": "some", "sites": ["999999"]}, "Choose among the sites that are listed."),
            ({"role": "owner", "where": "some"}, "An owner is there for all sites."),
        ],
    )
    def test_what_is_not_understood_is_said_at_the_field(
        self, alice_client: Client, acme: Organisation, bob: Person, sent: dict[str, Any], message: str
    ) -> None:
        response = alice_client.post(people(acme, f"{of(bob).pk}/"), sent)
        assert response.status_code == 422
        assert message in response.text
        assert of(bob).role == Role.CONTRIBUTOR

    def test_a_site_of_another_organisation_is_no_choice(
        self, alice_client: Client, acme: Organisation, bob: Person, other_organisation: Organisation
    ) -> None:
        sent = {"role": "viewer", "where": "some", "sites": [other_organisation.sites.get().pk]}
        assert alice_client.post(people(acme, f"{of(bob).pk}/"), sent).status_code == 422

    def test_another_role_ends_what_was_assigned(self, assessment: Assessment, bob: Person) -> None:
        areas = asked_areas(assessment)
        assign_areas(assessment=assessment, areas=areas, assigned={"PQS": [bob]})
        change_place(membership=of(bob), role=Role.CONTRIBUTOR, **ALL_SITES)
        assert Assignment.objects.count() == 1
        change_place(membership=of(bob), role=Role.VIEWER, **ALL_SITES)
        assert not Assignment.objects.exists()


class TestTheEnd:
    def test_removing_a_person_ends_their_access_in_a_session_that_is_open(
        self, client: Client, alice_client: Client, acme: Organisation, assessment: Assessment, bob: Person
    ) -> None:
        client.force_login(bob)
        overview = f"/assessments/{assessment.pk}/"
        assert client.get(overview).status_code == 200
        page = alice_client.post(people(acme, f"{of(bob).pk}/remove/"), {"confirmed": "on"}, follow=True)
        assert "Bob Brand no longer belongs to Acme." in page.text
        assert client.get(overview).status_code == 404
        assert client.get("/assessments/")["Location"] == "/set-up/"

    def test_it_is_confirmed_first(self, alice_client: Client, acme: Organisation, bob: Person) -> None:
        response = alice_client.post(people(acme, f"{of(bob).pk}/remove/"))
        assert response.status_code == 422
        assert "Tick the box to remove them." in response.text
        assert of(bob)

    def test_who_leaves_sees_nothing_more(self, client: Client, acme: Organisation, carol: Person) -> None:
        client.force_login(carol)
        assert client.post(people(acme, "leave/"), {"confirmed": "on"})["Location"] == "/assessments/"
        assert not Membership.objects.filter(person=carol).exists()
        assert client.get(people(acme)).status_code == 404

    def test_a_membership_ends_by_itself_at_its_time(self, assessment: Assessment, carol: Person) -> None:
        membership = of(carol)
        membership.ends_at = timezone.now() + timedelta(minutes=1)
        membership.save()
        assert assessments_for(carol, Action.VIEW).exists()
        membership.ends_at = timezone.now() - timedelta(minutes=1)
        membership.save()
        assert not assessments_for(carol, Action.VIEW).exists()

    def test_who_has_been_removed_meanwhile_cannot_be_changed(self, acme: Organisation, bob: Person) -> None:
        before = of(bob)
        end_membership(membership=of(bob), now=timezone.now())
        with pytest.raises(MemberGoneError):
            change_place(membership=before, role=Role.OWNER, **ALL_SITES)
        assert not Membership.objects.filter(person=bob).exists()


class TestTheLastOwner:
    """Neither leaves, nor is removed, demoted or limited."""

    @pytest.mark.parametrize("part", ["leave/", "{}/remove/", "{}/"])
    def test_the_page_says_what_to_do_first(
        self, alice_client: Client, alice: Person, acme: Organisation, lars: Person, part: str
    ) -> None:
        sent = {"confirmed": "on", "role": "lead", "where": "all"}
        response = alice_client.post(people(acme, part.format(of(alice).pk)), sent)
        assert response.status_code == 422
        assert "Alice Adler is the last owner of Acme. Make somebody else an owner first" in response.text
        assert of(alice).role == Role.OWNER

    def test_with_a_second_owner_the_first_may_go(self, acme: Organisation, alice: Person, olga: Person) -> None:
        end_membership(membership=of(alice), now=timezone.now())
        with pytest.raises(LastOwnerError):
            end_membership(membership=of(olga), now=timezone.now())

    @pytest.mark.parametrize(
        "lacking",
        [
            {"role": Role.LEAD},
            {"is_limited_to_sites": True},
            {"ends_at": timezone.now() + timedelta(days=1)},
        ],
    )
    def test_an_owner_with_limits_is_no_second_one(
        self, acme: Organisation, alice: Person, olga: Person, lacking: dict[str, Any]
    ) -> None:
        Membership.objects.filter(person=olga).update(**lacking)
        with pytest.raises(LastOwnerError):
            change_place(membership=of(alice), role=Role.LEAD, **ALL_SITES)
        with pytest.raises(LastOwnerError):
            end_membership(membership=of(alice), now=timezone.now())

    def test_an_owner_who_is_switched_off_is_no_second_one(
        self, acme: Organisation, alice: Person, olga: Person, southgate: Site
    ) -> None:
        Person.objects.filter(pk=olga.pk).update(is_active=False)
        with pytest.raises(LastOwnerError):
            change_place(membership=of(alice), role=Role.OWNER, is_limited_to_sites=True, sites=[southgate])

    def test_it_may_be_saved_as_it_is(self, acme: Organisation, alice: Person) -> None:
        change_place(membership=of(alice), role=Role.OWNER, **ALL_SITES)
        assert of(alice).role == Role.OWNER


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_owners_who_leave_at_once_one_stays(
    acme: Organisation, alice: Person, olga: Person, attempt: int
) -> None:
    def go(person: Person) -> str:
        try:
            end_membership(membership=of(person), now=timezone.now())
        except LastOwnerError:
            return "stays"
        return "left"

    assert sorted(at_once([lambda: go(alice), lambda: go(olga)])) == ["left", "stays"]
    assert acme.memberships.filter(role=Role.OWNER).count() == 1


class TestOnesOwnName:
    def test_it_is_changed_by_oneself(self, alice_client: Client, alice: Person) -> None:
        assert 'value="Alice Adler"' in alice_client.get("/accounts/name/").text
        page = alice_client.post("/accounts/name/", {"name": "Alice <Ander>"}, follow=True)
        assert "Your name has been saved." in page.text
        alice.refresh_from_db()
        assert alice.name == "Alice <Ander>"

    @pytest.mark.parametrize("name", ["", " ", "a" * 201, "a\nb", "a\x07"])
    def test_a_name_that_is_none_is_refused(self, alice_client: Client, alice: Person, name: str) -> None:
        assert alice_client.post("/accounts/name/", {"name": name}).status_code == 422
        alice.refresh_from_db()
        assert alice.name == "Alice Adler"
