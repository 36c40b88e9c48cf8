"""What the page of a sign-off says: who has signed, who is still to sign, what was returned and what was revised."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import Assessment, Meaning, Organisation, Person, Review, Signature, SignedRecord
from assessments.revision_chain import chain_of
from assessments.signature_checks import check_sign_off
from assessments.signing import may_sign_next, needed_meanings, next_meaning
from benchmarks.formatting import capitalised, join_labels


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature, given or still missing."""

    meaning: Meaning
    signature: Signature | None

    @property
    def name(self) -> str:
        return capitalised(str(self.meaning.label))


@dataclass(frozen=True, slots=True)
class SignOffState:
    """Everything the page needs; no template decides."""

    review: Review | None
    record: SignedRecord | None
    lines: tuple[SignatureLine, ...]
    next: Meaning | None  # None in a draft, and once none is missing
    may_sign: bool  # by the organisation's rule; whether the role allows it is asked elsewhere
    faults: tuple[str, ...]
    returned: tuple[Review, ...]
    revisions: tuple[Assessment, ...]  # with this one; none unless there are several
    later: Assessment | None  # the revision that was opened after this one


def read_state(assessment: Assessment, person: Person) -> SignOffState:
    """In a number of queries that does not grow with signatures and revisions."""
    organisation = assessment.site.organisation
    reviews = list(assessment.reviews.prefetch_related("signatures"))
    review = next((each for each in reviews if each.returned_at is None), None)
    given = [] if review is None else list(review.signatures.all())
    chain = list(chain_of(assessment))
    return SignOffState(
        review=review,
        record=SignedRecord.objects.filter(assessment=assessment).first(),
        lines=_lines(assessment, given),
        next=next_meaning(organisation, given) if assessment.is_in_review else None,
        may_sign=may_sign_next(organisation, given, person),
        faults=tuple(check_sign_off(assessment)) if assessment.is_signed else (),
        returned=tuple(each for each in reviews if each.returned_at is not None),
        revisions=tuple(chain) if len(chain) > 1 else (),
        later=next((each for each in chain if each.revises_id == assessment.pk), None),
    )


def rules_words(organisation: Organisation) -> str:
    """Which signatures an organisation needs, as a sentence."""
    meanings = [str(meaning.label) for meaning in needed_meanings(organisation)]
    count = "One signature signs" if len(meanings) == 1 else "Signatures in this order sign"
    people = ""
    if len(meanings) > 1:
        people = ", each by somebody else" if organisation.signers_differ else "; one person may give several"
    return f"{count} an assessment off: {join_labels(meanings)}{people}."


def _lines(assessment: Assessment, given: Sequence[Signature]) -> tuple[SignatureLine, ...]:
    """Once signed off, what was needed then; the organisation may need something else by now."""
    by_meaning = {Meaning(each.meaning): each for each in given}
    wanted = tuple(by_meaning) if assessment.is_signed else needed_meanings(assessment.site.organisation)
    return tuple(SignatureLine(meaning, by_meaning.get(meaning)) for meaning in Meaning if meaning in wanted)
