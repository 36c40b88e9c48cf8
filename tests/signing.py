"""Signing off in tests: the steps as people take them, without the pages."""

from datetime import UTC, datetime

from assessments.models import Assessment, Person, Review
from assessments.signing import next_meaning, open_review, send_to_review, sign

SENT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SIGNED = datetime(2026, 11, 30, 10, 15, 30, tzinfo=UTC)


def somebody_of(assessment: Assessment) -> Person:
    """The owner, who may take every step."""
    return Person.objects.filter(memberships__organisation=assessment.site.organisation_id).order_by("pk")[0]


def in_review(assessment: Assessment, person: Person | None = None) -> Review:
    return send_to_review(assessment=assessment, person=person or somebody_of(assessment), now=SENT)


def sign_next(assessment: Assessment, person: Person | None = None, now: datetime = SIGNED) -> bool:
    """The next signature that is needed; True when it was the last."""
    review = open_review(assessment)
    assert review is not None
    organisation = assessment.site.organisation
    organisation.refresh_from_db()
    meaning = next_meaning(organisation, list(review.signatures.all()))
    assert meaning is not None
    return sign(
        assessment=assessment, person=person or somebody_of(assessment), meaning=meaning, digest=review.digest, now=now
    )


def sign_off(assessment: Assessment | None = None, person: Person | None = None) -> Assessment:
    """Sent to review and signed as often as needed; without an assessment the only one there is."""
    signed = Assessment.objects.get() if assessment is None else assessment
    for each in signed.rating_rounds.filter(closed_at=None):
        each.closed_at = SENT
        each.save(update_fields=["closed_at"])
    in_review(signed, person)
    while not sign_next(signed, person):
        pass
    signed.refresh_from_db()
    return signed
