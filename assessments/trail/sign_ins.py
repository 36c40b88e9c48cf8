"""Hears Django say that somebody signed in or out, or tried to, and notes it in the trails of their organisations."""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import DatabaseError
from django.http import HttpRequest

from assessments.models import Person
from assessments.trail.events import Event, note_for_person

logger = logging.getLogger(__name__)
# Where a request keeps the address that was refused until its answer has left.
REFUSED = "refused_at_sign_in"


def connect() -> None:
    user_logged_in.connect(note_signed_in)
    user_logged_out.connect(note_signed_out)
    user_login_failed.connect(remember_refused)


def note_signed_in(*, user: Person, **_: Any) -> None:
    note_for_person(person=user, event=Event.SIGNED_IN, acting=user)


def note_signed_out(*, user: Person | None, **_: Any) -> None:
    if user is not None:
        note_for_person(person=user, event=Event.SIGNED_OUT, acting=user)


def remember_refused(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Noting it at once would take longer for an address that has an account than for one that has none."""
    if request is not None:
        email = str(credentials.get("email") or credentials.get("username") or "")
        setattr(request, REFUSED, email.lower()[:254])


def note_refused(request: HttpRequest) -> None:
    """To be called when the answer has left."""
    email = getattr(request, REFUSED, "").replace("\0", "")
    try:
        person = Person.objects.filter(email=email).first() if email else None
        if person is not None:
            note_for_person(person=person, event=Event.SIGN_IN_REFUSED, about=email)
    except DatabaseError:
        logger.exception("A refused sign-in could not be noted in the audit trail")
