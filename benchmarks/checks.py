"""System checks of the reference data, run by `check --database default`: fixtures, database and source agree."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import DatabaseError, connections

from benchmarks.cohorts import average_and_spread
from benchmarks.fixture_rows import KEPT, differences, read_database, read_fixtures
from benchmarks.models import AreaScore


@checks.register(checks.Tags.database)
def check_reference_data(*, databases: Sequence[str] | None = None, **_: Any) -> Sequence[checks.CheckMessage]:
    """Warnings, not errors: an error would stop `migrate`, and with it the update that puts things right."""
    return [warning for using in databases or () for warning in _warnings(using)]


def _warnings(using: str) -> list[checks.Warning]:
    if not _has_tables(using):
        return []
    try:
        return [*fixture_warnings(using), *average_warnings(using)]
    except DatabaseError:
        return []  # a column is missing: the migrations have not run yet, and say so themselves


def _has_tables(using: str) -> bool:
    there = set(connections[using].introspection.table_names())
    return all(apps.get_model(name)._meta.db_table in there for name in KEPT)


def fixture_warnings(using: str) -> Iterator[checks.Warning]:
    """One warning for a fixture that is not loaded at all, else one for each field that differs."""
    database = read_database(using)
    for name, fixture in read_fixtures().items():
        if fixture.keys().isdisjoint(database):
            yield checks.Warning(f"The fixture {name} is not loaded.", hint=_load(name), id="benchmarks.W001")
            continue
        for difference in differences(fixture, database):
            yield checks.Warning(str(difference), hint=_load(name), id="benchmarks.W002")


def _load(name: str) -> str:
    return f"`manage.py loaddata {name}` restores what the fixture says; rows on top are deleted in the admin."


def average_warnings(using: str) -> Iterator[checks.Warning]:
    """One warning for each average that the source prints and its area scores do not give."""
    for (cohort, label, published), areas in _averages_with_areas(using).items():
        computed, _ = average_and_spread(areas)
        if computed is not None and computed != published:
            yield checks.Warning(
                f"{cohort} {label}: the published average is {published}, its area scores give {computed}.",
                hint="Compare the area scores and the average with the source.",
                id="benchmarks.W003",
            )


def _averages_with_areas(using: str) -> dict[tuple[str, str, Decimal], dict[str, Decimal]]:
    rows = (
        AreaScore.objects.using(using)
        .order_by("establishment__cohort__slug", "establishment__label")
        .values_list(
            "establishment__cohort__slug",
            "establishment__label",
            "establishment__published_average",
            "practice_area__code",
            "score",
        )
    )
    by_establishment: dict[tuple[str, str, Decimal], dict[str, Decimal]] = defaultdict(dict)
    for cohort, label, published, code, score in rows:
        if published is not None:
            by_establishment[(cohort, label, published)][code] = score
    return by_establishment
