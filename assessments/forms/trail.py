"""The form above the audit trail that says which entries to show; it is sent in the address and changes nothing."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from assessments.forms.parts import SentForm
from assessments.trail.reading import Asked, Choice

CHOOSE = "Choose one of the list, or all."
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
DATE = "Write the date as 2026-11-30."


class PlainDate(forms.DateField):
    """In the digits of our own addresses alone."""

    def to_python(self, value: Any) -> date | None:
        return super().to_python(_plain(value, DAY, self))


class PlainNumber(forms.IntegerField):
    """The same for a number."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_plain(value, NUMBER, self))


def _plain(value: Any, pattern: re.Pattern[str], field: forms.Field) -> Any:
    if value and not pattern.fullmatch(str(value)):
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
    return value


class TrailFilterForm(SentForm):
    actor = forms.ChoiceField(label="Who", required=False, error_messages={"invalid_choice": CHOOSE})
    kind = forms.ChoiceField(label="What", required=False, error_messages={"invalid_choice": CHOOSE})
    assessment = forms.ChoiceField(label="Assessment", required=False, error_messages={"invalid_choice": CHOOSE})
    since = PlainDate(
        label="From",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": DATE},
    )
    until = PlainDate(
        label="To",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": DATE},
    )
    page = PlainNumber(
        required=False,
        min_value=1,
        max_value=10_000_000,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "There is no such page of the trail."),
    )

    def __init__(
        self,
        *args: Any,
        actors: Sequence[Choice],
        kinds: Sequence[Choice],
        assessments: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, first, choices in (
            ("actor", "everybody", actors),
            ("kind", "everything", kinds),
            ("assessment", "all of them, and what is about none", assessments),
        ):
            self.fields[name].choices = [("", first), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "This is before the first day. Choose a later one.")
        return cleaned

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        return Asked(**{name: self.cleaned_data[name] for name in ("actor", "kind", "assessment", "since", "until")})
