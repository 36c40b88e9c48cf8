"""Gives a new connection to SQLite what the triggers of the audit trail call."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from assessments.trail import sqlite_words
from assessments.trail.chain import seal


def add_functions(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A program that writes without them is refused by the triggers, and that is meant."""
    if connection.vendor == "sqlite":
        create = connection.connection.create_function
        create(sqlite_words.SEAL_FUNCTION, -1, seal, deterministic=True)
        create(sqlite_words.CHANGES_FUNCTION, -1, sqlite_words.differing, deterministic=True)
