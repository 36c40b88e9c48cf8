"""Letting one of the server's staff look into an organisation for a limited time; it ends by itself or at will.

They become a viewer, as anybody could, so that `access.py` knows no exception for them.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from assessments.models import Membership, Organisation, Person, Role

DURATIONS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


class NotStaffError(Exception):
    """Nobody with this address looks after the server."""


class IsMemberError(Exception):
    """They belong to the organisation already, for good."""


@transaction.atomic
def let_in(*, organisation: Organisation, email: str, duration: timedelta, now: datetime) -> Membership:
    """Let them look until the end of the duration; whoever has been let in before gets a new end."""
    if duration not in DURATIONS.values():
        raise ValueError(f"Nobody is let in for {duration}.")
    person = Person.objects.filter(email=email.strip().lower(), is_staff=True, is_active=True).first()
    if person is None:
        raise NotStaffError
    Organisation.objects.select_for_update(no_key=True).order_by().get(pk=organisation.pk)  # one after the other
    present = Membership.objects.filter(organisation=organisation, person=person).first()
    if present and present.ends_at is None:
        raise IsMemberError
    if present:
        present.sites.clear()
    let, _ = Membership.objects.update_or_create(
        organisation=organisation,
        person=person,
        defaults={"role": Role.VIEWER, "is_limited_to_sites": False, "ends_at": now + duration},
        create_defaults={"role": Role.VIEWER, "joined_at": now, "ends_at": now + duration},
    )
    return let


@transaction.atomic
def end_access(*, organisation: Organisation, membership_id: int) -> Membership | None:
    """End it at once; None when it has ended already."""
    let = Membership.objects.filter(organisation=organisation, pk=membership_id).exclude(ends_at=None)
    found = let.select_related("person").first()
    if found:
        let.delete()
    return found


def let_in_now(organisation: Organisation, now: datetime) -> QuerySet[Membership]:
    """Those who may look at this moment."""
    memberships = Membership.objects.filter(organisation=organisation, ends_at__gt=now)
    return memberships.select_related("person").order_by("ends_at", "pk")
