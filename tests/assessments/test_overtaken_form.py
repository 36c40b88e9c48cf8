"""The form of one answer, without a database, when its page was made from an earlier version than is stored."""

from decimal import Decimal

from assessments.entries import Entry
from assessments.forms.answers import AnswerForm
from assessments.models import AnswerState
from tests.assessments.test_answer_form import STORED, answer, refusal, sent


def test_a_score_left_in_its_field_gives_way_to_a_level_also_when_another_has_been_stored_since() -> None:
    data = sent(answer(STORED, version=2), choice="4")
    now_stored = Entry(state=AnswerState.SCORED, score=Decimal("2.7"))
    form = AnswerForm(data, answer=answer(now_stored, version=3))
    assert form.is_valid(), form.errors
    assert form.is_overtaken
    assert form.entry is not None
    assert form.entry.score == Decimal(4)


def test_a_score_typed_beside_the_level_of_the_page_is_not_lost_when_another_has_been_stored_since() -> None:
    level = Entry(state=AnswerState.SCORED, score=Decimal(4))
    data = sent(answer(level, version=2), exact="3.7")
    form = AnswerForm(data, answer=answer(STORED, version=3))
    assert refusal(form, "exact").startswith("You chose level 4 and typed 3.7.")
    assert form.is_overtaken
