"""The ledger of a crowd finds what was lost; one that could not would make every measurement look good."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assessments.answering import Change, save_answer
from assessments.entries import Entry
from assessments.models import Answer, AnswerState, AnswerVersion, Assessment, Person
from tests.bench.crowd_plan import Task, make_crowd
from tests.bench.ledger import Acknowledged, Comparison, compare

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def acknowledged(alice: Person, assessment: Assessment) -> Acknowledged:
    """Alice's save of one answer, as it was stored."""
    task = Task(str(assessment.pk), "capa", Entry(AnswerState.SCORED, Decimal("3.5"), rationale="Repeats."))
    answer = assessment.answers.select_related("sub_element").get(sub_element__code="capa")
    save_answer(assessment=assessment, change=Change(answer, task.entry, 0), person=alice, now=NOW)
    return Acknowledged(task, 1)


def test_what_is_there_as_it_was_acknowledged_is_not_lost(acknowledged: Acknowledged) -> None:
    assert compare([acknowledged]) == Comparison(lost=0, miscounted=0)


def test_a_version_that_is_not_there_is_lost(acknowledged: Acknowledged) -> None:
    AnswerVersion.objects.all().delete()
    assert compare([acknowledged]) == Comparison(lost=1, miscounted=1)


def test_a_version_that_says_something_else_is_lost(acknowledged: Acknowledged) -> None:
    other = replace(acknowledged.task, entry=replace(acknowledged.task.entry, rationale="Another text."))
    assert compare([replace(acknowledged, task=other)]) == Comparison(lost=1, miscounted=0)


def test_one_version_given_to_two_saves_is_miscounted(acknowledged: Acknowledged) -> None:
    assert compare([acknowledged, acknowledged]) == Comparison(lost=0, miscounted=1)


def test_an_answer_that_moved_on_without_a_version_is_miscounted(acknowledged: Acknowledged) -> None:
    Answer.objects.filter(sub_element__code="capa").update(version=2)
    assert compare([acknowledged]) == Comparison(lost=0, miscounted=1)


def test_a_crowd_gives_answers_of_its_own_and_shared_ones(db: None) -> None:
    plans = make_crowd()
    tasks = [task for plan in plans for task in plan.tasks]
    assert len({plan.session for plan in plans}) == 50
    assert {len(plan.tasks) for plan in plans} == {15}
    assert len({task.entry for task in tasks}) == 750
    answers = [(task.assessment_id, task.code) for task in tasks]
    assert sorted({answers.count(answer) for answer in set(answers)}) == [1, 5]
