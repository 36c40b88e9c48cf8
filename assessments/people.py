"""What the page of an organisation's people shows: who belongs to it as what, and who has been invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Value, When

from assessments.member_invitations import link_of, open_invitations
from assessments.models import MemberInvitation, Membership, Organisation, Role

BY_ROLE = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role)))


@dataclass(frozen=True, slots=True)
class Place:
    """A role with the sites it is for; no sites means all of them."""

    role: str
    sites: tuple[str, ...]
    is_limited: bool

    @classmethod
    def of(cls, row: Membership | MemberInvitation) -> "Place":
        return cls(Role(row.role).label, tuple(site.name for site in row.sites.all()), row.is_limited_to_sites)

    @property
    def words(self) -> str:
        if not self.is_limited:
            return "all sites"
        return ", ".join(self.sites) or "no site any more"


@dataclass(frozen=True, slots=True)
class MemberLine:
    membership: Membership
    place: Place
    has_ended: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that can still be accepted, with its link to copy."""

    invitation: MemberInvitation
    place: Place
    link: str


def read_members(organisation: Organisation, now: datetime) -> list[MemberLine]:
    """Owners first, then by name: two queries."""
    rows = organisation.memberships.select_related("person").prefetch_related("sites")
    ordered = rows.order_by(BY_ROLE, "person__name", "person__email")
    return [MemberLine(row, Place.of(row), row.ends_at is not None and row.ends_at <= now) for row in ordered]


def read_invitations(organisation: Organisation, now: datetime) -> Sequence[InvitationLine]:
    """Those that are open, the newest first: two queries."""
    rows = open_invitations(now).filter(organisation=organisation)
    listed = rows.select_related("invited_by").prefetch_related("sites").order_by("-invited_at", "-pk")
    return [InvitationLine(row, Place.of(row), link_of(row)) for row in listed]
