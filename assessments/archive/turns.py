"""Whose archive is being made at this moment: one of each organisation, and one in each server process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.core.cache import cache

FORGOTTEN_AFTER = 600  # seconds: whoever died while making one holds nobody up for longer

_turn = BoundedSemaphore(1)


class BusyError(Exception):
    """Another is being made."""


@contextmanager
def a_turn(organisation_id: int) -> Iterator[None]:
    """Raise BusyError instead of waiting: a thread that waits serves nobody."""
    if not _turn.acquire(blocking=False):
        raise BusyError
    try:
        key = f"archive:{organisation_id}"
        if not cache.add(key, "made", FORGOTTEN_AFTER):
            raise BusyError
        try:
            yield
        finally:
            cache.delete(key)
    finally:
        _turn.release()
