"""Forms of the people of an organisation: a place to offer or to change, whom to assign what, what is confirmed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from assessments.forms.parts import AddressField, LineField, SentForm, inside_form
from assessments.models import Membership, Person, Role, Site
from assessments.rater_mails import sends_mail
from benchmarks.models import PracticeArea

ROLES = {
    Role.OWNER: (
        "Owner: everything a lead may, and people, sites, sharing, the archive, letting the server’s staff in, deletion"
    ),
    Role.LEAD: (
        "Lead: opens assessments, answers everywhere, invites raters, signs assessments off, opens revisions, reads "
        "the audit trail unless limited to some sites"
    ),
    Role.CONTRIBUTOR: "Contributor: reads everything, answers the practice areas assigned to them",
    Role.VIEWER: "Viewer: reads answers and reports",
}


class PlaceForm(SentForm):
    """A role, and at which sites."""

    helper = inside_form()

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, words) for role, words in ROLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose one of the four roles."},
    )
    where = forms.ChoiceField(
        label="Sites",
        choices=[("all", "All sites, also those added later"), ("some", "Only the sites ticked below")],
        widget=forms.RadioSelect,
        initial="all",
        error_messages={"required": "Choose one of the two.", "invalid_choice": "Choose one of the two."},
    )
    sites = forms.MultipleChoiceField(
        label="Which sites",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the sites that are listed."},
    )

    def __init__(self, data: Any = None, *, sites: Collection[Site], initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), use_required_attribute=False)
        self._sites = {str(site.pk): site for site in sites}
        field: forms.MultipleChoiceField = self.fields["sites"]  # type: ignore[assignment]
        field.choices = [(key, site.name) for key, site in self._sites.items()]

    @staticmethod
    def initial_of(membership: Membership) -> dict[str, Any]:
        return {
            "role": membership.role,
            "where": "some" if membership.is_limited_to_sites else "all",
            "sites": [str(site.pk) for site in membership.sites.all()],
        }

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("where") == "some":
            if sent.get("role") == Role.OWNER:
                self.add_error("where", "An owner is there for all sites. Choose all sites, or another role.")
            elif "sites" in sent and not sent["sites"]:
                self.add_error("sites", "Tick at least one site, or choose all sites.")
        return sent

    @property
    def place(self) -> dict[str, Any]:
        """What a valid form says, as `change_place` and `invite_member` take it."""
        sent = self.cleaned_data
        is_limited = sent["where"] == "some"
        return {
            "role": Role(sent["role"]),
            "is_limited_to_sites": is_limited,
            "sites": [self._sites[key] for key in sent["sites"]] if is_limited else [],
        }


class MemberInvitationForm(PlaceForm):
    field_order = ["email", "role", "where", "sites"]

    email = AddressField(
        label="E-mail address",
        help_text="The link is sent there, and only somebody with this address can use it. You can also copy it.",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not sends_mail():
            self.fields["email"].help_text = (
                "Only somebody with this address can use the link. This server sends no mail yet: copy the link and "
                "hand it over yourself."
            )


class RemovalForm(SentForm):
    helper = inside_form()

    confirmed = forms.BooleanField(
        label="Remove this person", error_messages={"required": "Tick the box to remove them."}
    )


class LeavingForm(SentForm):
    helper = inside_form()

    confirmed = forms.BooleanField(
        label="Leave the organisation", error_messages={"required": "Tick the box to leave."}
    )


class NameForm(SentForm):
    helper = inside_form()

    name = LineField(
        label="Your name",
        help_text="As your colleagues know you; it stands beside what you save from now on and what you saved before.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AssignmentForm(SentForm):
    """For each practice area, who of the contributors answers it."""

    helper = inside_form()

    def __init__(
        self,
        data: Any = None,
        *,
        areas: Sequence[PracticeArea],
        contributors: Sequence[Person],
        assigned: Mapping[str, Collection[int]],
    ) -> None:
        super().__init__(data)
        self._people = {str(person.pk): person for person in contributors}
        for area in areas:
            self.fields[area.code] = forms.MultipleChoiceField(
                label=area.name,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(key, str(person)) for key, person in self._people.items()],
                initial=[str(person) for person in assigned.get(area.code, ())],
                error_messages={"invalid_choice": "Somebody chosen here is no contributor of this site any more."},
            )

    @property
    def assigned(self) -> dict[str, list[Person]]:
        """What a valid form says, by the code of the area."""
        return {code: [self._people[key] for key in keys] for code, keys in self.cleaned_data.items()}
