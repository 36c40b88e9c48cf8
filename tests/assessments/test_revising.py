"""Revisions of what has been signed off: opened with a reason, one at a time, and never compared with themselves."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from assessments.models import AnswerVersion, Assessment, AuditEntry, Origin, Person
from assessments.opening import open_assessment
from assessments.report_reading import read_report
from assessments.revising import open_revision
from assessments.revision_chain import opened_before
from assessments.rounds import RefusedError
from assessments.signing import return_to_draft
from tests.assessments.test_answering import answer_of, save, scored
from tests.rating_rounds import Q, add_round, given
from tests.signing import in_review, sign_off

pytestmark = pytest.mark.django_db


def answered(assessment: Assessment, person: Person, score: str = "3.0") -> Assessment:
    for answer in assessment.answers.select_related("sub_element"):
        save(assessment, scored(score), person, seen=answer.version, code=answer.sub_element.code)
    return assessment


def earlier_of(assessment: Assessment) -> list[Assessment]:
    return list(Assessment.objects.filter(opened_before(assessment)))


def test_it_begins_with_the_same_answers(assessment: Assessment, alice: Person, lars: Person) -> None:
    save(assessment, scored("3.4", rationale="Minutes"), lars, seen=0)
    signed = sign_off(assessment, alice)
    revision = open_revision(assessment=signed, reason="A score of PQS was wrong")
    assert (revision.revision_number, revision.revises, revision.first) == (2, signed, signed)
    assert (revision.title, revision.period, revision.status) == (signed.title, signed.period, "draft")
    answer = answer_of(revision)
    assert (answer.score, answer.rationale, answer.saved_by, answer.version) == (
        answer_of(signed).score,
        "Minutes",
        lars,
        1,
    )
    assert AnswerVersion.objects.get(answer=answer).origin == Origin.REVISION
    assert revision.answers.filter(version=0).count() == 19
    assert save(revision, scored("2.0"), alice, seen=1) is not None
    assert answer_of(signed).score != answer_of(revision).score


def test_only_what_is_signed_off_is_revised_and_only_once(assessment: Assessment, alice: Person) -> None:
    with pytest.raises(RefusedError, match="a draft is changed as it is"):
        open_revision(assessment=assessment, reason="no")
    signed = sign_off(assessment, alice)
    revision = open_revision(assessment=signed, reason="One")
    with pytest.raises(RefusedError, match="Revision 2 has been opened already"):
        open_revision(assessment=signed, reason="Two")
    third = open_revision(assessment=sign_off(revision, alice), reason="Three")
    assert (third.revision_number, third.first) == (3, signed)
    third.delete()
    assert open_revision(assessment=revision, reason="Again").revision_number == 3


def test_a_report_is_not_compared_with_its_own_revisions(assessment: Assessment, alice: Person) -> None:
    answered(assessment, alice)
    Assessment.objects.update(created_at=F("created_at") - timedelta(days=300))
    assessment.refresh_from_db()
    revision = open_revision(assessment=sign_off(assessment, alice), reason="Why")
    assert earlier_of(revision) == []
    assert read_report(revision, earlier=Assessment.objects.filter(opened_before(revision))).since is None


def test_a_later_assessment_is_compared_with_the_last_signed_revision(assessment: Assessment, alice: Person) -> None:
    answered(assessment, alice)
    Assessment.objects.update(created_at=F("created_at") - timedelta(days=300))
    later = answered(open_assessment(site=assessment.site, title="Spring", period="2027"), alice)
    revision = open_revision(assessment=sign_off(assessment, alice), reason="Why")  # opened after the later one
    assert earlier_of(later) == [assessment]
    answered(revision, alice, "4.0")
    sign_off(revision, alice)
    since = read_report(later, earlier=Assessment.objects.filter(opened_before(later))).since
    assert since is not None
    assert since.earlier.id == str(revision.pk)


def test_a_revision_keeps_what_raters_gave_before_it(assessment: Assessment, alice: Person) -> None:
    add_round(assessment, given((Q, "3.0"), (Q, "4.0")))
    revision = open_revision(assessment=sign_off(assessment, alice), reason="Why")
    raters = read_report(revision, earlier=Assessment.objects.none()).raters
    assert raters is not None
    assert raters.rated == 2


def test_both_pages_lead_to_each_other(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    signed = sign_off(assessment, alice)
    path = f"/assessments/{signed.pk}/"
    assert "stays readable as long as the organisation is here" in alice_client.get(f"{path}revise/").text
    assert alice_client.post(f"{path}revise/", {"reason": " "}).status_code == 422
    response = alice_client.post(f"{path}revise/", {"reason": "A score was wrong"})
    revision = Assessment.objects.get(revises=signed)
    assert response["Location"] == f"/assessments/{revision.pk}/"
    assert f"/assessments/{revision.pk}/signatures/" in alice_client.get(f"{path}signatures/").text
    assert path in alice_client.get(f"/assessments/{revision.pk}/").text
    assert "A score was wrong" in alice_client.get(f"/assessments/{revision.pk}/").text
    again = alice_client.post(f"{path}revise/", {"reason": "Once more"})
    assert again.status_code == 409
    assert "Once more" in again.text
    assert alice_client.get(f"{path}revise/").status_code == 302


def test_the_trail_says_why(assessment: Assessment, alice: Person) -> None:
    in_review(assessment, alice)
    return_to_draft(assessment=assessment, person=alice, reason="CAPA is not final.", now=timezone.now())
    sign_off(assessment, alice)
    revision = open_revision(assessment=Assessment.objects.get(pk=assessment.pk), reason="New evidence.")
    said = AuditEntry.objects.exclude(reason="").order_by("pk").values_list("kind", "action", "assessment", "reason")
    assert list(said) == [
        ("Review", "changed", assessment.pk.hex, "CAPA is not final."),
        ("Assessment", "changed", assessment.pk.hex, "CAPA is not final."),
        ("Assessment", "added", revision.pk.hex, "New evidence."),
    ]
