"""On which server each part of a trail was recorded: elsewhere people had other numbers than here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from assessments.models import AuditEntry
from assessments.trail.events import KIND

LOADED = "loaded from an archive"
NUMBERS = "numbers of people"  # in the entry that says so: of each person the number there and the one here
PERSON = "person:"


@dataclass(frozen=True, slots=True)
class Place:
    """The entries from one loading to the next, or until today."""

    since: int  # the key of its first entry, or less
    until: int | None = None  # the key of the entry that says it was loaded; None for this server
    day: str = ""  # of that entry
    numbers: Mapping[str, str] | None = None  # of people there, each with the one here; None for this server

    @property
    def entries(self) -> Q:
        return Q(pk__gte=self.since) if self.until is None else Q(pk__gte=self.since, pk__lt=self.until)

    @property
    def mark(self) -> str:
        """What tells a person's number there from the same number elsewhere."""
        return "" if self.until is None else f"@{self.until}"

    def marked(self, actor: str) -> str:
        return f"{actor}{self.mark}" if actor.startswith(PERSON) else actor


def places_of(organisation_id: int) -> list[Place]:
    """This server first, then where it came from, in one query. Numbers lead here by all servers that lie between."""
    entries = AuditEntry.objects.filter(organisation_id=organisation_id, kind=KIND, action=LOADED).order_by("pk")
    loaded = list(entries.values_list("pk", "at", "after"))
    starts = [0, *(key for key, _, _ in loaded)]
    places = [Place(starts.pop())]
    for key, at, told in reversed(loaded):
        numbers, later = _numbers(told), places[-1].numbers
        if later is not None:
            numbers = {there: later[between] for there, between in numbers.items() if between in later}
        places.append(Place(starts.pop(), key, at[:10], numbers))
    return places


def place_of(entry: AuditEntry, places: Sequence[Place]) -> Place:
    return next(place for place in places if entry.pk >= place.since)


def made_by(organisation_id: int, marked: str) -> Q:
    """The entries of one actor; a person's number counts only where it was marked."""
    if not marked.startswith(PERSON):
        return Q(actor=marked)
    actor = marked.partition("@")[0]
    found = [place.entries for place in places_of(organisation_id) if place.marked(actor) == marked]
    return Q(actor=actor) & found[0] if found else Q(pk__in=[])


def _numbers(told: str) -> dict[str, str]:
    """None where somebody altered them, or where they were not told yet when it was loaded."""
    try:
        return {str(there): str(here) for there, here in json.loads(told)[NUMBERS].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
