"""Walks the chain of an organisation's trail and says what does not fit; it mends nothing."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from assessments.models import AuditEntry, AuditSeal
from assessments.trail.chain import NOTHING_BEFORE, SEALED, seal
from assessments.trail.sealing import seal_now

AT_ONCE = 5000
# Seals that lost their entry must be seen, so the entry may be absent.
WALK = (
    f"SELECT s.number, s.hash, e.organisation_id, {', '.join(f'e.{column}' for column in SEALED)}"
    " FROM assessments_auditseal s LEFT JOIN assessments_auditentry e ON e.id = s.entry_id"
    " WHERE s.organisation_id = %s AND s.number > %s ORDER BY s.number LIMIT %s"
)


def organisations_with_trail() -> list[int]:
    """Also those of which there is nothing else any more."""
    named = {*AuditSeal.objects.order_by().values_list("organisation_id", flat=True).distinct()}
    named |= {*AuditEntry.objects.order_by().values_list("organisation_id", flat=True).distinct()}
    return sorted(named)


@transaction.atomic
def faults_of(organisation_id: int, *, newest: int | None = None) -> list[str]:
    """A sentence for each entry that was altered, moved, removed or slipped in; none when the chain is sound.

    With `newest` it begins so many entries before the head, and believes the seal before those.
    """
    seal_now(connection)
    return [*_walk(organisation_id, newest), *_unsealed(organisation_id)]


def _walk(organisation_id: int, newest: int | None) -> Iterator[str]:
    before, place = _begin(organisation_id, newest)
    for number, hashed, owner, *texts in _rows(organisation_id, place):
        while (place := place + 1) < number:
            yield f"Entry {place} is missing, and its seal with it."
        if owner is None:
            yield f"Entry {number} is missing; its seal is there."
        elif owner != organisation_id:
            yield f"Entry {number} ({texts[0]}) was moved to another organisation."
        elif seal(before, number, *texts) != hashed:
            yield f"Entry {number} ({texts[0]}) does not fit its seal: it, or the order, was altered."
        before = hashed


def _begin(organisation_id: int, newest: int | None) -> tuple[str, int]:
    """The seal before the first entry to be looked at, and its number."""
    seals = AuditSeal.objects.filter(organisation_id=organisation_id).order_by("-number")
    latest = seals.values_list("number", flat=True).first() or 0
    place = 0 if newest is None else max(0, latest - newest)
    found = seals.filter(number=place).values_list("hash", flat=True).first()
    return (found, place) if found else (NOTHING_BEFORE, 0)


def _rows(organisation_id: int, after: int) -> Iterator[Any]:
    with connection.cursor() as cursor:
        while True:
            cursor.execute(WALK, [organisation_id, after, AT_ONCE])
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < AT_ONCE:
                return
            after = int(rows[-1][0])


def _unsealed(organisation_id: int) -> Iterator[str]:
    sealed = AuditSeal.objects.filter(entry=OuterRef("pk"), organisation_id=organisation_id)
    loose = AuditEntry.objects.filter(~Exists(sealed), organisation_id=organisation_id).order_by("pk")
    for pk, at in loose.values_list("pk", "at"):
        yield f"An entry of {at} (row {pk}) has no seal."
