"""How a person likes to fill in: two switches, each sent alone from where it is shown."""

from django import forms
from django.http import QueryDict

from assessments.forms.parts import SentForm
from assessments.models import Person

SWITCHES = ("shows_running_score", "uses_digit_keys")


class PreferencesForm(SentForm):
    """`name` says which switch is meant, `is_on` how it shall stand."""

    name = forms.ChoiceField(choices=[(switch, switch) for switch in SWITCHES])
    is_on = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])

    def __init__(self, data: QueryDict, person: Person) -> None:
        super().__init__(data)
        self._person = person

    def save(self) -> None:
        Person.objects.filter(pk=self._person.pk).update(
            **{self.cleaned_data["name"]: self.cleaned_data["is_on"] == "on"}
        )
