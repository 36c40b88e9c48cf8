"""What belongs into the trail and changes no row of an organisation: signing in, accounts, taking something away."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone

from assessments.access import memberships_in_force
from assessments.database_rules.announcing import current
from assessments.models import Assessment, AuditEntry, Person

KIND = "Event"


class Event(StrEnum):
    """What happened, as the trail calls it."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_REFUSED = "sign-in refused"
    TAKEN = "taken away"
    SIGNATURE_REFUSED = "signature refused"
    ACCOUNT_CHANGED = "account changed"
    PASSWORD_CHANGED = "password changed"  # noqa: S105  words
    FACTOR_ADDED = "second factor added"
    FACTOR_REMOVED = "second factor removed"


def note_event(
    *,
    organisation_id: int,
    event: str,
    about: str = "",
    assessment_id: UUID | None = None,
    person: Person | None = None,
    before: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """Add one entry; by whoever acts, unless it is told who."""
    AuditEntry.objects.create(
        organisation_id=organisation_id,
        at=in_utc(now or timezone.now()),
        actor=actor_of(person) if person else current("actor"),
        actor_name=name_of(person) if person else current("actor_name"),
        origin=current("origin"),
        kind=KIND,
        action=event,
        assessment=assessment_id.hex if assessment_id else "",
        about=about,
        before=json.dumps(dict(before or {}), ensure_ascii=False),
        after=json.dumps(dict(details or {}), ensure_ascii=False),
        reason=reason,
    )


def note_for_person(
    *,
    person: Person,
    event: str,
    about: str = "",
    acting: Person | None = None,
    before: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """The same in each organisation that the person belongs to at this moment."""
    theirs = memberships_in_force().filter(person=person).order_by("organisation_id")
    for organisation_id in theirs.values_list("organisation_id", flat=True):
        note_event(
            organisation_id=organisation_id, event=event, about=about, person=acting, before=before, details=details
        )


def note_signature_refused(assessment: Assessment) -> None:
    """Somebody could not prove who they are when they were to sign."""
    note_event(
        organisation_id=assessment.site.organisation_id,
        event=Event.SIGNATURE_REFUSED,
        about=assessment.title,
        assessment_id=assessment.pk,
    )


def actor_of(person: Person) -> str:
    return f"person:{person.pk}"


def name_of(person: Person) -> str:
    return f"{person.name} ({person.email})" if person.name else person.email


def in_utc(moment: datetime) -> str:
    """As the triggers write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
