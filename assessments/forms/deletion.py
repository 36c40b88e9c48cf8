"""The form with which an owner plans the deletion of an organisation: its name, typed."""

from typing import Any

from django.core.exceptions import ValidationError

from assessments.forms.parts import LineField, SentForm, inside_form


class PlanDeletionForm(SentForm):
    helper = inside_form()

    name = LineField(label="Type the name of the organisation", help_text="As it stands above.")

    def __init__(self, *args: Any, organisation_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisation_name = organisation_name

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if typed.split() != self._organisation_name.split():
            raise ValidationError("This is not the name of the organisation. Type it as it stands above.")
        return typed
