"""Whether what was signed is still what is stored: the bytes against their digest, the rows against their seal."""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping

from assessments.canonical import digest_of_bytes, read_canonical
from assessments.models import Assessment, Review, Signature, SignedRecord
from assessments.records import AnswerRecord, AssessmentRecord, read_assessment
from assessments.signed_rows import read_rows, seal_of
from assessments.trail.sealing import Head, is_in_trail
from assessments.trail.written_heads import UnreadableHeadError, read_head

WITHOUT_RECORD = "It is marked as signed off, but there is no record of what was signed."


def check_sign_off(assessment: Assessment) -> list[str]:
    """A sentence for everything that does not fit; none when the sign-off holds."""
    record = SignedRecord.objects.select_related("review").filter(assessment=assessment).first()
    if record is None:
        return (
            ["It is marked as signed off, but there is no record of what was signed."] if assessment.is_signed else []
        )
    return [
        *_of_the_record(assessment, record),
        *_of_the_signatures(record.review, list(record.review.signatures.all())),
        *_of_the_rows(assessment, record),
        *_of_the_answers(assessment, record.review),
    ]


def _of_the_record(assessment: Assessment, record: SignedRecord) -> Iterator[str]:
    if not assessment.is_signed:
        yield f"It has been signed off, but is marked as “{assessment.get_status_display()}”."
    if not _same(seal_of(record), record.seal):
        yield "The seal of the record is broken: the record itself has been changed."
    if record.review.assessment_id != assessment.pk:
        yield "The record speaks of the review of another assessment."
    if not _same(digest_of_bytes(record.review.canonical.encode()), record.digest):
        yield "The digest is broken: the data that was signed has been changed."
    if not _same(record.review.digest, record.digest):
        yield "Review and record have different digests."
    if not _is_in_trail(record.trail_head):
        yield "The head of the audit trail that was noted with it is no longer part of the trail."


def _is_in_trail(written: str) -> bool:
    try:
        organisation, number, hashed = read_head(written)
    except UnreadableHeadError:
        return False
    return is_in_trail(organisation, Head(number, hashed))


def _of_the_signatures(review: Review, signatures: list[Signature]) -> Iterator[str]:
    for each in signatures:
        if not _same(each.digest, digest_of_bytes(review.canonical.encode())):
            yield f"{each.printed_name} ({each.get_meaning_display()}) signed other data than what is stored."
    if not signatures:
        yield "There is no signature."


def _of_the_rows(assessment: Assessment, record: SignedRecord) -> Iterator[str]:
    sealed = dict(_by_name(record.rows.splitlines()))
    present = dict(_by_name(str(row) for row in read_rows(assessment)))
    for name, (digest, people) in sealed.items():
        if name not in present:
            yield f"The row {name} is missing."
            continue
        now_digest, now_people = present[name]
        if not _same(digest, now_digest) or not _only_forgotten(people, now_people):
            yield f"The row {name} has been changed."
    for name in present:
        if name not in sealed:
            yield f"The row {name} has been added."


def _by_name(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for line in lines:
        name, digest, people = (*line.split(" ", 2), "", "")[:3]
        yield name, (digest, people)


def _only_forgotten(sealed: str, present: str) -> bool:
    """Whether the same people are named, or nobody any more because their account was removed."""
    if sealed == present:
        return True
    try:
        before, now = json.loads(sealed), json.loads(present)
    except ValueError:
        return False
    if not isinstance(before, Mapping) or before.keys() != now.keys():
        return False
    return all(value is None or value == before[name] for name, value in now.items())


def _of_the_answers(assessment: Assessment, review: Review) -> Iterator[str]:
    """The rows once more, against the words that were signed: independent of the seal."""
    try:
        signed = read_canonical(review.canonical.encode()).assessment
    except (ValueError, KeyError, TypeError):
        yield "The data that was signed can no longer be read."
        return
    present = read_assessment(assessment)
    for name in ("id", "title", "period", "is_for_counsel", "document_revision", "revises", "revision_reason"):
        if getattr(present, name) != getattr(signed, name):
            yield f"The assessment says another {_called(name)} than what was signed."
    yield from _answers(signed, present)


def _answers(signed: AssessmentRecord, present: AssessmentRecord) -> Iterator[str]:
    now = {answer.code: _said(answer) for answer in present.answers}
    for answer in signed.answers:
        if now.get(answer.code) != _said(answer):
            yield f"The answer of “{answer.name}” is not the one that was signed."
    if len(present.answers) != len(signed.answers):
        yield "The assessment has other sub-elements than what was signed."


def _said(answer: AnswerRecord) -> tuple[object, ...]:
    """What was answered; the rubric beside it belongs to the questionnaire."""
    texts = (answer.reason, answer.rationale, answer.evidence)
    return answer.state, answer.score, *texts, answer.confidence, answer.evidence_strength, answer.version


def _called(name: str) -> str:
    return {"id": "number", "is_for_counsel": "marking"}.get(name, name.replace("_", " "))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
