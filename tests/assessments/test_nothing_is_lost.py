"""Random saves, conflicts, restores and imports: what was acknowledged stays, and progress equals a recount."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from assessments.answering import Change, Conflict, PageSaved, Saved, save_answer
from assessments.course import read_course
from assessments.entries import Entry
from assessments.history import restore
from assessments.models import Answer, AnswerState, AnswerVersion, Assessment, Person, Site
from assessments.opening import open_assessment
from assessments.records import read_assessment
from assessments.workbook.content import read_content
from assessments.workbook.importing import DryRun, confirm, dry_run
from assessments.workbook.writing import write_workbook

CODES = ("capa", "management-review", "empowerment")
START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
texts = st.sampled_from(["", "seen", "=see SOP 12", "<2 %", "{{ x }}\nnext line"])
entries = st.one_of(
    st.builds(
        lambda score, text: Entry(state=AnswerState.SCORED, score=Decimal(score).scaleb(-1), rationale=text),
        st.integers(10, 50),
        texts,
    ),
    st.builds(lambda text: Entry(state=AnswerState.UNKNOWN, rationale=text), texts),
    st.builds(lambda text: Entry(state=AnswerState.NOT_APPLICABLE, reason="None here", rationale=text), texts),
    st.builds(lambda text: Entry(rationale=text), texts),
)


class Questionnaire(RuleBasedStateMachine):
    """Two people with pages of any age, and what the product has told them it stored."""

    site: Site
    people: tuple[Person, Person]
    workbooks: Bundle[Any] = Bundle("workbooks")

    def __init__(self) -> None:
        super().__init__()
        self.assessment: Assessment = open_assessment(site=self.site, title="Random", period="2026")
        self.acknowledged: dict[tuple[str, int], Entry] = {}
        self.now = START

    def answer(self, code: str) -> Answer:
        return self.assessment.answers.select_related("sub_element", "assessment").get(sub_element__code=code)

    def told(self, code: str, outcome: Any, expected: Entry) -> None:
        """Remember what was acknowledged."""
        assert isinstance(outcome, Saved)
        assert outcome.entry == expected
        if outcome.is_change:
            assert (code, outcome.version) not in self.acknowledged
            self.acknowledged[code, outcome.version] = expected

    def save(self, change: Change, person: int) -> Any:
        self.now += timedelta(seconds=1)
        return save_answer(assessment=self.assessment, change=change, person=self.people[person], now=self.now)

    @rule(code=st.sampled_from(CODES), entry=entries, person=st.integers(0, 1), behind=st.integers(0, 2))
    def save_on_a_page_of_some_age(self, code: str, entry: Entry, person: int, behind: int) -> None:
        answer = self.answer(code)
        seen = max(answer.version - behind, 0)
        outcome = self.save(Change(answer, entry, seen, save_id=uuid4()), person)
        if isinstance(outcome, Conflict):
            assert seen < answer.version
            assert outcome.entry == Entry.of(answer)
        else:
            self.told(code, outcome, entry)

    @rule(code=st.sampled_from(CODES), entry=entries, person=st.integers(0, 1), joined=st.booleans())
    def decide_a_conflict(self, code: str, entry: Entry, person: int, joined: bool) -> None:
        answer = self.answer(code)
        mine = entry.joined_with(Entry.of(answer)) if joined else entry
        self.told(code, self.save(Change(answer, mine, answer.version), person), mine)

    @rule(code=st.sampled_from(CODES), entry=entries, following=entries, goes_on=st.booleans())
    def repeat_a_save_whose_answer_was_lost(self, code: str, entry: Entry, following: Entry, goes_on: bool) -> None:
        answer, save_id = self.answer(code), uuid4()
        change = Change(answer, entry, answer.version, save_id=save_id)
        self.told(code, self.save(change, 0), entry)
        if goes_on:
            later = replace(change, entry=following, save_id=uuid4(), follows=(save_id,))
            self.told(code, self.save(later, 0), following)
        else:
            again = self.save(change, 0)
            assert isinstance(again, Saved)
            assert not again.is_change

    @rule(code=st.sampled_from(CODES), place=st.integers(0, 20))
    def bring_an_earlier_version_back(self, code: str, place: int) -> None:
        answer = self.answer(code)
        versions = list(answer.versions.order_by("version"))
        if not versions:
            return
        version = versions[place % len(versions)]
        outcome = restore(
            answer=answer, version=version, seen_version=answer.version, person=self.people[0], now=self.now
        )
        self.told(code, outcome, Entry.of(version))

    @rule(target=workbooks, code=st.sampled_from(CODES), entry=entries)
    def fill_in_a_workbook(self, code: str, entry: Entry) -> Any:
        """Away from the product, and of the age that it has when it comes back."""
        content = read_content(self.assessment)
        rows = tuple(replace(row, entry=entry) if row.code == code else row for row in content.rows)
        return multiple((code, entry, write_workbook(replace(content, rows=rows), START)))

    @rule(workbook=workbooks, keep=st.sampled_from(["workbook", "stored"]))
    def import_a_workbook(self, workbook: tuple[str, Entry, bytes], keep: str) -> None:
        code, entry, content = workbook
        before = {each.pk: each.version for each in self.assessment.answers.all()}
        run = dry_run(content, assessment=self.assessment, person=self.people[0])
        assert {each.pk: each.version for each in self.assessment.answers.all()} == before
        if not run.token:
            return
        is_overtaken = run.comparison.proposals[0].is_overtaken
        decisions = {each.row.code: keep for each in run.comparison.proposals}
        outcome = confirm(
            run.token, decisions=decisions, assessment=self.assessment, person=self.people[0], now=self.now
        )
        assert not isinstance(outcome, DryRun)
        assert isinstance(outcome, PageSaved)
        expected = [] if is_overtaken and keep == "stored" else [code]
        assert [each.sub_element.code for each in outcome.answers] == expected
        for each in outcome.answers:
            self.told(code, each, entry)

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        versions = AnswerVersion.objects.filter(answer__assessment=self.assessment)
        kept = {
            (version.answer.sub_element.code, version.version): Entry.of(version)
            for version in versions.select_related("answer__sub_element")
        }
        assert kept == self.acknowledged
        for code in CODES:
            answer = self.answer(code)
            assert answer.version == sum(each == code for each, _ in kept)
            assert Entry.of(answer) == (kept[code, answer.version] if answer.version else Entry())

    @invariant()
    def progress_equals_a_recount(self) -> None:
        states = [str(state) for state in self.assessment.answers.values_list("state", flat=True)]
        applicable = len(states) - states.count("not_applicable")
        for progress in (
            read_course(self.assessment, "PQS").progress,
            read_assessment(self.assessment).score().progress,
        ):
            assert (progress.answered, progress.applicable) == (states.count("scored"), applicable)
            assert progress.open == states.count("unanswered") + states.count("unknown")


def test_no_sequence_loses_what_was_acknowledged(northfield: Site, alice: Person, mallory: Person) -> None:
    machine = type("Played", (Questionnaire,), {"site": northfield, "people": (alice, mallory)})
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=20, deadline=None))
