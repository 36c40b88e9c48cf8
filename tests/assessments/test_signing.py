"""The steps of a sign-off: what each does, and in which state each is refused."""

from datetime import timedelta

import pytest
from django.db.models import F

from assessments.canonical import canonical_bytes, digest_of_bytes, read_canonical
from assessments.entries import Entry
from assessments.models import Assessment, Meaning, Organisation, Person, Review, Signature, SignedRecord
from assessments.report_reading import read_report
from assessments.rounds import RefusedError, open_round
from assessments.signing import change_sign_off_rules, open_review, return_to_draft, send_to_review, sign
from tests.assessments.test_answering import save, scored
from tests.signing import SENT, SIGNED, in_review, sign_next, sign_off

RULES = {"needs_prepared": True, "needs_reviewed": False, "needs_approved": True, "signers_differ": False}


def need(organisation: Organisation, **rules: bool) -> None:
    change_sign_off_rules(organisation=organisation, **(RULES | rules))


class TestInReview:
    def test_it_is_fixed_with_its_digest(self, assessment: Assessment, alice: Person) -> None:
        save(assessment, scored("3.4", rationale="Minutes of May"), alice, seen=0)
        review = in_review(assessment, alice)
        assessment.refresh_from_db()
        assert assessment.is_in_review
        assert (review.sent_at, review.sent_by, review.sender_name) == (SENT, alice, "Alice Adler")
        assert review.digest == digest_of_bytes(review.canonical.encode())
        assert review.software_version == "0.1.0"
        said = read_canonical(review.canonical.encode()).assessment
        assert {each.code: each.rationale for each in said.answers}["capa"] == "Minutes of May"

    def test_it_is_sent_once(self, assessment: Assessment, alice: Person) -> None:
        in_review(assessment, alice)
        with pytest.raises(RefusedError, match="sent to review already"):
            in_review(assessment, alice)
        assert Review.objects.count() == 1

    def test_an_open_round_is_closed_first(self, assessment: Assessment, alice: Person) -> None:
        open_round(assessment=assessment, person=alice, is_anonymous=False, deadline=None, now=SENT)
        with pytest.raises(RefusedError, match="Close it first"):
            in_review(assessment, alice)

    def test_what_is_deleted_is_not_sent(self, assessment: Assessment, alice: Person) -> None:
        Assessment.objects.filter(pk=assessment.pk).delete()
        with pytest.raises(RefusedError, match="has been deleted"):
            send_to_review(assessment=assessment, person=alice, now=SENT)

    def test_returned_it_is_a_draft_and_its_signatures_are_void(self, assessment: Assessment, alice: Person) -> None:
        in_review(assessment, alice)
        sign_next(assessment, alice)
        later = SIGNED + timedelta(hours=1)
        return_to_draft(assessment=assessment, person=alice, reason="A score of PQS is wrong", now=later)
        assessment.refresh_from_db()
        assert assessment.is_draft
        assert open_review(assessment) is None
        review = Review.objects.get()
        assert (review.returned_at, review.returner_name) == (later, "Alice Adler")
        assert review.reason == "A score of PQS is wrong"
        assert Signature.objects.get().review == review
        assert save(assessment, scored("2.0"), alice, seen=0) is not None
        in_review(assessment, alice)
        assert not sign_next(assessment, alice)  # the earlier one does not count

    def test_a_draft_is_neither_returned_nor_signed(self, assessment: Assessment, alice: Person) -> None:
        with pytest.raises(RefusedError, match="is not in review"):
            return_to_draft(assessment=assessment, person=alice, reason="no", now=SENT)
        with pytest.raises(RefusedError, match="is not in review"):
            sign(assessment=assessment, person=alice, meaning="prepared", digest="0" * 64, now=SENT)


class TestSigning:
    def test_the_last_needed_signature_signs_off(self, assessment: Assessment, alice: Person, lars: Person) -> None:
        review = in_review(assessment, alice)
        assert not sign_next(assessment, alice)
        assessment.refresh_from_db()
        assert assessment.is_in_review
        assert sign_next(assessment, lars, SIGNED + timedelta(minutes=5))
        assessment.refresh_from_db()
        assert assessment.is_signed
        given = [(each.meaning, each.printed_name, each.email, each.digest) for each in Signature.objects.all()]
        assert given == [
            ("prepared", "Alice Adler", "alice@acme.example", review.digest),
            ("approved", "Lars Lind", "lars@acme.example", review.digest),
        ]
        record = SignedRecord.objects.get()
        assert (record.digest, record.signed_at) == (review.digest, SIGNED + timedelta(minutes=5))

    def test_by_default_one_person_can_finish(self, assessment: Assessment, alice: Person) -> None:
        assert sign_off(assessment, alice).is_signed

    def test_all_three_are_given_in_order(self, assessment: Assessment, alice: Person) -> None:
        need(assessment.site.organisation, needs_reviewed=True)
        sign_off(assessment, alice)
        assert [each.meaning for each in Signature.objects.all()] == list(Meaning)

    @pytest.mark.asvs("2.3.2")
    def test_different_people_sign_where_the_organisation_says_so(
        self, assessment: Assessment, alice: Person, lars: Person
    ) -> None:
        need(assessment.site.organisation, signers_differ=True)
        in_review(assessment, alice)
        sign_next(assessment, alice)
        with pytest.raises(RefusedError, match="must be somebody else’s"):
            sign_next(assessment, alice)
        assert sign_next(assessment, lars)

    @pytest.mark.asvs("2.3.1", "2.2.3")
    def test_what_was_not_seen_is_not_signed(self, assessment: Assessment, alice: Person) -> None:
        in_review(assessment, alice)
        with pytest.raises(RefusedError, match="not what this page showed"):
            sign(assessment=assessment, person=alice, meaning="prepared", digest="0" * 64, now=SIGNED)

    @pytest.mark.asvs("2.3.1")
    @pytest.mark.parametrize("meaning", ["approved", "reviewed", "nonsense"])
    def test_only_the_next_signature_is_given(self, assessment: Assessment, alice: Person, meaning: str) -> None:
        review = in_review(assessment, alice)
        with pytest.raises(RefusedError, match="which signature is missing now"):
            sign(assessment=assessment, person=alice, meaning=meaning, digest=review.digest, now=SIGNED)
        assert not Signature.objects.exists()

    def test_signed_off_nothing_goes_back(self, assessment: Assessment, alice: Person) -> None:
        sign_off(assessment, alice)
        with pytest.raises(RefusedError, match="is not in review"):
            return_to_draft(assessment=assessment, person=alice, reason="no", now=SIGNED)
        with pytest.raises(RefusedError, match="sent to review already"):
            in_review(assessment, alice)


class TestTheRules:
    def test_one_signature_is_always_needed(self, acme: Organisation) -> None:
        with pytest.raises(RefusedError, match="At least one"):
            need(acme, needs_prepared=False, needs_approved=False)

    def test_they_stay_while_something_is_in_review(self, assessment: Assessment, acme: Organisation) -> None:
        in_review(assessment)
        with pytest.raises(RefusedError, match="“Autumn 2026” is in review"):
            need(acme, needs_approved=False)
        acme.refresh_from_db()
        assert acme.needs_approved

    def test_an_organisation_s_rules_are_its_own(
        self, assessment: Assessment, other_organisation: Organisation, acme: Organisation
    ) -> None:
        in_review(assessment)
        need(other_organisation, needs_prepared=False, signers_differ=True)
        acme.refresh_from_db()
        assert (acme.needs_prepared, acme.signers_differ) == (True, False)


class TestTheSignedReport:
    def test_it_says_the_same_whatever_is_renamed_and_deleted(
        self, assessment: Assessment, alice: Person, acme: Organisation
    ) -> None:
        save(assessment, scored("3.4"), alice, seen=0)
        sign_off(assessment, alice)
        before = read_report(assessment, earlier=Assessment.objects.none())
        acme.sites.update(name="Renamed", manufacturing="other")
        Organisation.objects.update(name="Renamed")
        Person.objects.update(name="Renamed")
        after = read_report(Assessment.objects.get(), earlier=Assessment.objects.all())
        assert after == before
        assert after.assessment.site == "Northfield"
        assert after.generated_at == SIGNED
        assert after.assessment.sign_off is not None
        assert [each.name for each in after.assessment.sign_off.signatures] == ["Alice Adler"] * 2

    def test_its_bytes_are_those_that_were_signed(self, assessment: Assessment, alice: Person) -> None:
        save(assessment, scored("3.4"), alice, seen=0)
        sign_off(assessment, alice)
        signed = read_report(assessment, earlier=Assessment.objects.none())
        assert digest_of_bytes(canonical_bytes(signed)) == SignedRecord.objects.get().digest

    def test_what_it_compares_with_stays_when_it_is_deleted(self, assessment: Assessment, alice: Person) -> None:
        answers = {"state": "scored", "score": "3.0", "version": 1, "saved_by": alice, "saved_at": SENT}
        assessment.answers.update(**answers)
        later = Assessment.objects.create(
            site=assessment.site, questionnaire=assessment.questionnaire, title="Spring 2027", period="2027"
        )
        Assessment.objects.filter(pk=later.pk).update(created_at=F("created_at") + timedelta(days=90))
        later.refresh_from_db()
        for answer in assessment.answers.all():
            later.answers.create(sub_element=answer.sub_element, **Entry.of(answer).columns, version=1)
        sign_off(later, alice)
        before = read_report(later, earlier=Assessment.objects.none())
        assert before.since is not None
        Assessment.objects.filter(pk=assessment.pk).delete()
        assert read_report(later, earlier=Assessment.objects.none()) == before
