"""One changed byte in whatever is signed is reported: by the check, by its page, by the command."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.database_rules.installing import suspended
from assessments.models import AnswerVersion, Assessment, Person, Rating, Review, Signature, SignedRecord
from assessments.signature_checks import check_sign_off
from assessments.signed_rows import PATHS, SECRETS
from tests.assessments.database_rules.test_signed_rules import other_value
from tests.assessments.test_answering import save, scored
from tests.rating_rounds import Q, add_round
from tests.rating_rounds import given as gave
from tests.signing import SENT, sign_off

TABLES: list[type[models.Model]] = [Assessment, *PATHS, SignedRecord]


@pytest.fixture
def signed(assessment: Assessment, alice: Person) -> Iterator[Assessment]:
    """Signed off, and with the database's own rules out of the way: somebody owns the database."""
    save(assessment, scored("3.4", rationale="Minutes of the spring review", reason="none"), alice, seen=0)
    add_round(assessment, gave((Q, "3.0"), (Q, "4.0")))
    sign_off(assessment, alice)
    with suspended("default"):
        yield assessment


def faults(assessment: Assessment) -> list[str]:
    return check_sign_off(Assessment.objects.get(pk=assessment.pk))


def _columns(model: type[models.Model]) -> list[Any]:
    """All but keys, which are looked for below where rows are moved elsewhere, and what opens links."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, models.ForeignKey) and field.name not in SECRETS
    ]


COLUMNS = [(model, field) for model in TABLES for field in _columns(model)]


def test_untouched_it_holds(signed: Assessment) -> None:
    assert faults(signed) == []


@pytest.mark.parametrize(("model", "field"), COLUMNS, ids=[f"{m.__name__}.{f.name}" for m, f in COLUMNS])
def test_every_column_of_every_signed_table_is_watched(
    signed: Assessment, model: type[models.Model], field: Any
) -> None:
    row = model._default_manager.order_by("pk")[0]
    changed = other_value(field, getattr(row, field.attname))
    if field.name == "status":
        changed = "draft"
    if field.name == "state":
        changed = "unanswered" if row.state != "unanswered" else "unknown"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            _write(model, row.pk, field, changed)
    except IntegrityError:
        return  # it cannot be written at all
    assert faults(signed) != []


def _write(model: type[models.Model], key: Any, field: Any, value: Any) -> None:
    """Past the constraints, where the database lets its owner do that."""
    prepared = field.get_db_prep_save(value, connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE id = %s',  # noqa: S608
                [prepared, model._meta.pk.get_db_prep_value(key, connection)],
            )
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


TEXTS = [(Review, "canonical"), (Review, "sender_name"), (Signature, "printed_name"), (SignedRecord, "rows")]


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_one_changed_letter_is_reported(signed: Assessment, data: st.DataObject) -> None:
    model, name = data.draw(st.sampled_from(TEXTS))
    row: Any = model._default_manager.order_by("pk")[0]
    text = getattr(row, name)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0a ~é\n").filter(lambda each: each != text[place]))
    field = model._meta.get_field(name)
    _write(model, row.pk, field, text[:place] + letter + text[place + 1 :])
    try:
        assert faults(signed) != []
    finally:
        _write(model, row.pk, field, text)
    assert faults(signed) == []


@pytest.mark.parametrize("model", [AnswerVersion, Rating, Signature, SignedRecord])
def test_a_row_that_is_gone_is_missed(signed: Assessment, model: type[models.Model]) -> None:
    rows: Any = model._default_manager.order_by()
    rows.filter(pk=rows.latest("pk").pk)._raw_delete("default")
    assert faults(signed) != []


def test_a_row_too_many_is_seen(signed: Assessment, alice: Person) -> None:
    answer = signed.answers.exclude(version=0)[0]
    answer.versions.create(version=7, saved_at=SENT, saved_by=alice)
    assert any("has been added" in fault for fault in faults(signed))


def test_another_person_is_no_removed_account(signed: Assessment, alice: Person, lars: Person) -> None:
    signed.answers.filter(saved_by=alice).order_by().update(saved_by=lars)
    assert any("has been changed" in fault for fault in faults(signed))
    signed.answers.filter(saved_by=lars).order_by().update(saved_by=None)
    assert faults(signed) == []


def test_the_page_and_the_command_say_it(
    alice_client: Client, signed: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"/assessments/{signed.pk}/signatures/"
    assert "It holds" in alice_client.get(path).text
    Review.objects.filter(assessment=signed).update(canonical="{}")
    assert "The sign-off does not hold" in alice_client.get(path).text
    with pytest.raises(CommandError):
        call_command("verify")
    assert f"Assessment {signed.pk}: The digest is broken" in capsys.readouterr().err
