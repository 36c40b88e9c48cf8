"""Forms of an organisation and its sites; setting up is the two together."""

from django import forms

from assessments.forms.parts import LineField, SentForm, inside_form
from assessments.models import SiteSize

NAME_TAKEN = "Your organisation has a site of this name already. Choose another name."


class OrganisationForm(SentForm):
    helper = inside_form()

    name = LineField(label="Name of the organisation")


class SiteForm(SentForm):
    helper = inside_form()

    name = LineField(label="Site", help_text="Its name, or a pseudonym: reports show what you write here.")
    manufacturing = LineField(
        label="Kind of manufacturing", required=False, help_text="For example sterile injectables, oral solids or API."
    )
    size = forms.ChoiceField(label="Size", required=False, choices=[("", "Not stated"), *SiteSize.choices])


class SetUpForm(SiteForm):
    field_order = ["organisation", "name", "manufacturing", "size"]

    organisation = LineField(
        label="Name of the organisation",
        help_text="The company, or the part of it that shares its assessments with you.",
    )


class RequirementForm(SentForm):
    helper = inside_form()

    is_required = forms.BooleanField(label="Require a second factor of everyone who belongs here", required=False)
