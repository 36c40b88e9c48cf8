"""Tells the database's own rules what the statements that follow are part of, until the transaction ends.

SQLite's rules ask the function qmm_announced(name), PostgreSQL's current_setting('qmm.' || name, true). A name that was
not announced is NULL in the one and NULL or '' in the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from assessments.database_rules import acting

_announced: ContextVar[dict[str, str] | None] = ContextVar("announced", default=None)


@contextmanager
def announced(using: str = DEFAULT_DB_ALIAS, **values: str) -> Iterator[None]:
    """Announce values by name inside an atomic block; what had been announced before holds again afterwards."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("Announce inside a transaction: what is announced ends with it.")
    before = _announced.get() or {}
    token = _announced.set({**before, **values})
    _tell_postgresql(connection, values)
    try:
        yield
    finally:
        _announced.reset(token)
        if not (connection.needs_rollback or _has_failed(connection)):
            _tell_postgresql(connection, {name: before.get(name, "") for name in values})


def _has_failed(connection: BaseDatabaseWrapper) -> bool:
    """Whether PostgreSQL hears nothing any more until what encloses this is rolled back, and what was told with it."""
    return connection.vendor == "postgresql" and connection.connection.info.transaction_status.name == "INERROR"


def _tell_postgresql(connection: BaseDatabaseWrapper, values: dict[str, str]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"qmm.{name}", value])


def current(name: str) -> str:
    """What is announced by this name, or what whoever acts says of themselves; empty when nobody said anything."""
    return (_announced.get() or {}).get(name) or acting.now().get(name, "")


def add_function(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new connection to SQLite the function that its rules ask."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("qmm_announced", 1, _value, deterministic=False)


def _value(name: str) -> str | None:
    announced_here = _announced.get() or {}
    return announced_here[name] if name in announced_here else acting.said().get(name)
