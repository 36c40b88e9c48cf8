"""Who acts: said once for a request, a command or a test, and told to the database before each of its writes.

PostgreSQL must be told anew in each transaction; SQLite's rules ask here. Nobody acting is an empty actor, which the
rules of the audit trail refuse.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

NAMES = ("actor", "actor_name", "origin")
# A write of ours names one of our tables; all else does not have to know.
OUR_TABLES = "assessments_"
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "PRAGMA", "EXPLAIN", "BEGIN", "COMMIT")

Who = Callable[[], Mapping[str, str]]
_who: ContextVar[Who | None] = ContextVar("who", default=None)
_said: ContextVar[Mapping[str, str] | None] = ContextVar("said", default=None)
_standing: dict[str, str] = {}


def stand_for(**values: str) -> None:
    """Who acts in this process wherever nobody else does: a command says so when it begins."""
    _standing.clear()
    _standing.update(values)


@contextmanager
def acting(who: Who) -> Iterator[None]:
    """Who acts from here on; asked at each write, because a request may sign somebody in."""
    token, said = _who.set(who), _said.set(None)
    try:
        yield
    finally:
        _said.reset(said)
        _who.reset(token)


@contextmanager
def acting_as(*, actor: str, actor_name: str = "", origin: str = "") -> Iterator[None]:
    values = {"actor": actor, "actor_name": actor_name, "origin": origin}
    with acting(lambda: values):
        yield


def now() -> Mapping[str, str]:
    who = _who.get()
    return _standing if who is None else who()


def said() -> Mapping[str, str]:
    """What was true at the latest write: a rule of SQLite asks in the middle of it, when no query may be made."""
    heard = _said.get()
    return _standing if heard is None else heard


def tell_before_writing(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Have each write on a new connection preceded by who makes it."""
    if _before_writing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_before_writing)


def _before_writing(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _is_write(str(sql)):
        values = now()
        _said.set(values)
        if context["connection"].vendor == "postgresql":
            _tell_postgresql(context["connection"], tuple(values.get(name, "") for name in NAMES))
    return execute(sql, params, many, context)


def _is_write(sql: str) -> bool:
    return OUR_TABLES in sql and not sql.lstrip()[:9].upper().startswith(READING)


class _Told:
    """Kept where a transaction keeps what to do once it is committed: so it goes with what is rolled back."""

    def __init__(self, values: tuple[str, ...]) -> None:
        self.values = values

    def __call__(self) -> None:
        """Nothing is to be done: the settings end with the transaction."""


def _tell_postgresql(connection: BaseDatabaseWrapper, values: tuple[str, ...]) -> None:
    """For this transaction, or for the connection where each statement is one of its own."""
    if not connection.in_atomic_block:
        _set(connection, values, is_local=False)
        return
    told = [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Told)]
    if not told or told[-1].values != values:
        _set(connection, values, is_local=True)
        connection.on_commit(_Told(values))


def _set(connection: BaseDatabaseWrapper, values: tuple[str, ...], *, is_local: bool) -> None:
    settings = ", ".join("set_config(%s, %s, %s)" for _ in NAMES)
    parameters = [part for name, value in zip(NAMES, values, strict=True) for part in (f"qmm.{name}", value, is_local)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", parameters)
