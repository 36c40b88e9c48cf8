"""The sessions of one person, as they are shown to them, and how they are ended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from assessments.models import Person
from assessments.signing_in.sessions import is_overdue

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One place where a person is signed in."""

    id: int
    device: str
    address: str
    signed_in_at: datetime
    seen_at: datetime
    is_this: bool


def listed_sessions(person: Person, own_key: str | None, now: datetime) -> list[ListedSession]:
    """Those that still work, the one that asks first, then the one seen last."""
    rows = list(UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk"))
    there = set(Session.objects.filter(pk__in=[row.session_key for row in rows]).values_list("pk", flat=True))
    listed = [_listed(row, own_key, now) for row in rows if row.session_key in there and _works(row, own_key, now)]
    return sorted(listed, key=lambda session: not session.is_this)


def others_than(own_key: str | None, person: Person) -> QuerySet[UserSession]:
    others: QuerySet[UserSession] = UserSession.objects.filter(user=person).exclude(session_key=own_key or "")
    return others


def end_sessions(sessions: Iterable[UserSession]) -> None:
    """At once: the next thing asked with its cookie is asked by nobody."""
    keys = [session.session_key for session in sessions]
    for key in keys:
        SessionStore().delete(key)
    UserSession.objects.filter(session_key__in=keys).delete()


def device_of(user_agent: str) -> str:
    """What a browser says of itself, in two words; anybody can say anything, so it is a hint."""
    browser = next((name for sign, name in BROWSERS if re.search(rf"{sign}\w*/", user_agent)), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return " on ".join(filter(None, (browser, system))) or "Unknown browser"


def _works(row: UserSession, own_key: str | None, now: datetime) -> bool:
    """When it was last seen is noted once a minute, so the one that asks is good in any case."""
    signed_in_at, seen_at = int(row.created_at.timestamp()), int(row.last_seen_at.timestamp())
    return row.session_key == own_key or not is_overdue(signed_in_at, seen_at, int(now.timestamp()))


def _listed(row: UserSession, own_key: str | None, now: datetime) -> ListedSession:
    is_this = row.session_key == own_key
    seen_at = now if is_this else min(max(row.last_seen_at, row.created_at), now)
    return ListedSession(row.pk, device_of(row.user_agent), row.ip, row.created_at, seen_at, is_this)
