"""How crispy-forms lays out the form of one answer: as a section with the rubric's levels as the choices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.forms.answers import AnswerForm
from assessments.forms.parts import inside_form
from assessments.models import Person, Rubric


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


class AnswerSection:
    """The layout object of an `AnswerForm`: one template for the whole of it, because each include costs time."""

    template = "assessments/area/_sub_element.html"

    def __init__(self, rubric: Rubric, level_names: Sequence[str], person: Person | None, place: str) -> None:
        self.rubric = rubric
        self.place = place
        self.level_names = level_names
        self.person = person

    def render(self, form: AnswerForm, context: object, **kwargs: Any) -> SafeString:  # noqa: ARG002
        sub_element = form.answer.sub_element
        return render_to_string(
            self.template,
            {
                "form": form,
                "code": sub_element.code,
                "sub_element": sub_element,
                "rubric": self.rubric,
                "place": self.place,
                "person": self.person,
                "levels": list(self._levels(form)),
                "choice": form["choice"].value(),
            },
        )

    def _levels(self, form: AnswerForm) -> Iterator[Level]:
        steps = [*self.rubric.progressions, None]
        next_names = [*self.level_names[1:], ""]
        chosen, reached, neighbours = form["choice"].value(), form.reached, form.neighbours
        listed = zip(self.level_names, self.rubric.anchors, steps, next_names, strict=True)
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


def answer_helper(rubric: Rubric, level_names: Sequence[str], person: Person | None, place: str) -> FormHelper:
    """`place` is that of the answer on its page: 2 of 4."""
    helper = inside_form()
    helper.form_show_errors = False  # the page has one summary for all its forms
    helper.layout = Layout(AnswerSection(rubric, level_names, person, place))
    return helper
