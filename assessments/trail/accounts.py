"""Notes what changes about an account in the trails of its organisations: name, address, password, second factor.

A queryset's `update` goes past it: whoever changes these columns saves the person.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save, pre_save

from assessments.models import Person
from assessments.trail.events import Event, note_for_person

SHOWN: tuple[str, ...] = ("name", "email", "is_active")
COLUMNS = {*SHOWN, "password"}
FACTORS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def connect() -> None:
    pre_save.connect(note_person, sender=Person)
    post_save.connect(note_factor_added, sender=Authenticator)
    post_delete.connect(note_factor_removed, sender=Authenticator)


def note_person(*, instance: Person, update_fields: frozenset[str] | None, raw: bool, **_: Any) -> None:
    """Before it is saved, because what it was before has to be read."""
    written = COLUMNS if update_fields is None else COLUMNS & update_fields
    before = None if raw or not written else Person.objects.filter(pk=instance.pk).first()
    if before is None:
        return
    changed = [column for column in SHOWN if column in written and getattr(before, column) != getattr(instance, column)]
    if changed:
        was = {column: getattr(before, column) for column in changed}
        becomes = {column: getattr(instance, column) for column in changed}
        note_for_person(person=instance, event=Event.ACCOUNT_CHANGED, about=before.email, before=was, details=becomes)
    # Only a new password is there in the clear; an old one that is hashed anew is not.
    if "password" in written and instance._password is not None:  # type: ignore[attr-defined]
        note_for_person(person=instance, event=Event.PASSWORD_CHANGED, about=instance.email)


def note_factor_added(*, instance: Authenticator, created: bool, raw: bool, **_: Any) -> None:
    if created and not raw:
        _note_factor(instance, Event.FACTOR_ADDED)


def note_factor_removed(*, instance: Authenticator, **_: Any) -> None:
    _note_factor(instance, Event.FACTOR_REMOVED)


def _note_factor(factor: Authenticator, event: Event) -> None:
    name = f"{FACTORS[factor.type]} of {factor.user.email}"
    note_for_person(person=factor.user, event=event, about=name)
