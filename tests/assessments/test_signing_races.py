"""Signing against saving at the same moment, on either database: what is stored is what was signed."""

from collections import Counter
from functools import partial

import pytest

from assessments.answering import Saved, SignedOff, save_answer
from assessments.canonical import digest_of_bytes, read_canonical
from assessments.models import Assessment, Person, Signature, SignedRecord, Site
from assessments.opening import open_assessment
from assessments.signature_checks import check_sign_off
from assessments.signing import send_to_review
from tests.assessments.test_answering import NOW, change, scored
from tests.at_once import at_once
from tests.signing import SENT, sign_next

RACES = 200


def signed_in_a_race(assessment: Assessment, alice: Person) -> object:
    """Sent and signed by one person while another saves; what came of the save."""
    asked = change(assessment, "capa", scored("2.0", rationale="at the last moment"))

    def sign() -> None:
        send_to_review(assessment=assessment, person=alice, now=SENT)
        while not sign_next(assessment, alice):
            pass

    save = partial(save_answer, assessment=assessment, change=asked, person=alice, now=NOW)
    return at_once([sign, save])[1]


@pytest.mark.django_db(transaction=True)
def test_in_two_hundred_races_the_stored_digest_is_the_signed_one(northfield: Site, alice: Person) -> None:
    outcomes: Counter[str] = Counter()
    for number in range(RACES):
        assessment = open_assessment(site=northfield, title=f"Race {number}", period="2026")
        outcome = signed_in_a_race(assessment, alice)
        record = SignedRecord.objects.select_related("review").get(assessment=assessment)
        canonical = record.review.canonical.encode()
        given = Signature.objects.filter(review=record.review).values_list("digest", flat=True)
        assert {record.digest, *given} == {digest_of_bytes(canonical)}
        stored = assessment.answers.get(sub_element__code="capa")
        said = next(each for each in read_canonical(canonical).assessment.answers if each.code == "capa")
        assert (said.score, said.rationale, said.version) == (stored.score, stored.rationale, stored.version)
        if isinstance(outcome, Saved):
            assert said.rationale == "at the last moment"
        else:
            assert isinstance(outcome, SignedOff)
            assert said.version == 0
        outcomes[type(outcome).__name__] += 1
        if number % 20 == 0:
            assessment.refresh_from_db()
            assert check_sign_off(assessment) == []
    assert sum(outcomes.values()) == RACES
