"""The parts that all forms share: a line of text, and how crispy-forms renders inside a page's own form tag."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from assessments.texts import TITLE_LENGTH, is_blank, refuse_broken_text


def sound_text(text: str) -> None:
    """`refuse_broken_text` as a validator of a form field."""
    try:
        refuse_broken_text(text)
    except ValueError as problem:
        raise ValidationError(str(problem), code="broken_text") from problem


def one_line(text: str) -> None:
    if "\n" in text or "\r" in text:
        raise ValidationError("Write this on one line.", code="several_lines")


class LineField(forms.CharField):
    """One line, kept exactly as typed; what nobody can see counts as nothing. Too much is refused, never cut off."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        too_long = "Use at most %(limit_value)d characters; there are %(show_value)d."
        self.validators = [sound_text, one_line, MaxLengthValidator(TITLE_LENGTH, message=too_long)]

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return "" if is_blank(text) else text


def inside_form() -> FormHelper:
    """Fields and messages alone; the page writes the form tag and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
