"""Who belongs to an organisation, and as what: changing a place, ending it; who may do it is decided by `access.py`."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessments.member_invitations import withdraw_invitations_by, withdraw_invitations_to
from assessments.models import Assignment, Membership, Organisation, Role, Site

LAST_OWNER = (
    "{name} is the last owner of {organisation}. Make somebody else an owner first, at all sites and without an end."
)


class LastOwnerError(Exception):
    """Without this owner nobody could manage the organisation any more."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(LAST_OWNER.format(name=membership.person, organisation=membership.organisation))


class MemberGoneError(Exception):
    """The membership has ended in the meantime."""


@transaction.atomic
def change_place(*, membership: Membership, role: Role, is_limited_to_sites: bool, sites: Collection[Site]) -> None:
    """Another role, or other sites. Their assignments end with the role that they are for."""
    held = _hold(membership)
    if role is not Role.OWNER or is_limited_to_sites:
        _refuse_last_owner(held)
    held.role, held.is_limited_to_sites = role, is_limited_to_sites
    held.save(update_fields=["role", "is_limited_to_sites"])
    held.sites.set(sites if is_limited_to_sites else [])
    if role is not Role.OWNER:
        withdraw_invitations_by(person=held.person, organisation=held.organisation, now=timezone.now())
    if role is not Role.CONTRIBUTOR:
        _end_assignments(held)


@transaction.atomic
def end_membership(*, membership: Membership, now: datetime) -> None:
    """The person leaves, or is removed: their access ends with this, also where they are signed in.

    What they answered stays. No invitation leads them back in by themselves, also none that they made for a friend.
    """
    held = _hold(membership)
    _refuse_last_owner(held)
    _end_assignments(held)
    withdraw_invitations_to(email=held.person.email, organisation=held.organisation, now=now)
    withdraw_invitations_by(person=held.person, organisation=held.organisation, now=now)
    held.delete()


def _hold(membership: Membership) -> Membership:
    """As it is now, with its organisation held: two owners who leave at once come one after the other.

    PostgreSQL locks the row. SQLite has no such lock and needs none: its transaction is the only writer from its start.
    """
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=membership.organisation_id).order_by())
    held = Membership.objects.select_related("person", "organisation").filter(pk=membership.pk).first()
    if held is None:
        raise MemberGoneError
    return held


def _refuse_last_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(
        organisation=membership.organisation_id,
        role=Role.OWNER,
        is_limited_to_sites=False,
        ends_at=None,
        person__is_active=True,
    )
    pks = set(owners.values_list("pk", flat=True))
    if pks == {membership.pk}:
        raise LastOwnerError(membership)


def _end_assignments(membership: Membership) -> None:
    there = Assignment.objects.filter(assessment__site__organisation=membership.organisation_id)
    there.filter(person=membership.person_id).delete()
