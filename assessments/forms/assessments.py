"""Forms of an assessment as a whole: opening it, giving it another title, deleting it."""

from typing import Any

from django import forms

from assessments.access import Action, sites_for
from assessments.forms.parts import LineField, SentForm, inside_form
from assessments.models import Person, Site


class AssessmentForm(SentForm):
    helper = inside_form()

    title = LineField(label="Title", help_text="How you will recognise it, for example “Self-assessment 2027”.")
    period = LineField(
        label="Period", help_text="The time it speaks of, for example “January to June 2027”; the report prints it."
    )


class AssessmentRecordForm(AssessmentForm):
    """What an assessment that exists is called, and how its report is marked."""

    is_for_counsel = forms.BooleanField(
        label="Mark the report as prepared at the direction of counsel",
        required=False,
        help_text="Printed on each page. A label does not create privilege: ask counsel before you rely on it.",
    )


class NewAssessmentForm(AssessmentForm):
    """Its sites are those where the person may open one; another site's number is no choice of this form."""

    field_order = ["site", "title", "period"]

    site = forms.ChoiceField(label="Site")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {str(site.pk): site for site in sites_for(person, Action.LEAD)}
        field: forms.ChoiceField = self.fields["site"]  # type: ignore[assignment]
        field.choices = [*self._invitation(), *((key, self._label(site)) for key, site in self.sites.items())]

    def _invitation(self) -> list[tuple[str, str]]:
        """With one site there is nothing to choose."""
        return [] if len(self.sites) == 1 else [("", "Choose a site")]

    def _label(self, site: Site) -> str:
        """The organisation is named only for people who belong to several."""
        several = len({each.organisation_id for each in self.sites.values()}) > 1
        return f"{site.name} ({site.organisation.name})" if several else site.name

    def clean_site(self) -> Site:
        return self.sites[self.cleaned_data["site"]]


class DeletionForm(SentForm):
    helper = inside_form()

    confirmed = forms.BooleanField(
        label="Delete the assessment for good", error_messages={"required": "Tick the box to delete it."}
    )
