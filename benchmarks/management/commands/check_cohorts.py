"""`manage.py check_cohorts`: says whether the cohorts in the database are those of the fixtures and of the source."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from benchmarks.checks import average_warnings, fixture_warnings
from benchmarks.fixture_rows import read_fixtures


class Command(BaseCommand):
    """The same findings as the system check, for a person: exit status 1 when there is one."""

    help = "Compares practice areas, sub-elements and cohorts with the fixtures, and published averages with computed."

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            warnings = [*fixture_warnings(DEFAULT_DB_ALIAS), *average_warnings(DEFAULT_DB_ALIAS)]
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read; has `manage.py migrate` run? {error}") from error
        if warnings:
            findings = [f"- {warning.msg}" for warning in warnings]
            hints = dict.fromkeys(str(warning.hint) for warning in warnings)
            raise CommandError("\n".join(["Fixtures, database and source do not agree:", *findings, *hints]))
        rows = sum(len(fixture) for fixture in read_fixtures().values())
        self.stdout.write(f"All {rows} rows of the fixtures are in the database as they are; the averages agree.")
