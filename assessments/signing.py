"""The steps of a sign-off: sent to review, returned with a reason, signed by one person after the other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from assessments.canonical import canonical_bytes, digest_of_bytes
from assessments.database_rules.announcing import announced
from assessments.models import Assessment, AssessmentStatus, Meaning, Organisation, Person, Review, Signature
from assessments.report_reading import read_report
from assessments.revision_chain import opened_before
from assessments.rounds import RefusedError
from assessments.signed_rows import seal
from benchmarks.models import Cohort
from qmm_site.version import software_version

NOT_IN_REVIEW = "This assessment is not in review: it has been returned to draft, or signed off, meanwhile."
MOST_NAME = 254


def needed_meanings(organisation: Organisation) -> tuple[Meaning, ...]:
    """Which signatures sign an assessment off, in the order in which they are given."""
    return tuple(meaning for meaning in Meaning if getattr(organisation, f"needs_{meaning.value}"))


def next_meaning(organisation: Organisation, signatures: Sequence[Signature]) -> Meaning | None:
    """What the next signature means; None once none is missing."""
    given = {each.meaning for each in signatures}
    return next((meaning for meaning in needed_meanings(organisation) if meaning not in given), None)


def open_review(assessment: Assessment) -> Review | None:
    """The review that an assessment is in, or was signed off in."""
    return assessment.reviews.filter(returned_at=None).first()


@transaction.atomic
def change_sign_off_rules(
    *,
    organisation: Organisation,
    needs_prepared: bool,
    needs_reviewed: bool,
    needs_approved: bool,
    signers_differ: bool,
) -> None:
    """Say which signatures are needed; not while somebody is signing by the rules as they are."""
    held = Organisation.objects.select_for_update().order_by().get(pk=organisation.pk)
    if not (needs_prepared or needs_reviewed or needs_approved):
        raise RefusedError("At least one signature is needed.")
    in_review = Assessment.objects.filter(site__organisation=held, status=AssessmentStatus.IN_REVIEW).first()
    if in_review is not None:
        raise RefusedError(
            f"“{in_review.title}” is in review. Have it signed off or return it to draft first: nobody changes the "
            "rules of a sign-off that is under way."
        )
    held.needs_prepared, held.needs_reviewed, held.needs_approved = needs_prepared, needs_reviewed, needs_approved
    held.signers_differ = signers_differ
    held.save(update_fields=["needs_prepared", "needs_reviewed", "needs_approved", "signers_differ"])


@transaction.atomic
def send_to_review(*, assessment: Assessment, person: Person, now: datetime) -> Review:
    """Fix what the report says, so that it can be signed."""
    held = _hold(assessment)
    # The rules of the sign-off stay as they are from now on.
    list(Organisation.objects.select_for_update(no_key=True).order_by().filter(sites=held.site_id))
    if not held.is_draft:
        raise RefusedError("This assessment has been sent to review already.")
    if held.rating_rounds.filter(closed_at=None).exists():
        raise RefusedError("A round of ratings is open. Close it first: in review nobody rates any more.")
    try:
        report = read_report(held, earlier=Assessment.objects.filter(opened_before(held)))
    except Cohort.DoesNotExist as problem:
        raise RefusedError("The cohort that reports compare with has been removed.") from problem
    canonical = canonical_bytes(report)
    review = Review.objects.create(
        assessment=held,
        sent_at=now,
        sent_by=person,
        sender_name=str(person),
        canonical=canonical.decode(),
        digest=digest_of_bytes(canonical),
        software_version=software_version(),
    )
    _set_status(held, AssessmentStatus.IN_REVIEW)
    return review


@transaction.atomic
def return_to_draft(*, assessment: Assessment, person: Person, reason: str, now: datetime) -> None:
    """Let answers change again; signatures given so far are void, and stay to be seen."""
    held = _hold(assessment)
    review = _review_of(held)
    review.returned_at, review.returned_by, review.returner_name, review.reason = now, person, str(person), reason
    with announced(reason=reason):
        review.save(update_fields=["returned_at", "returned_by", "returner_name", "reason"])
        _set_status(held, AssessmentStatus.DRAFT)


@transaction.atomic
def sign(*, assessment: Assessment, person: Person, meaning: str, digest: str, now: datetime) -> bool:
    """Sign what was seen, known by its digest; True when it was the last signature that was needed.

    The caller has asked for the password again.
    """
    held = _hold(assessment)
    review = _review_of(held)
    organisation = held.site.organisation
    given = list(review.signatures.all())
    _refuse(organisation, review, given, person, meaning, digest)
    Signature.objects.create(
        review=review,
        meaning=meaning,
        signer=person,
        signer_number=person.pk,
        printed_name=str(person),
        email=person.email,
        signed_at=now,
        digest=digest,
    )
    if next_meaning(organisation, list(review.signatures.all())) is not None:
        return False
    seal(assessment=held, review=review, now=now)
    _set_status(held, AssessmentStatus.SIGNED)
    return True


def may_sign_next(organisation: Organisation, given: Sequence[Signature], person: Person) -> bool:
    """Whether the next signature may be this person's, by the organisation's rule that signers differ."""
    return not organisation.signers_differ or person.pk not in {each.signer_number for each in given}


def _refuse(
    organisation: Organisation, review: Review, given: list[Signature], person: Person, meaning: str, digest: str
) -> None:
    if digest != review.digest:
        raise RefusedError("What is in review is not what this page showed. Read it again before you sign.")
    if meaning != next_meaning(organisation, given):
        raise RefusedError("Somebody else has signed meanwhile. Read below which signature is missing now.")
    if not may_sign_next(organisation, given, person):
        raise RefusedError(
            "You have signed already, and in your organisation each signature must be somebody else’s. Ask another "
            "owner or lead to sign."
        )


def _hold(assessment: Assessment) -> Assessment:
    """The assessment as it is now, held until the transaction ends: nobody saves an answer in between.

    PostgreSQL locks the row. SQLite has no such lock and needs none: its transaction is the only writer from its start.
    """
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True).order_by()
    held = rows.select_related("site__organisation", "questionnaire__framework").filter(pk=assessment.pk).first()
    if held is None:
        raise RefusedError("The assessment has been deleted.")
    return held


def _review_of(held: Assessment) -> Review:
    review = open_review(held)
    if review is None or not held.is_in_review:
        raise RefusedError(NOT_IN_REVIEW)
    return review


def _set_status(held: Assessment, status: AssessmentStatus) -> None:
    held.status = status
    held.save(update_fields=["status"])
