"""From the database to a report: of a draft as it stands, in review and signed off as it was fixed."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from assessments.canonical import read_canonical
from assessments.models import Assessment, Review, SignedRecord
from assessments.records import (
    AssessmentRecord,
    SignatureRecord,
    SignOff,
    Status,
    Withheld,
    read_assessment,
)
from assessments.redaction import redacted
from assessments.report import Report, build_report
from benchmarks.cohorts import DEFAULT_COHORT, CohortFigures, read_cohort


def read_report(assessment: Assessment, *, earlier: QuerySet[Assessment], withheld: Withheld | None = None) -> Report:
    """The report at this moment; raise Cohort.DoesNotExist when there is nothing any more to compare a draft with.

    `earlier` are the assessments that may be looked at. What is fixed was compared when it was fixed.
    """
    if assessment.is_signed:
        return _signed_off(assessment, withheld)
    if assessment.is_in_review:
        return in_review(assessment.reviews.get(returned_at=None), withheld)
    record = read_assessment(assessment, with_ratings=True, earlier=earlier)
    return _report(record, read_cohort(DEFAULT_COHORT), withheld)


def in_review(review: Review, withheld: Withheld | None = None) -> Report:
    """What is before those who sign."""
    fixed = read_canonical(review.canonical.encode())
    return _report(replace(fixed.assessment, status=Status.IN_REVIEW), fixed.cohort, withheld)


def _signed_off(assessment: Assessment, withheld: Withheld | None) -> Report:
    """The same for ever: made at the moment of the last signature, from what was signed."""
    record = SignedRecord.objects.select_related("review").get(assessment=assessment)
    signed = read_canonical(record.review.canonical.encode())
    told = replace(signed.assessment, sign_off=sign_off_of(record))
    return build_report(
        assessment=told if withheld is None else redacted(told, withheld),
        cohort=signed.cohort,
        now=timezone.localtime(record.signed_at),
    )


def sign_off_of(record: SignedRecord) -> SignOff:
    signatures = record.review.signatures.all()
    return SignOff(
        signatures=tuple(
            SignatureRecord(each.meaning, each.printed_name, each.email, each.signed_at) for each in signatures
        ),
        digest=record.digest,
        signed_at=record.signed_at,
        trail_head=record.trail_head,
    )


def _report(record: AssessmentRecord, cohort: CohortFigures, withheld: Withheld | None) -> Report:
    shown = record if withheld is None else redacted(record, withheld)
    return build_report(assessment=shown, cohort=cohort, now=timezone.localtime())
