"""What the database itself refuses about sign-offs, by statements that know nothing of the product's own checks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from assessments.database_rules.announcing import announced
from assessments.database_rules.signed_rules import WITH_SIGNED
from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Organisation,
    Person,
    Rater,
    Rating,
    RatingRound,
    Review,
    Signature,
    SignedRecord,
    Site,
)
from assessments.signing import change_sign_off_rules, return_to_draft
from tests.assessments.test_answering import save, scored
from tests.rating_rounds import Q, add_round, given
from tests.signing import SENT, SIGNED, in_review, sign_next, sign_off

CONTENTS = [Answer, AnswerVersion, RatingRound, Rater, Rating]
TABLES = [Assessment, *CONTENTS, Review, Signature, SignedRecord]
STEPS: dict[str, Callable[[Assessment], object]] = {"in review": in_review, "signed off": sign_off}


@pytest.fixture
def filled(assessment: Assessment, alice: Person) -> Assessment:
    """With an answer, its history, and a round that was compared."""
    save(assessment, scored("3.4", rationale="Minutes"), alice, seen=0)
    add_round(assessment, given((Q, "3.0")))
    return assessment


def is_refused(write: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def is_update_refused(found: models.QuerySet[Any], **change: Any) -> bool:
    return is_refused(lambda: found.update(**change))


def rows(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.order_by()


def other_value(field: Any, value: Any) -> Any:
    """Another value of the column; what it means does not matter to a trigger that comes first."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField | models.BigAutoField):
        return (value or 0) + 1000
    if isinstance(field, models.DecimalField):
        return "4.9" if value is None or str(value) != "4.90" else "4.8"
    if isinstance(field, models.DateTimeField):
        return SENT if value is None else value.replace(year=2001)
    if isinstance(field, models.DateField):
        return SENT.date()
    if isinstance(field, models.UUIDField):
        return "5f0c1a4e-0d6e-4b57-9a5b-2f4d1c0a9e11"
    if isinstance(field, models.JSONField):
        return [*value, {"title": "x", "location": ""}]
    return f"{value}x"[-field.max_length :] if field.max_length else f"{value}x"


@pytest.mark.asvs("8.2.3", "2.3.1")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("model", CONTENTS)
def test_no_draft_is_written_into(filled: Assessment, step: str, model: type[models.Model]) -> None:
    row = rows(model)[0]
    copy = {each.attname: getattr(row, each.attname) for each in model._meta.concrete_fields if not each.primary_key}
    STEPS[step](filled)
    assert is_refused(lambda: rows(model).delete())
    assert is_refused(lambda: model(**copy).save(force_insert=True))
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        if isinstance(field, models.ForeignKey):
            if field.remote_field.on_delete is not models.SET_NULL:
                continue  # another parent is tried below
            changed = Person.objects.create_user(f"{field.name}@acme.example", "x").pk
        else:
            changed = other_value(field, getattr(row, field.attname))
        assert is_update_refused(rows(model).filter(pk=row.pk), **{field.attname: changed}), field.name


@pytest.mark.parametrize("model", CONTENTS)
def test_a_draft_is_written_as_ever(filled: Assessment, model: type[models.Model]) -> None:
    assert not is_refused(lambda: rows(model).delete())


def test_nothing_is_moved_into_what_is_signed_or_out_of_it(filled: Assessment) -> None:
    other = Assessment.objects.create(site=filled.site, questionnaire=filled.questionnaire, title="B", period="2027")
    answer = other.answers.create(sub_element=filled.answers.all()[0].sub_element)
    sign_off(filled)
    assert is_refused(lambda: Answer.objects.filter(pk=answer.pk).update(assessment=filled))
    assert is_update_refused(filled.answers.filter(version=1).order_by(), assessment=other)


@pytest.mark.parametrize("step", STEPS)
def test_the_assessment_itself_stays(filled: Assessment, step: str) -> None:
    STEPS[step](filled)
    for change in ({"title": "B"}, {"period": "B"}, {"is_for_counsel": True}, {"created_at": SENT}):
        assert is_update_refused(Assessment.objects.all(), **change), change
    assert is_refused(lambda: Assessment.objects.all()._raw_delete("default"))
    assert is_refused(lambda: Assessment.objects.all().delete())


@pytest.mark.parametrize("status", ["in_review", "signed"])
def test_a_draft_becomes_nothing_else_by_itself(filled: Assessment, status: str) -> None:
    assert is_refused(lambda: Assessment.objects.update(status=status))
    assert is_refused(
        lambda: Assessment.objects.create(
            site=filled.site, questionnaire=filled.questionnaire, title="B", period="B", status=status
        )
    )


def test_a_review_is_no_sign_off(filled: Assessment) -> None:
    in_review(filled)
    for status in ("signed", "draft"):
        assert is_update_refused(Assessment.objects.all(), status=status)
    sign_next(filled)
    assert is_refused(lambda: Assessment.objects.update(status="signed"))


def _record(review: Review) -> None:
    SignedRecord.objects.create(
        assessment=review.assessment, review=review, signed_at=SIGNED, digest=review.digest, rows="", seal=""
    )


def _signature(review: Review, person: Person, meaning: str, digest: str = "") -> None:
    Signature.objects.create(
        review=review,
        meaning=meaning,
        signer=person,
        signer_number=person.pk,
        printed_name="x",
        email="x",
        signed_at=SIGNED,
        digest=digest or review.digest,
    )


def test_a_record_without_the_signatures_is_no_sign_off(filled: Assessment, alice: Person) -> None:
    review = in_review(filled)
    _record(review)
    _signature(review, alice, "prepared")
    assert is_refused(lambda: Assessment.objects.update(status="signed"))
    _signature(review, alice, "approved")
    assert not is_refused(lambda: Assessment.objects.update(status="signed"))


def test_different_people_are_counted_by_the_database_too(
    filled: Assessment, alice: Person, lars: Person, acme: Organisation
) -> None:
    change_sign_off_rules(
        organisation=acme, needs_prepared=True, needs_reviewed=False, needs_approved=True, signers_differ=True
    )
    review = in_review(filled)
    _record(review)
    _signature(review, alice, "prepared")
    with transaction.atomic():
        _signature(review, alice, "approved")
        assert is_refused(lambda: Assessment.objects.update(status="signed"))
        transaction.set_rollback(True)
    _signature(review, lars, "approved")
    assert not is_refused(lambda: Assessment.objects.update(status="signed"))


def test_signatures_of_other_data_or_outside_a_review_are_none(filled: Assessment, alice: Person) -> None:
    review = in_review(filled)
    assert is_refused(lambda: _signature(review, alice, "prepared", digest="0" * 64))
    return_to_draft(assessment=filled, person=alice, reason="no", now=SIGNED)
    assert is_refused(lambda: _signature(review, alice, "prepared"))
    assert is_refused(lambda: _record(review))


@pytest.mark.asvs("16.4.2", "2.3.1")
@pytest.mark.parametrize("model", [Review, Signature, SignedRecord])
def test_what_was_signed_is_never_changed(filled: Assessment, model: type[models.Model]) -> None:
    sign_off(filled)
    row = rows(model)[0]
    assert is_refused(lambda: rows(model)._raw_delete("default"))
    for field in model._meta.concrete_fields:
        if field.primary_key or isinstance(field, models.ForeignKey):
            continue
        changed = other_value(field, getattr(row, field.attname))
        assert is_update_refused(rows(model), **{field.attname: changed}), field.name


def test_a_returned_review_keeps_its_reason_and_its_void_signatures(filled: Assessment, alice: Person) -> None:
    in_review(filled)
    sign_next(filled)
    return_to_draft(assessment=filled, person=alice, reason="A mistake", now=SIGNED)
    for change in ({"reason": "Another"}, {"returned_at": None, "reason": ""}, {"digest": "0"}):
        assert is_update_refused(Review.objects.all(), **change), change
    assert is_refused(lambda: Signature.objects.update(printed_name="Somebody else"))


def test_a_removed_account_is_forgotten_and_nothing_else(filled: Assessment, lars: Person) -> None:
    in_review(filled, lars)
    sign_next(filled, lars)
    sign_next(filled, lars)
    number = lars.pk
    lars.delete()
    kept = {(each.signer_id, each.signer_number, each.printed_name) for each in Signature.objects.all()}
    assert kept == {(None, number, "Lars Lind")}


@pytest.mark.parametrize("whole", [Organisation, Site])
def test_only_announced_it_goes_with_all_of_an_organisation(filled: Assessment, whole: type[models.Model]) -> None:
    sign_off(filled)
    assert is_refused(lambda: rows(whole).all().delete())
    with transaction.atomic(), announced(**{WITH_SIGNED: "1"}):
        rows(whole).all().delete()
    for model in TABLES:
        assert not rows(model).exists()


@pytest.mark.parametrize("model", TABLES)
def test_postgresql_truncates_none_of_it(filled: Assessment, model: type[models.Model]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or what is pending would be in the way
        assert is_refused(lambda: cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE'))
