"""Invitations that meet something else: each other, a withdrawal, a membership that was for a time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessments.member_invitations import (
    InvitationEndedError,
    NotInvitedError,
    accept_invitation,
    invite_member,
    path_of,
    withdraw_invitation,
)
from assessments.models import MemberInvitation, Membership, Organisation, Person, Role
from tests.assessments.test_people import NEW
from tests.at_once import at_once

VERA = "vera@acme.example"


@pytest.fixture
def vera(db: None) -> Person:
    return Person.objects.create_user(VERA)


def _invited(organisation: Organisation, email: str, role: Role) -> MemberInvitation:
    return invite_member(
        organisation=organisation,
        email=email,
        role=role,
        is_limited_to_sites=False,
        sites=[],
        person=organisation.memberships.order_by("pk")[0].person,
        now=timezone.now(),
    )


@pytest.fixture
def invitation(acme: Organisation) -> MemberInvitation:
    return _invited(acme, VERA, Role.VIEWER)


class TestAfterAMembershipForATime:
    def test_who_is_there_no_more_is_invited_and_joins_anew(self, acme: Organisation, carol: Person) -> None:
        now = timezone.now()
        Membership.objects.filter(person=carol).update(ends_at=now - timedelta(hours=1))
        made = _invited(acme, carol.email, Role.LEAD)
        membership = accept_invitation(invitation=made, person=carol, now=now)
        assert (membership.role, membership.ends_at) == (Role.LEAD, None)
        assert acme.memberships.filter(person=carol).count() == 1

    def test_who_is_there_still_is_not(self, acme: Organisation, lars: Person, carol: Person) -> None:
        """A changed role would still end when the access does."""
        Membership.objects.filter(person=carol).update(ends_at=timezone.now() + timedelta(hours=1))
        with pytest.raises(NotInvitedError, match="belongs to Acme already"):
            _invited(acme, lars.email, Role.VIEWER)
        with pytest.raises(NotInvitedError, match=r"carol@acme\.example is let in until .* UTC\. End that first"):
            _invited(acme, carol.email, Role.LEAD)


class TestWhileAddressesAreVerified:
    @pytest.fixture(autouse=True)
    def verified(self, settings: Any) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    def test_one_joins_after_the_address_is_confirmed(
        self, client: Client, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        client.get(path_of(invitation))
        sent = {"name": "Vera Voss", "email": VERA, "password1": NEW, "password2": NEW}
        assert client.post("/accounts/signup/", sent)["Location"] == "/accounts/confirm-email/"
        assert client.post(path_of(invitation)).status_code == 403
        found = re.search(r"/accounts/confirm-email/[-:\w]+/", str(mail.outbox[0].body))
        assert found
        assert client.post(found[0]).status_code == 302
        client.post("/accounts/login/", {"login": VERA, "password": NEW})
        assert client.post(path_of(invitation)).status_code == 302
        assert acme.memberships.filter(person__email=VERA, role=Role.VIEWER).exists()


@pytest.mark.asvs("2.3.4")
@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_joins(vera: Person, invitation: MemberInvitation) -> None:
    def join() -> str:
        try:
            accept_invitation(invitation=invitation, person=vera, now=timezone.now())
        except InvitationEndedError:
            return "ended"
        return "joined"

    assert sorted(at_once([join, join])) == ["ended", "joined"]
    assert Membership.objects.filter(person=vera).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_an_acceptance_at_once_end_in_one_of_the_two(
    vera: Person, invitation: MemberInvitation
) -> None:
    def join() -> bool:
        try:
            accept_invitation(invitation=invitation, person=vera, now=timezone.now())
        except InvitationEndedError:
            return False
        return True

    joined, _ = at_once([join, lambda: withdraw_invitation(invitation=invitation, now=timezone.now())])
    invitation.refresh_from_db()
    assert joined is (invitation.accepted_at is not None) is (invitation.withdrawn_at is None)
    assert Membership.objects.filter(person=vera).exists() is joined
