"""Invitations end with the membership of whoever made them or got them."""

import pytest
from django.utils import timezone

from assessments.member_invitations import InvitationEndedError, accept_invitation
from assessments.membership import change_place, end_membership
from assessments.models import MemberInvitation, Membership, Organisation, Person, Role
from tests.assessments.test_member_invitations import VERA, invited
from tests.conftest import PASSWORD


@pytest.mark.parametrize("how", ["removed", "made a lead"])
def test_who_is_no_owner_any_more_has_no_invitations_open(how: str, acme: Organisation, bob: Person) -> None:
    membership = Membership.objects.get(person=bob)
    change_place(membership=membership, role=Role.OWNER, is_limited_to_sites=False, sites=[])
    made = invited(acme, VERA)
    MemberInvitation.objects.filter(pk=made.pk).update(invited_by=bob)
    if how == "removed":
        end_membership(membership=membership, now=timezone.now())
    else:
        change_place(membership=membership, role=Role.LEAD, is_limited_to_sites=False, sites=[])
    vera = Person.objects.create_user(VERA, PASSWORD)
    with pytest.raises(InvitationEndedError):
        accept_invitation(invitation=made, person=vera, now=timezone.now())


def test_removing_a_member_ends_an_invitation_to_them(acme: Organisation, bob: Person) -> None:
    made = invited(acme, "b@acme.example")
    MemberInvitation.objects.filter(pk=made.pk).update(email=bob.email)
    end_membership(membership=Membership.objects.get(person=bob), now=timezone.now())
    with pytest.raises(InvitationEndedError):
        accept_invitation(invitation=made, person=bob, now=timezone.now())
