"""How crispy-forms lays out the form of one answer: as a section with the rubric's levels as the choices."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.agenda import ShownRatings, show_ratings
from assessments.comparison import Comparison
from assessments.forms.answers import AnswerForm
from assessments.forms.parts import inside_form
from assessments.models import Assessment, Person, Questionnaire, Rater, Rubric
from assessments.records import read_comparison


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five choices, and what it takes to get from it to the next."""

    number: int
    name: str
    anchor: str
    next_step: str | None  # None at the highest
    next_name: str
    is_chosen: bool
    is_reached: bool
    is_near: bool  # a score between two levels has this one on one of its sides


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a section needs beside its answer. An empty address offers no such thing: no saving as it is given."""

    level_names: Sequence[str]
    person: Person | None  # None for whoever has no account
    save_address: Callable[[str], str]  # by the code of the sub-element
    history_address: Callable[[str], str]
    comparison: Comparison | None = None  # what raters gave, once the lead has opened it
    is_read_only: bool = False


class AnswerSection:
    """The layout object of an `AnswerForm`: one template for the whole of it, because each include costs time."""

    template = "assessments/area/_sub_element.html"
    template_to_read = "assessments/area/_sub_element_to_read.html"

    def __init__(self, rubric: Rubric, surroundings: Surroundings, place: str) -> None:
        self.rubric = rubric
        self.surroundings = surroundings
        self.place = place

    def render(self, form: AnswerForm, context: object, **kwargs: Any) -> SafeString:  # noqa: ARG002
        sub_element = form.answer.sub_element
        return render_to_string(
            self.template_to_read if self.surroundings.is_read_only else self.template,
            {
                "form": form,
                "code": sub_element.code,
                "sub_element": sub_element,
                "rubric": self.rubric,
                "place": self.place,
                "person": self.surroundings.person,
                "save_address": self.surroundings.save_address(sub_element.code),
                "history_address": self.surroundings.history_address(sub_element.code),
                "levels": list(self._levels(form)),
                "shown": self._ratings(form),
                "choice": form["choice"].value(),
            },
        )

    def _ratings(self, form: AnswerForm) -> ShownRatings | None:
        comparison, sub_element = self.surroundings.comparison, form.answer.sub_element
        if comparison is None:
            return None
        ratings = comparison.of(sub_element.code)
        return show_ratings(ratings, name=sub_element.name)  # the answer itself stands right below, and may change

    def _levels(self, form: AnswerForm) -> Iterator[Level]:
        steps = [*self.rubric.progressions, None]
        next_names = [*self.surroundings.level_names[1:], ""]
        chosen, reached, neighbours = form["choice"].value(), form.reached, form.neighbours
        listed = zip(self.surroundings.level_names, self.rubric.anchors, steps, next_names, strict=True)
        for number, (name, anchor, step, next_name) in enumerate(listed, start=1):
            yield Level(
                number=number,
                name=name,
                anchor=anchor,
                next_step=step,
                next_name=next_name,
                is_chosen=chosen == str(number),
                is_reached=reached == number,
                is_near=number in neighbours,
            )


def lay_out(forms: Sequence[AnswerForm], questionnaire: Questionnaire, surroundings: Surroundings) -> None:
    """Give each form of a page its section, with what the questionnaire says of it: one query."""
    asked = [form.answer.sub_element_id for form in forms]
    rubrics = Rubric.objects.filter(questionnaire=questionnaire, sub_element__in=asked).order_by()
    by_sub_element = {rubric.sub_element_id: rubric for rubric in rubrics}
    for place, form in enumerate(forms, start=1):
        section = AnswerSection(by_sub_element[form.answer.sub_element_id], surroundings, f"{place} of {len(forms)}")
        form.helper = answer_helper(section)


def answer_helper(section: AnswerSection) -> FormHelper:
    helper = inside_form()
    helper.form_show_errors = False  # the page has one summary for all its forms
    helper.layout = Layout(section)
    return helper


def nowhere(_code: str) -> str:
    return ""


def of_assessment(
    assessment: Assessment, person: Person, *, may_answer: bool = True, sees_ratings: bool = True
) -> Surroundings:
    """The sections of an assessment's answers; only a draft saves them. One query, for what raters gave.

    Who rated and wrote what, only those see whom the raters were told of (`disclosure.py`).
    """
    return Surroundings(
        level_names=assessment.questionnaire.level_names,
        person=person,
        save_address=partial(_address, "assessments:save", assessment) if assessment.is_draft else nowhere,
        history_address=partial(_address, "assessments:history", assessment),
        comparison=read_comparison(assessment) if sees_ratings else None,
        is_read_only=not may_answer,
    )


def _address(name: str, assessment: Assessment, code: str) -> str:
    return reverse(name, args=[assessment.pk, code])


def of_rater(rater: Rater) -> Surroundings:
    """The sections of one rater's own ratings; once the round is closed, they are only read."""
    return Surroundings(
        level_names=rater.round.assessment.questionnaire.level_names,
        person=None,
        save_address=(lambda code: reverse("assessments:rate_save", args=[rater.pk, code]))
        if rater.round.is_open
        else nowhere,
        history_address=nowhere,
    )
