"""Saving answers: what is stored with which version, who loses when two save at once, and that signing off ends it."""

import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from assessments.answering import (
    Change,
    Conflict,
    Gone,
    PageConflict,
    PageSaved,
    Saved,
    SignedOff,
    save_answer,
    save_page,
)
from assessments.entries import Entry, EvidenceReference
from assessments.models import Answer, AnswerState, Assessment, Person
from assessments.opening import open_assessment
from tests.at_once import at_once
from tests.signing import sign_off

NOW = datetime(2026, 11, 23, 14, 2, 5, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def scored(score: str, **texts: Any) -> Entry:
    return Entry(state=AnswerState.SCORED, score=Decimal(score), **texts)


def answer_of(assessment: Assessment, code: str = "capa") -> Answer:
    return assessment.answers.select_related("sub_element").get(sub_element__code=code)


def save(
    assessment: Assessment, entry: Entry, person: Person, *, seen: int, now: datetime = NOW, code: str = "capa"
) -> Saved | Conflict | SignedOff | Gone:
    asked = change(assessment, code, entry, seen)
    return save_answer(assessment=assessment, change=asked, person=person, now=now)


def change(assessment: Assessment, code: str, entry: Entry, seen: int = 0) -> Change:
    return Change(answer_of(assessment, code), entry, seen)


class TestOneAnswer:
    @pytest.mark.parametrize(
        "entry",
        [
            scored("3.4", rationale="\nSee <SOP 12>", evidence=(EvidenceReference("Minutes", "QA-7"),)),
            scored("1.0", reason="once not applicable"),
            Entry(state=AnswerState.UNKNOWN),
            Entry(state=AnswerState.NOT_APPLICABLE, reason="No packaging here"),
            Entry(rationale="words before a choice"),
        ],
    )
    def test_it_is_stored_as_given(self, assessment: Assessment, alice: Person, entry: Entry) -> None:
        before = answer_of(assessment)
        assert (before.version, before.saved_at, before.saved_by) == (0, None, None)
        saved = save(assessment, entry, alice, seen=0)
        assert saved == Saved(before.sub_element, entry, version=1, saved_at=NOW, is_change=True)
        answer = answer_of(assessment)
        assert Entry.of(answer) == entry
        assert (answer.version, answer.saved_at, answer.saved_by) == (1, NOW, alice)

    def test_of_a_deleted_assessment_nothing_is_stored(self, assessment: Assessment, alice: Person) -> None:
        changes = [change(assessment, "capa", scored("2.0"))]
        Assessment.objects.filter(pk=assessment.pk).delete()
        outcome = save_answer(assessment=assessment, change=changes[0], person=alice, now=NOW)
        assert outcome == Gone()
        assert save_page(assessment=assessment, changes=changes, person=alice, now=NOW) == Gone()
        assert not Answer.objects.exists()

    def test_no_other_answer_is_touched(self, assessment: Assessment, alice: Person) -> None:
        another = open_assessment(site=assessment.site, title="Another", period="2026")
        save(assessment, scored("2.0"), alice, seen=0)
        assert assessment.answers.filter(version=0).count() == 19
        assert another.answers.filter(version=0).count() == 20

    def test_an_answer_of_another_assessment_is_not_written(self, assessment: Assessment, alice: Person) -> None:
        """However it came there: the statement that writes asks for the assessment too."""
        another = open_assessment(site=assessment.site, title="Another", period="2026")
        foreign = Change(answer=another.answers.get(sub_element__code="capa"), entry=scored("2.0"), seen_version=0)
        outcome = save_page(assessment=assessment, changes=[foreign], person=alice, now=NOW)
        assert isinstance(outcome, PageConflict)
        assert another.answers.filter(version=0).count() == 20

    def test_a_stale_save_stores_nothing_and_brings_the_other_answer(
        self, assessment: Assessment, alice: Person, mallory: Person
    ) -> None:
        theirs = scored("2.0", rationale="theirs")
        save(assessment, theirs, mallory, seen=0)
        outcome = save(assessment, scored("4.0"), alice, seen=0, now=LATER)
        assert outcome == Conflict(answer_of(assessment).sub_element, theirs, 1, saved_at=NOW, saved_by=mallory)
        assert (Entry.of(answer_of(assessment)), answer_of(assessment).version) == (theirs, 1)

    def test_the_version_in_the_way_is_the_one_to_save_on(
        self, assessment: Assessment, alice: Person, mallory: Person
    ) -> None:
        save(assessment, scored("2.0"), mallory, seen=0)
        outcome = save(assessment, scored("4.0"), alice, seen=1, now=LATER)
        assert isinstance(outcome, Saved)
        assert outcome.version == 2
        assert (answer_of(assessment).score, answer_of(assessment).saved_by) == (Decimal("4.0"), alice)

    def test_sent_twice_it_is_stored_once(self, assessment: Assessment, alice: Person, mallory: Person) -> None:
        entry = scored("3.4", evidence=(EvidenceReference("Minutes", ""),))
        save(assessment, entry, alice, seen=0)
        again = save(assessment, entry, mallory, seen=0, now=LATER)
        assert again == Saved(answer_of(assessment).sub_element, entry, version=1, saved_at=NOW, is_change=False)
        assert (answer_of(assessment).version, answer_of(assessment).saved_by) == (1, alice)

    def test_a_version_that_never_was_is_a_conflict(self, assessment: Assessment, alice: Person) -> None:
        assert isinstance(save(assessment, scored("2.0"), alice, seen=999_999_999), Conflict)
        assert answer_of(assessment).version == 0

    @pytest.mark.asvs("2.3.1")
    def test_signed_off_it_no_longer_changes(self, assessment: Assessment, alice: Person) -> None:
        sign_off()
        assert save(assessment, scored("2.0"), alice, seen=0) == SignedOff()
        assert answer_of(assessment).version == 0


class TestWholePage:
    def test_every_change_is_stored(self, assessment: Assessment, alice: Person) -> None:
        changes = [
            change(assessment, "capa", scored("2.0")),
            change(assessment, "continual-improvement", scored("3.0")),
        ]
        outcome = save_page(assessment=assessment, changes=changes, person=alice, now=NOW)
        assert isinstance(outcome, PageSaved)
        assert [(each.sub_element.code, str(each.entry), each.version) for each in outcome.answers] == [
            ("capa", "2.0", 1),
            ("continual-improvement", "3.0", 1),
        ]
        assert assessment.answers.filter(version=1, saved_by=alice, saved_at=NOW).count() == 2

    @pytest.mark.asvs("2.3.3")
    def test_one_conflict_stores_nothing_of_it(self, assessment: Assessment, alice: Person, mallory: Person) -> None:
        save(assessment, scored("5.0"), mallory, seen=0, code="continual-improvement")
        changes = [
            change(assessment, "capa", scored("2.0")),
            change(assessment, "continual-improvement", scored("3.0")),
        ]
        outcome = save_page(assessment=assessment, changes=changes, person=alice, now=LATER)
        assert isinstance(outcome, PageConflict)
        assert [(each.sub_element.code, str(each.entry)) for each in outcome.conflicts] == [
            ("continual-improvement", "5.0")
        ]
        assert answer_of(assessment).version == 0

    def test_signed_off_it_no_longer_changes(self, assessment: Assessment, alice: Person) -> None:
        sign_off()
        changes = [change(assessment, "capa", scored("2.0"))]
        assert save_page(assessment=assessment, changes=changes, person=alice, now=NOW) == SignedOff()
        assert answer_of(assessment).version == 0


class TestEntries:
    @pytest.mark.asvs("2.2.3")
    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": AnswerState.SCORED},
            {"state": AnswerState.UNKNOWN, "score": Decimal("3.0")},
            {"score": Decimal("3.0")},
            {"state": AnswerState.NOT_APPLICABLE},
        ],
    )
    def test_what_contradicts_itself_cannot_be_made(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"score exactly|needs a reason"):
            Entry(**wrong)

    def test_the_fingerprint_is_that_of_the_content(self) -> None:
        entry = scored("3.4", rationale="a", evidence=(EvidenceReference("b", "c"),))
        assert entry.fingerprint == scored("3.40", rationale="a", evidence=(EvidenceReference("b", "c"),)).fingerprint
        others = [
            scored("3.5", rationale="a", evidence=(EvidenceReference("b", "c"),)),
            scored("3.4", rationale="a ", evidence=(EvidenceReference("b", "c"),)),
            scored("3.4", rationale="a", evidence=(EvidenceReference("bc", ""),)),
            scored("3.4", rationale="a", reason="d", evidence=(EvidenceReference("b", "c"),)),
            scored("3.4", rationale="a"),
            Entry(rationale="a"),
            Entry(state=AnswerState.UNKNOWN, rationale="a"),
        ]
        assert len({each.fingerprint for each in [entry, *others]}) == 8


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    """In threads with connections of their own, on whichever database the suite runs."""

    @pytest.mark.asvs("2.3.4")
    def test_of_several_saves_on_one_version_one_wins(self, assessment: Assessment, alice: Person) -> None:
        entries = [scored(f"{n}.0", rationale=f"from thread {n}") for n in range(1, 6)]
        changes = [change(assessment, "capa", entry) for entry in entries]
        outcomes = at_once(
            [partial(save_answer, assessment=assessment, change=each, person=alice, now=NOW) for each in changes]
        )
        saved = [outcome for outcome in outcomes if isinstance(outcome, Saved)]
        conflicts = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert (len(saved), len(conflicts)) == (1, 4)
        assert {conflict.entry for conflict in conflicts} == {saved[0].entry}
        assert (Entry.of(answer_of(assessment)), answer_of(assessment).version) == (saved[0].entry, 1)

    def test_saves_of_different_answers_all_succeed(self, assessment: Assessment, alice: Person) -> None:
        codes = ["capa", "empowerment", "patient-impact", "data-excellence"]
        changes = [change(assessment, code, scored("3.0")) for code in codes]
        outcomes = at_once(
            [partial(save_page, assessment=assessment, changes=[each], person=alice, now=NOW) for each in changes]
        )
        assert all(isinstance(outcome, PageSaved) for outcome in outcomes)
        assert assessment.answers.filter(version=1, score=3).count() == 4

    def test_a_save_waits_for_a_sign_off_under_way_and_is_refused(self, assessment: Assessment, alice: Person) -> None:
        """Without the lock it would see the draft of before, and write after the signature."""
        asked = change(assessment, "capa", scored("2.0"))
        is_signing = threading.Event()

        def signed_off() -> None:
            with transaction.atomic():
                sign_off(assessment)
                is_signing.set()
                time.sleep(0.3)  # long enough for the save to arrive

        def answer() -> object:
            assert is_signing.wait(timeout=20)
            return save_answer(assessment=assessment, change=asked, person=alice, now=NOW)

        assert at_once([signed_off, answer]) == [None, SignedOff()]
        assert answer_of(assessment).version == 0
