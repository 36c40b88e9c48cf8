"""Invitations to an organisation: made, mailed elsewhere, accepted once by whom they are for, or withdrawn."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assessments import signed_links
from assessments.models import MemberInvitation, Membership, Organisation, Person, Role, Site

SALT = "assessments.member-invitation"
GOOD_FOR = timedelta(days=7)
MOST_OPEN = 50  # of one organisation at the same time


class NotInvitedError(Exception):
    """Nobody was invited; `field` of the form says by what, if by one."""

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field


class InvitationEndedError(Exception):
    """It was accepted, withdrawn or ran out in the meantime, or is for somebody else."""


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    email: str,
    role: Role,
    is_limited_to_sites: bool,
    sites: Collection[Site],
    person: Person,
    now: datetime,
) -> MemberInvitation:
    """Keep a place for an address for a week; its link is handed over by mail or by hand."""
    address = email.lower()
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).order_by())
    _refuse_twice(organisation, address, now)
    invitation = MemberInvitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        is_limited_to_sites=is_limited_to_sites,
        invited_at=now,
        invited_by=person,
        expires_at=now + GOOD_FOR,
        nonce=signed_links.new_nonce(),
    )
    invitation.sites.set(sites if is_limited_to_sites else [])
    return invitation


def _refuse_twice(organisation: Organisation, address: str, now: datetime) -> None:
    there = organisation.memberships.filter(_lasts(now), person__email=address).first()
    if there is not None:
        raise NotInvitedError("email", _why_not_again(there, address))
    opened = open_invitations(now).filter(organisation=organisation)
    if opened.filter(email=address).exists():
        raise NotInvitedError("email", f"{address} has been invited already. Withdraw that invitation to make another.")
    if opened.count() >= MOST_OPEN:
        raise NotInvitedError(None, f"{MOST_OPEN} invitations are open already. Withdraw one that is not needed.")
    withdraw_invitations_to(email=address, organisation=organisation, now=now)  # those that ran out


def _why_not_again(there: Membership, address: str) -> str:
    if there.ends_at is None:
        return f"{address} belongs to {there.organisation} already. Change their role instead."
    until = timezone.localtime(there.ends_at)
    return (
        f"{address} is let in until {until:%-d %B %Y, %H:%M %Z}. End that first, under “Access for the server’s staff”."
    )


def withdraw_invitation(*, invitation: MemberInvitation, now: datetime) -> bool:
    """End it at once and for good, if it has not been accepted; withdrawing twice changes nothing."""
    _not_ended().filter(pk=invitation.pk).update(withdrawn_at=now)
    return not MemberInvitation.objects.filter(pk=invitation.pk).exclude(accepted_at=None).exists()


def withdraw_invitations_to(*, email: str, organisation: Organisation, now: datetime) -> None:
    _not_ended().filter(organisation=organisation, email=email.lower()).update(withdrawn_at=now)


def withdraw_invitations_by(*, person: Person, organisation: Organisation, now: datetime) -> None:
    _not_ended().filter(organisation=organisation, invited_by=person).update(withdrawn_at=now)


@transaction.atomic
def accept_invitation(*, invitation: MemberInvitation, person: Person, now: datetime) -> Membership:
    """Take the place that is kept: once, and only by the person whose address was invited."""
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=invitation.organisation_id).order_by())
    theirs = open_invitations(now).filter(pk=invitation.pk, nonce=invitation.nonce, email=person.email)
    if not theirs.update(accepted_at=now, accepted_by=person):
        raise InvitationEndedError
    there = Membership.objects.filter(person=person, organisation=invitation.organisation_id)
    belongs = there.filter(_lasts(now)).first()
    if belongs is not None:
        return belongs  # what they are there already is for an owner to change
    there.delete()  # that was for a time which is over
    held = MemberInvitation.objects.get(pk=invitation.pk)
    membership = Membership.objects.create(
        person=person,
        organisation=held.organisation,
        role=held.role,
        is_limited_to_sites=held.is_limited_to_sites,
        joined_at=now,
    )
    membership.sites.set(held.sites.all())
    return membership


def open_invitations(now: datetime) -> QuerySet[MemberInvitation]:
    """Those that can still be accepted."""
    return _not_ended().filter(expires_at__gt=now)


def invitation_or_404(invitation_id: UUID, secret: str, now: datetime) -> MemberInvitation:
    """The invitation behind a link; a wrong, a withdrawn, a used, an expired and an unknown one are all the same."""
    invitation = open_invitations(now).select_related("organisation", "invited_by").filter(pk=invitation_id).first()
    if invitation is None or not signed_links.is_secret_of(invitation, secret, salt=SALT):
        raise Http404("There is no such invitation.")
    return invitation


def path_of(invitation: MemberInvitation) -> str:
    secret = signed_links.secret_of(invitation, salt=SALT)
    return reverse("assessments:invitation", args=[invitation.pk, secret])


def link_of(invitation: MemberInvitation) -> str:
    """The whole link, at the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{path_of(invitation)}"


def _lasts(now: datetime) -> Q:
    """Of a membership."""
    return Q(ends_at=None) | Q(ends_at__gt=now)


def _not_ended() -> QuerySet[MemberInvitation]:
    return MemberInvitation.objects.filter(Q(withdrawn_at=None) & Q(accepted_at=None))
