"""The database itself refuses what is not a score, on each of its ways in."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from benchmarks.models import AreaScore, Cohort, Establishment, PracticeArea, SubElement, SubElementScore
from tests.benchmarks.made_up import WITH_GAPS, store

EVERY_SCORE = [Decimal(tenths).scaleb(-1) for tenths in range(10, 51)]
NO_SCORES = ["0", "0.9", "0.99", "5.01", "5.1", "9.99", "3.14", "4.95", "-3"]
MODELS = [AreaScore, SubElementScore]


@pytest.fixture
def gap(db: None) -> Establishment:
    """An establishment without a single score."""
    store(WITH_GAPS)
    return Establishment.objects.get(cohort__slug="made-up", label="S <b>")


def new(model: type[Model], establishment: Establishment, score: Decimal) -> Model:
    if model is AreaScore:
        return AreaScore(establishment=establishment, practice_area=PracticeArea.objects.get(code="TE"), score=score)
    return SubElementScore(establishment=establishment, sub_element=SubElement.objects.get(code="capa"), score=score)


def raw_update(row: Model, score: Decimal) -> None:
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(row._meta.db_table)
        cursor.execute(f"UPDATE {table} SET score = %s WHERE id = %s", [str(score), row.pk])  # noqa: S608


WAYS_IN: dict[str, Callable[[Model, Decimal], object]] = {
    "update": lambda row, score: type(row)._default_manager.filter(pk=row.pk).update(score=score),
    "raw SQL": raw_update,
}


@pytest.mark.parametrize("model", MODELS)
def test_all_41_scores_are_accepted_and_come_back_the_same(gap: Establishment, model: type[Model]) -> None:
    row = new(model, gap, Decimal("3.0"))
    row.save()
    for score in EVERY_SCORE:
        raw_update(row, score)
        row.refresh_from_db()
        assert row.score == score  # type: ignore[attr-defined]
        row.full_clean()


@pytest.mark.parametrize("score", NO_SCORES)
@pytest.mark.parametrize("model", MODELS)
def test_bulk_create_of_what_is_no_score_is_refused(gap: Establishment, model: type[Model], score: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.bulk_create([new(model, gap, Decimal(score))])
    assert not model._default_manager.filter(establishment=gap).exists()


@pytest.mark.parametrize("score", NO_SCORES)
@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize("model", MODELS)
def test_changing_to_what_is_no_score_is_refused(gap: Establishment, model: type[Model], way: str, score: str) -> None:
    row = new(model, gap, Decimal("3.0"))
    row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        WAYS_IN[way](row, Decimal(score))
    row.refresh_from_db()
    assert row.score == Decimal("3.0")  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", MODELS)
def test_a_second_score_in_the_same_place_is_refused(gap: Establishment, model: type[Model]) -> None:
    new(model, gap, Decimal("3.0")).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.bulk_create([new(model, gap, Decimal("3.1"))])


def test_a_second_establishment_of_the_same_label_is_refused(gap: Establishment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Establishment.objects.bulk_create([Establishment(cohort=gap.cohort, label=gap.label)])
    Establishment.objects.create(cohort=Cohort.objects.get(slug="fda-2024"), label=gap.label)


@pytest.mark.parametrize("average", ["0.99", "5.01"])
def test_a_published_average_outside_the_scale_is_refused(gap: Establishment, average: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Establishment.objects.filter(pk=gap.pk).update(published_average=average)


@pytest.mark.parametrize("field", ["name_basis", "area_basis"])
def test_an_unknown_basis_is_refused(db: None, field: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SubElement.objects.filter(code="capa").update(**{field: "rumour"})


@pytest.mark.parametrize("change", [{"code": "capa"}, {"order": 1}])
def test_a_sub_element_stands_once_in_a_framework(db: None, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SubElement.objects.filter(code="empowerment").update(**change)


@pytest.mark.parametrize("change", [{"code": "MCQ"}, {"order": 1}])
def test_a_practice_area_stands_once(db: None, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeArea.objects.filter(code="EEE").update(**change)


@pytest.mark.parametrize("code", ["mcq", "M Q", "", "MCQ\n", "É"])
def test_a_practice_area_has_a_code_of_capital_letters(db: None, code: str) -> None:
    with pytest.raises(ValidationError):
        PracticeArea(code=code, name="Some area", order=99).full_clean()
