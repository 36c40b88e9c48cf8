"""The system check that each of the database's own rules is in force, run by `check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError, connections

from assessments.database_rules.installing import missing
from assessments.models import Organisation


@checks.register(checks.Tags.database)
def check_database_rules(*, databases: Sequence[str] | None = None, **_: Any) -> Sequence[checks.CheckMessage]:
    """Warnings, not errors: an error would stop `migrate`, which puts the rules back."""
    return [warning for using in databases or () for warning in _warnings(using)]


def _warnings(using: str) -> list[checks.Warning]:
    try:
        if Organisation._meta.db_table not in connections[using].introspection.table_names():
            return []
        absent = missing(using)
    except DatabaseError:
        return []  # the database is away: whoever needs it says so
    return [
        checks.Warning(
            f"The database no longer keeps the rule {rule.name} on {rule.table}.",
            hint="Run `manage.py migrate`: it puts the rules back. Find out who took this one away.",
            id="assessments.W001",
        )
        for rule in absent
    ]
