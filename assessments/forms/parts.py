"""The parts that all forms share: what none of them takes, lines, addresses, and rendering inside a page's form tag."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from assessments.mail_addresses import refuse_unmailable
from assessments.texts import TITLE_LENGTH, is_blank, refuse_broken_text

TWICE = "This field arrived twice, so nothing was stored. Send it once."
NEITHER = "This box arrived neither ticked nor empty. Tick it, or leave it empty, and send the form again."
OTHER_CHOICE = "Select a valid choice. What arrived is none of those offered here."
NO_ADDRESS = "This is not an e-mail address. Write it like rita@example.com."
ADDRESS_LENGTH = 254


def sound_text(text: str) -> None:
    """`refuse_broken_text` as a validator of a form field."""
    try:
        refuse_broken_text(text)
    except ValueError as problem:
        raise ValidationError(str(problem), code="broken_text") from problem


def one_line(text: str) -> None:
    if "\n" in text or "\r" in text:
        raise ValidationError("Write this on one line.", code="several_lines")


def mailable(address: str) -> None:
    """`refuse_unmailable` as a validator of a form field."""
    try:
        refuse_unmailable(address)
    except ValueError as problem:
        raise ValidationError(str(problem), code="unmailable") from problem


class SentForm(forms.Form):
    """A form that refuses by name what no page of ours sends, and repeats no text in a message about a choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("invalid_choice") == forms.ChoiceField.default_error_messages["invalid_choice"]:
                field.error_messages["invalid_choice"] = OTHER_CHOICE

    def _clean_fields(self) -> None:
        """Before any `clean` decides by what arrived."""
        super()._clean_fields()  # type: ignore[misc]
        for name, field in self.fields.items():
            if problem := self._unsent(name, field):
                self.add_error(name, problem)

    def _unsent(self, name: str, field: forms.Field) -> str:
        sent_as = self.add_prefix(name)
        values = self.data.getlist(sent_as) if isinstance(self.data, MultiValueDict) else []
        takes_several = getattr(field.widget, "allow_multiple_selected", False)
        if len(values) > (len(set(values)) if takes_several else 1):
            return f"The field “{name}”: {TWICE}" if field.widget.is_hidden else TWICE
        if isinstance(field.widget, forms.CheckboxInput):
            ticked = field.widget.attrs.get("value", "on")
            return "" if self.data.get(sent_as) in (None, ticked) else NEITHER
        return ""


class LineField(forms.CharField):
    """One line, kept exactly as typed; what nobody can see counts as nothing. Too much is refused, never cut off."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = [sound_text, one_line]

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return "" if len(text) <= TITLE_LENGTH and is_blank(text) else text

    def validate(self, value: str) -> None:
        """The length before all else: what is far too long is not looked at letter by letter."""
        super().validate(value)
        if len(value) > TITLE_LENGTH:
            raise ValidationError(f"Use at most {TITLE_LENGTH} characters; there are {len(value)}.")


class AddressField(forms.EmailField):
    """An e-mail address to which mail can go as it is typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=ADDRESS_LENGTH, **kwargs)
        self.validators.append(mailable)
        self.error_messages["invalid"] = NO_ADDRESS


def inside_form() -> FormHelper:
    """Fields and messages alone; the page writes the form tag and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
