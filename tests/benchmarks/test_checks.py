"""The system check and its command: they name what differs between fixtures, database and source."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import call_command
from django.core.management.base import CommandError

from benchmarks.checks import check_reference_data
from benchmarks.fixture_rows import KEPT
from benchmarks.models import AreaScore, Cohort, Establishment, Framework, SubElement, SubElementScore
from tests.benchmarks.made_up import WITH_GAPS, store


def findings() -> list[str]:
    return [str(warning.msg) for warning in check_reference_data(databases=["default"])]


def test_fixtures_and_database_agree(db: None) -> None:
    assert findings() == []


def test_django_runs_it_when_asked_for_a_database(db: None) -> None:
    AreaScore.objects.filter(establishment__label="A", practice_area__code="BC").update(score="2.8")
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert "benchmarks.W002" in {message.id for message in found}
    assert check_reference_data(databases=None) == []


def test_a_warning_never_stops_a_command(db: None) -> None:
    AreaScore.objects.filter(establishment__label="A").delete()
    assert {message.level for message in check_reference_data(databases=["default"])} == {checks.WARNING}


def test_it_names_row_and_field_and_both_values(db: None) -> None:
    AreaScore.objects.filter(establishment__label="E", practice_area__code="TE").update(score="4.5")
    assert findings() == [
        "area score fda-2024 E TE, score: the fixture has 4.40, the database 4.50.",
        "fda-2024 E: the published average is 4.62, its area scores give 4.64.",
    ]


def test_it_names_a_changed_text_and_a_changed_relation(db: None) -> None:
    SubElement.objects.filter(code="capa").update(name="CAPA", grounding="")
    other = Framework.objects.create(version="2027.1", name="Another", note="")
    Cohort.objects.filter(slug="fda-2024").update(framework=other)
    found = findings()
    assert any("2026.1 capa, name: " in each and each.endswith("the database CAPA.") for each in found)
    assert any(
        "2026.1 capa, grounding: the fixture has ICH Q10 3.2.2, the database an empty text." in each for each in found
    )
    assert "cohort fda-2024, framework: the fixture has 2026.1, the database 2027.1." in found
    assert len(found) == 3


def test_it_names_what_is_missing_and_what_is_on_top(db: None) -> None:
    SubElementScore.objects.filter(establishment__label="G").delete()
    Establishment.objects.create(cohort=Cohort.objects.get(slug="fda-2024"), label="J")
    found = findings()
    assert any("rewards-and-recognition: the fixture has 1.80, the database nothing." in each for each in found)
    assert "establishment fda-2024 J: the fixture has nothing, the database this row." in found
    assert len(found) == 2


def test_a_second_cohort_is_no_difference(db: None) -> None:
    store(WITH_GAPS)
    assert findings() == []


def test_a_published_average_is_compared_only_with_a_complete_row(db: None) -> None:
    store(WITH_GAPS)
    Establishment.objects.filter(cohort__slug="made-up").update(published_average="4.00")
    assert findings() == [
        "made-up Q: the published average is 4.00, its area scores give 3.56.",
        "made-up R: the published average is 4.00, its area scores give 2.56.",
    ]


def test_a_fixture_that_is_not_loaded_is_one_finding(db: None) -> None:
    Cohort.objects.all().delete()
    assert findings() == ["The fixture fda_2024 is not loaded."]


@contextmanager
def without_column() -> Iterator[None]:
    """As before a migration that adds a column."""
    field = Cohort._meta.get_field("caution")
    name, field.column = field.column, "not_there"
    try:
        yield
    finally:
        field.column = name


@contextmanager
def without_tables() -> Iterator[None]:
    """As before the first migration."""
    models = [apps.get_model(name) for name in KEPT]
    names = {model: model._meta.db_table for model in models}
    for model in models:
        model._meta.db_table = f"not_there_{names[model]}"
    try:
        yield
    finally:
        for model in models:
            model._meta.db_table = names[model]


def test_before_the_first_migration_it_is_silent(db: None) -> None:
    with without_tables():
        assert findings() == []


def test_before_a_later_migration_it_is_silent(db: None) -> None:
    with without_column():
        assert findings() == []


def test_the_command_agrees_in_one_line(db: None) -> None:
    out = io.StringIO()
    call_command("check_cohorts", stdout=out)
    assert out.getvalue() == "All 87 rows of the fixtures are in the database as they are; the averages agree.\n"


def test_the_command_lists_what_differs_and_how_to_mend_it(db: None) -> None:
    AreaScore.objects.filter(establishment__label="E", practice_area__code="TE").update(score="4.5")
    with pytest.raises(CommandError) as refusal:
        call_command("check_cohorts")
    assert "- area score fda-2024 E TE, score: the fixture has 4.40, the database 4.50." in str(refusal.value)
    assert str(refusal.value).count("`manage.py loaddata fda_2024`") == 1
    assert refusal.value.returncode == 1


def test_the_command_says_when_the_database_cannot_be_read(db: None) -> None:
    with without_tables(), pytest.raises(CommandError, match=r"has `manage\.py migrate` run"):
        call_command("check_cohorts")
