"""Two things done to one invitation at the same moment: it is accepted once, or withdrawn."""

import pytest
from django.utils import timezone

from assessments.member_invitations import (
    InvitationEndedError,
    accept_invitation,
    invite_member,
    withdraw_invitation,
)
from assessments.models import MemberInvitation, Membership, Organisation, Person, Role
from tests.at_once import at_once

VERA = "vera@acme.example"


@pytest.fixture
def vera(db: None) -> Person:
    return Person.objects.create_user(VERA)


@pytest.fixture
def invitation(acme: Organisation, alice: Person) -> MemberInvitation:
    return invite_member(
        organisation=acme,
        email=VERA,
        role=Role.VIEWER,
        is_limited_to_sites=False,
        sites=[],
        person=alice,
        now=timezone.now(),
    )


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
