"""What was sent and could not be stored, read without a database: the answers that were changed, all else unseen."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import capfirst

from assessments.forms.answer_choices import CHOICES
from assessments.forms.answers import AnswerForm
from assessments.models import Answer
from benchmarks.models import SubElement

VERSION = re.compile(r"([a-z0-9-]{1,100})-version", re.ASCII)
MOST_ANSWERS = 30  # more than any page has; a longer list is not from us
MOST_VERSION = 999_999_999
UNSHOWN = ("version", "choice", "exact", "confidence", "evidence_strength", "keep", "against")


@dataclass(frozen=True, slots=True)
class SentText:
    """Something written into one field."""

    name: str
    label: str
    text: str
    is_line: bool


@dataclass(frozen=True, slots=True)
class UnsavedAnswer:
    """An answer that was changed on the page, with all that it says."""

    name: str
    level: str
    texts: tuple[SentText, ...]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """`unseen` are the other fields with their values: together they send the same again."""

    answers: tuple[UnsavedAnswer, ...]
    unseen: tuple[tuple[str, str], ...]


def read_unsaved(sent: QueryDict, names: Mapping[str, str]) -> Unsaved:
    """`names` are those of the sub-elements by code, as far as they can be known now."""
    codes = [match[1] for match in map(VERSION.fullmatch, sent) if match][:MOST_ANSWERS]
    answers = tuple(_answer(form) for form in (_form(sent, code, names) for code in codes) if _is_changed(form))
    shown = {text.name for answer in answers for text in answer.texts}
    unseen = tuple(
        (name, value)
        for name, values in sent.lists()
        if name != "csrfmiddlewaretoken"
        for place, value in enumerate(values)
        if name not in shown or place + 1 < len(values)  # the last of several is the one that is shown
    )
    return Unsaved(answers, unseen)


def _form(sent: QueryDict, code: str, names: Mapping[str, str]) -> AnswerForm:
    """The form as it arrived, held against nothing: what is stored cannot be asked."""
    sub_element = SubElement(code=code, name=names.get(code) or capfirst(code.replace("-", " ")))
    return AnswerForm(sent, answer=Answer(sub_element=sub_element, version=MOST_VERSION))


def _is_changed(form: AnswerForm) -> bool:
    """Whether it says something else than the page did, or cannot be understood."""
    return not form.is_valid() or form.entry is None or form.entry.fingerprint != form.seen.fingerprint


def _answer(form: AnswerForm) -> UnsavedAnswer:
    choice = dict(CHOICES).get(form["choice"].value() or "", "")
    level = ", ".join(part for part in (choice, form["exact"].value()) if part)
    return UnsavedAnswer(form.answer.sub_element.name, capfirst(level), tuple(_texts(form)))


def _texts(form: AnswerForm) -> Iterator[SentText]:
    for name in form.fields:
        text = form[name].value()
        if name not in UNSHOWN and text:
            yield SentText(form[name].html_name, str(form[name].label), text, is_line=name.startswith("evidence"))
