"""Pure: how an entry of the audit trail is sealed; docs/audit-trail.md computes an example by hand."""

import hashlib
from collections.abc import Iterable

# What comes before the first entry of an organisation.
NOTHING_BEFORE = "0" * 64
# The texts of an entry that its seal covers, in this order.
SEALED = (
    *("at", "actor", "actor_name", "origin", "kind", "action", "row", "assessment", "about"),
    *("before", "after", "reason"),
)


def seal(before: str, number: int, *texts: str) -> str:
    """SHA-256 over the seal before, the number and the texts, each with its length in bytes: none can be shifted."""
    return hashlib.sha256("".join(map(measured, (before, str(number), *texts))).encode()).hexdigest()


def measured(text: str) -> str:
    """The text as netstrings write it: 5:hello,"""
    length = len(text) if text.isascii() else len(text.encode())
    return f"{length}:{text},"


def sealed_chain(entries: Iterable[Iterable[str]]) -> list[str]:
    """The seals of entries in their order, from the first one on."""
    seals: list[str] = []
    for number, texts in enumerate(entries, start=1):
        seals.append(seal(seals[-1] if seals else NOTHING_BEFORE, number, *texts))
    return seals
