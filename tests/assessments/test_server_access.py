"""Letting the server's staff in: by an owner, for a while, to read; it ends by itself, at will, and is theirs alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.access import Action, assessments_for, memberships_for, organisations_for
from assessments.models import Assessment, Membership, Organisation, Person, Role
from assessments.server_access import DURATIONS, IsMemberError, NotStaffError, end_access, let_in
from tests.assessments.deletion.conftest import NOW
from tests.at_once import at_once
from tests.conftest import PASSWORD
from tests.second_factors import just_signed_in, signed_in_long_ago

STEFAN = "stefan@server.example"
ONE_HOUR = timedelta(hours=1)


@pytest.fixture
def stefan(db: None) -> Person:
    return Person.objects.create_user(STEFAN, PASSWORD, name="Stefan Stahl", is_staff=True)


@pytest.fixture
def alice_client(alice: Person) -> Client:
    """Who it is is asked before anything of this kind is done."""
    return just_signed_in(alice)


@pytest.fixture
def page(acme: Organisation) -> str:
    return f"/organisations/{acme.pk}/server-access/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


class TestLettingIn:
    @pytest.mark.parametrize(("chosen", "duration"), DURATIONS.items())
    def test_for_as_long_as_the_owner_chooses(
        self, chosen: str, duration: timedelta, alice_client: Client, page: str, stefan: Person
    ) -> None:
        before = timezone.now()
        response = alice_client.post(page, {"email": " Stefan@Server.example ", "duration": chosen}, follow=True)
        assert "Stefan Stahl may look at everything until" in response.text
        let = Membership.objects.get(person=stefan)
        assert (let.role, let.is_limited_to_sites) == (Role.VIEWER, False)
        assert let.ends_at
        assert before + duration <= let.ends_at <= timezone.now() + duration

    @pytest.mark.parametrize(
        ("entries", "message"),
        [
            ({"email": "mallory@other.example"}, "Nobody who looks after this server"),
            ({"email": "nobody@nowhere.example"}, "Nobody who looks after this server"),
            ({"email": ""}, "This field is required."),
            ({"duration": "year"}, "For: Select a valid choice."),
            ({"duration": ""}, "This field is required."),
        ],
    )
    def test_nobody_else_and_no_longer(
        self, entries: dict[str, str], message: str, alice_client: Client, page: str, stefan: Person, mallory: Person
    ) -> None:
        response = alice_client.post(page, {"email": STEFAN, "duration": "hour"} | entries)
        assert response.status_code == 422
        assert message in response.text
        assert not Membership.objects.filter(role=Role.VIEWER).exists()

    def test_an_account_that_is_closed_is_not_let_in(self, acme: Organisation, stefan: Person) -> None:
        Person.objects.filter(pk=stefan.pk).update(is_active=False)
        with pytest.raises(NotStaffError):
            let_in(organisation=acme, email=STEFAN, duration=ONE_HOUR, now=NOW)

    def test_another_duration_is_a_mistake_of_the_program(self, acme: Organisation, stefan: Person) -> None:
        with pytest.raises(ValueError, match="Nobody is let in for"):
            let_in(organisation=acme, email=STEFAN, duration=timedelta(days=365), now=NOW)

    def test_a_member_who_is_staff_keeps_the_role_they_have(
        self, alice: Person, alice_client: Client, acme: Organisation, page: str
    ) -> None:
        Person.objects.update(is_staff=True)
        with pytest.raises(IsMemberError):
            let_in(organisation=acme, email=alice.email, duration=ONE_HOUR, now=NOW)
        response = alice_client.post(page, {"email": alice.email, "duration": "hour"})
        assert "belongs to your organisation already" in response.text
        assert Membership.objects.get(person=alice).role == Role.OWNER

    def test_letting_in_again_gives_a_new_end(self, acme: Organisation, stefan: Person) -> None:
        for hour in range(2):
            let_in(organisation=acme, email=STEFAN, duration=ONE_HOUR, now=NOW + hour * timedelta(hours=5))
        assert Membership.objects.get(person=stefan).ends_at == NOW + timedelta(hours=6)

    @pytest.mark.django_db(transaction=True)
    def test_two_clicks_let_in_once(self, acme: Organisation, stefan: Person) -> None:
        def click() -> Membership:
            return let_in(organisation=acme, email=STEFAN, duration=ONE_HOUR, now=NOW)

        first, second = at_once([click, click])
        assert first == second

    @pytest.mark.parametrize("who", ["lars", "bob", "carol", "stefan"])
    def test_by_an_owner_alone(self, who: str, page: str, request: pytest.FixtureRequest, stefan: Person) -> None:
        client = signed_in(request.getfixturevalue(who))
        for method in ("get", "post"):
            assert getattr(client, method)(page, {"email": STEFAN, "duration": "hour"}).status_code == 404
        assert not Membership.objects.filter(person=stefan).exists()

    def test_the_page_lists_none_of_the_staff(self, alice_client: Client, page: str, stefan: Person) -> None:
        assert "tefan" not in alice_client.get(page).text


class TestWhileLetIn:
    @pytest.fixture
    def let(self, acme: Organisation, stefan: Person) -> Membership:
        return let_in(organisation=acme, email=STEFAN, duration=ONE_HOUR, now=timezone.now())

    def test_they_read_everything(self, let: Membership, assessment: Assessment, stefan: Person) -> None:
        client = signed_in(stefan)
        for part in ("", "MCQ/", "report/", "report.json"):
            assert client.get(f"/assessments/{assessment.pk}/{part}").status_code == 200

    @pytest.mark.parametrize("action", [action for action in Action if action is not Action.VIEW])
    def test_they_may_do_nothing_else(self, action: Action, let: Membership, stefan: Person) -> None:
        assert not memberships_for(stefan, action).exists()

    def test_it_ends_by_itself(self, let: Membership, assessment: Assessment, stefan: Person) -> None:
        client = signed_in(stefan)
        Membership.objects.filter(pk=let.pk).update(ends_at=datetime(2026, 1, 1, tzinfo=UTC))
        assert client.get(f"/assessments/{assessment.pk}/").status_code == 404
        assert not organisations_for(stefan, Action.VIEW).exists()
        assert not assessments_for(stefan, Action.VIEW).exists()

    def test_an_owner_ends_it_with_one_press(
        self, let: Membership, page: str, alice_client: Client, stefan: Person, assessment: Assessment
    ) -> None:
        assert "Stefan Stahl" in alice_client.get(page).text
        client = signed_in(stefan)
        assert client.get(f"/assessments/{assessment.pk}/").status_code == 200
        response = alice_client.post(f"{page}{let.pk}/end/", follow=True)
        assert "Stefan Stahl is let in no more." in response.text
        assert client.get(f"/assessments/{assessment.pk}/").status_code == 404
        assert "has ended already" in alice_client.post(f"{page}{let.pk}/end/", follow=True).text

    def test_this_way_ends_no_membership_of_another_kind(
        self, let: Membership, acme: Organisation, alice: Person, carol: Person, other_organisation: Organisation
    ) -> None:
        theirs = Membership.objects.get(person=carol)
        assert end_access(organisation=acme, membership_id=theirs.pk) is None
        assert end_access(organisation=other_organisation, membership_id=let.pk) is None
        assert Membership.objects.filter(pk__in=[theirs.pk, let.pk]).count() == 2

    def test_they_are_told_no_end_that_is_past(self, let: Membership, page: str, alice_client: Client) -> None:
        Membership.objects.filter(pk=let.pk).update(ends_at=datetime(2026, 1, 1, tzinfo=UTC))
        assert "Stefan Stahl" not in alice_client.get(page).text


def test_who_it_is_is_asked_before_anybody_is_let_in(alice: Person, page: str, stefan: Person, settings: Any) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    asked = signed_in_long_ago(alice).post(page, {"email": STEFAN, "duration": "hour"})
    assert asked["Location"].startswith("/accounts/again/")
    assert not Membership.objects.filter(person=stefan).exists()
