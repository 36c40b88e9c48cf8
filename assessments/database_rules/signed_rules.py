"""What the database itself refuses about sign-offs: changes while an assessment is no draft, and unsigned sign-offs.

Deleting what is signed off is refused as well, unless it is announced as part of deleting all of an organisation.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models

from assessments.database_rules.rules import DatabaseRule
from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Meaning,
    Organisation,
    Rater,
    Rating,
    RatingRound,
    Review,
    Signature,
    SignedRecord,
    Site,
)
from assessments.signed_rows import forgettable

WITH_SIGNED = "with_signed"
NO_DRAFT = "nothing of it changes while an assessment is in review or signed off"
FOR_GOOD = "what has been signed off is not changed or deleted"
FORGED = "an assessment is signed off by its signatures alone"


def _table(model: type[models.Model]) -> str:
    return f'"{model._meta.db_table}"'


def _status(assessment: str) -> str:
    return f"COALESCE((SELECT a.status FROM {_table(Assessment)} a WHERE a.id = {assessment}), 'draft')"


def _parent(model: type[models.Model], column: str, key: str) -> str:
    return f"(SELECT p.{column} FROM {_table(model)} p WHERE p.id = {key})"


def _assessment_of(model: type[models.Model], row: str) -> str:
    """The key of the assessment that a row belongs to, as SQL."""
    if model is AnswerVersion:
        return _parent(Answer, "assessment_id", f"{row}.answer_id")
    if model is Rater:
        return _parent(RatingRound, "assessment_id", f"{row}.round_id")
    if model is Rating:
        round_of = _parent(Rater, "round_id", f"{row}.rater_id")
        return f"(SELECT q.assessment_id FROM {_table(RatingRound)} q WHERE q.id = {round_of})"
    if model is Signature:
        return _parent(Review, "assessment_id", f"{row}.review_id")
    return f"{row}.assessment_id"


def _changed(model: type[models.Model], leave_out: Collection[str] = ()) -> str:
    """Whether an update changes anything, apart from forgetting whose account is removed."""
    forgets = forgettable(model) - set(leave_out)
    columns = [field.column for field in model._meta.concrete_fields if field.column not in leave_out]
    changes = [f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in columns if name not in forgets]
    changes += [
        f'(NEW."{name}" IS DISTINCT FROM OLD."{name}" AND NEW."{name}" IS NOT NULL)' for name in sorted(forgets)
    ]
    return "(" + " OR ".join(changes) + ")"


def _rule(name: str, model: type[models.Model], event: str, refused_when: str, why: str) -> DatabaseRule:
    """A row trigger that refuses `event` where the condition holds, in the words of both databases."""
    table = model._meta.db_table
    kept = "OLD" if event == "DELETE" else "NEW"
    sqlite = _for_sqlite(refused_when)
    return DatabaseRule(
        name=f"qmm_signed_{name}",
        table=table,
        sqlite=f"BEFORE {event} ON \"{table}\" WHEN {sqlite} BEGIN SELECT RAISE(ABORT, '{why}'); END",
        postgresql_when=f'BEFORE {event} ON "{table}" FOR EACH ROW',
        postgresql_body=(
            f"BEGIN\nIF {_for_postgresql(refused_when)} THEN\n"
            f"RAISE EXCEPTION '{why}' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN {kept};\nEND"
        ),
    )


UNANNOUNCED = "<UNANNOUNCED>"


def _for_sqlite(condition: str) -> str:
    told = f"COALESCE(qmm_announced('{WITH_SIGNED}'), '') <> '1'"
    return condition.replace("IS DISTINCT FROM", "IS NOT").replace(UNANNOUNCED, told)


def _for_postgresql(condition: str) -> str:
    return condition.replace(UNANNOUNCED, f"COALESCE(current_setting('qmm.{WITH_SIGNED}', true), '') <> '1'")


def _truncate(model: type[models.Model]) -> DatabaseRule:
    table = model._meta.db_table
    body = f"BEGIN\nRAISE EXCEPTION '{FOR_GOOD}' USING ERRCODE = 'check_violation';\nEND"
    when = f'BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT'
    return DatabaseRule(f"qmm_signed_{model._meta.model_name}_truncate", table, "", when, body)


def _of_contents(model: type[models.Model]) -> Iterable[DatabaseRule]:
    """Rows beneath an assessment: written only while it is a draft."""
    name = model._meta.model_name
    old, new = (f"{_status(_assessment_of(model, row))} <> 'draft'" for row in ("OLD", "NEW"))
    yield _rule(f"{name}_insert", model, "INSERT", new, NO_DRAFT)
    yield _rule(f"{name}_update", model, "UPDATE", f"({old} OR {new}) AND {_changed(model)}", NO_DRAFT)
    yield _rule(f"{name}_delete", model, "DELETE", f"{old} AND {UNANNOUNCED}", NO_DRAFT)
    yield _truncate(model)


def _of_assessments() -> Iterable[DatabaseRule]:
    changed = _changed(Assessment, leave_out=["status"])
    step = (
        "NOT (OLD.status = NEW.status"
        f" OR (OLD.status = 'draft' AND NEW.status = 'in_review' AND {_open_review('NEW.id')})"
        f" OR (OLD.status = 'in_review' AND NEW.status = 'draft' AND NOT {_open_review('NEW.id')})"
        f" OR (OLD.status = 'in_review' AND NEW.status = 'signed' AND {_signed_by_all('NEW')}))"
    )
    yield _rule("assessment_insert", Assessment, "INSERT", "NEW.status <> 'draft'", FORGED)
    yield _rule("assessment_update", Assessment, "UPDATE", f"OLD.status <> 'draft' AND {changed}", NO_DRAFT)
    yield _rule("assessment_step", Assessment, "UPDATE", step, FORGED)
    yield _rule("assessment_delete", Assessment, "DELETE", f"OLD.status <> 'draft' AND {UNANNOUNCED}", NO_DRAFT)
    yield _truncate(Assessment)


def _open_review(assessment: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_table(Review)} r WHERE r.assessment_id = {assessment} AND r.returned_at IS NULL)"


def _signed_by_all(row: str) -> str:
    """Each signature that the organisation needs is there, under what is in review, by different people if so."""
    signatures = (
        f"FROM {_table(Signature)} g JOIN {_table(Review)} r ON r.id = g.review_id"
        f" WHERE r.assessment_id = {row}.id AND r.returned_at IS NULL AND g.digest = r.digest"
    )
    missing = " OR ".join(
        f"(o.needs_{meaning.value} AND NOT EXISTS (SELECT 1 {signatures} AND g.meaning = '{meaning.value}'))"
        for meaning in Meaning
    )
    same_person = (
        f"o.signers_differ AND (SELECT COUNT(DISTINCT g.signer_number) {signatures}) < (SELECT COUNT(*) {signatures})"
    )
    rules = (
        f"SELECT 1 FROM {_table(Site)} s JOIN {_table(Organisation)} o ON o.id = s.organisation_id"
        f" WHERE s.id = {row}.site_id AND ({missing} OR ({same_person}))"
    )
    record = (
        f"SELECT 1 FROM {_table(SignedRecord)} d JOIN {_table(Review)} r ON r.id = d.review_id"
        f" WHERE d.assessment_id = {row}.id AND r.assessment_id = {row}.id AND d.digest = r.digest"
    )
    return f"NOT EXISTS ({rules}) AND EXISTS ({record})"


def _of_reviews() -> Iterable[DatabaseRule]:
    status_old, status_new = (_status(f"{row}.assessment_id") for row in ("OLD", "NEW"))
    returning = {"returned_at", "returner_name", "reason"}
    # Whoever returns it is named as it is returned; afterwards only forgotten.
    content = _changed(Review, leave_out=[*returning, "returned_by_id"])
    returned = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in sorted(returning))
    named = "(NEW.returned_by_id IS DISTINCT FROM OLD.returned_by_id AND NEW.returned_by_id IS NOT NULL)"
    late = f"(({returned} OR {named}) AND NOT (OLD.returned_at IS NULL AND {status_old} = 'in_review'))"
    yield _rule("review_insert", Review, "INSERT", f"{status_new} <> 'draft' OR NEW.returned_at IS NOT NULL", NO_DRAFT)
    yield _rule("review_update", Review, "UPDATE", f"{content} OR {late}", FOR_GOOD)
    yield _rule("review_delete", Review, "DELETE", f"{status_old} <> 'draft' AND {UNANNOUNCED}", FOR_GOOD)
    yield _truncate(Review)


def _of_signatures() -> Iterable[DatabaseRule]:
    old, new = (_status(_assessment_of(Signature, row)) for row in ("OLD", "NEW"))
    same = (
        f"EXISTS (SELECT 1 FROM {_table(Review)} r WHERE r.id = NEW.review_id AND r.returned_at IS NULL"
        " AND r.digest = NEW.digest)"
    )
    yield _rule("signature_insert", Signature, "INSERT", f"{new} <> 'in_review' OR NOT {same}", FORGED)
    yield _rule("signature_update", Signature, "UPDATE", _changed(Signature), FOR_GOOD)
    yield _rule("signature_delete", Signature, "DELETE", f"{old} <> 'draft' AND {UNANNOUNCED}", FOR_GOOD)
    yield _truncate(Signature)


def _of_records() -> Iterable[DatabaseRule]:
    status = _status("NEW.assessment_id")
    yield _rule("record_insert", SignedRecord, "INSERT", f"{status} <> 'in_review'", FORGED)
    yield _rule("record_update", SignedRecord, "UPDATE", _changed(SignedRecord), FOR_GOOD)
    yield _rule("record_delete", SignedRecord, "DELETE", UNANNOUNCED, FOR_GOOD)
    yield _truncate(SignedRecord)


def signed_rules() -> tuple[DatabaseRule, ...]:
    contents: tuple[Any, ...] = (Answer, AnswerVersion, RatingRound, Rater, Rating)
    rules = [*_of_assessments(), *_of_reviews(), *_of_signatures(), *_of_records()]
    for model in contents:
        rules += _of_contents(model)
    return tuple(rules)
