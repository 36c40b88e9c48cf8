"""Puts the database's own rules in force after every migration and every flush, and takes them away before one.

SQLite drops the triggers of a table that Django rebuilds, and a migration may have to touch rows that nobody else may.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from assessments.database_rules.rule_list import all_rules
from assessments.database_rules.rules import DatabaseRule

IN_FORCE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        " AND t.tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
    ),
}


def install(using: str) -> None:
    """Put every rule in force whose table is there, in place of whatever bore its name."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _finish_waiting(connection)
        for rule in _with_table(connection):
            for statement in (*rule.drop(connection.vendor), *rule.create(connection.vendor)):
                cursor.execute(statement)


def suspend(using: str) -> None:
    """Take every rule away; whoever calls this puts them back."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _finish_waiting(connection)
        for rule in _with_table(connection):
            for statement in rule.drop(connection.vendor):
                cursor.execute(statement)


@contextmanager
def suspended(using: str) -> Iterator[None]:
    """Without the rules for a while, for whoever loads what was recorded elsewhere."""
    suspend(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str) -> list[DatabaseRule]:
    """The rules that are not in force word for word."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE[connection.vendor])
        in_force = dict(cursor.fetchall())
    expected = ((rule, rule.expected(connection.vendor)) for rule in all_rules())
    return [rule for rule, words in expected if words and in_force.get(rule.name) != words]


def _finish_waiting(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL changes no table while something on it waits for the end of the transaction."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _with_table(connection: BaseDatabaseWrapper) -> Iterable[DatabaseRule]:
    there = set(connection.introspection.table_names())
    return [rule for rule in all_rules() if rule.table in there]


def suspend_before_migrating(*, using: str, **_: Any) -> None:
    suspend(using)


def install_after_migrating(*, using: str, **_: Any) -> None:
    install(using)
