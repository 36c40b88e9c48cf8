"""The form with which an owner lets one of the server's staff in: by their address, for how long."""

from datetime import timedelta

from django import forms

from assessments.forms.parts import LineField, SentForm, inside_form
from assessments.server_access import DURATIONS

CHOICES = [("hour", "1 hour"), ("day", "1 day"), ("week", "7 days")]


class LetInForm(SentForm):
    helper = inside_form()

    email = LineField(
        label="E-mail address of one of the server’s staff", help_text="Ask them for the address they sign in with."
    )
    duration = forms.ChoiceField(label="For", choices=CHOICES, initial="hour")

    def clean_duration(self) -> timedelta:
        return DURATIONS[self.cleaned_data["duration"]]
