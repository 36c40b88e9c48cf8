"""The form with which a link to a report is made."""

from typing import Any

from django import forms

from assessments.forms.parts import LineField, SentForm, inside_form
from assessments.sharing import DAYS

USUAL_DAYS = 30


class ReportLinkForm(SentForm):
    """It begins with hiding: who forgets to choose shows too little, not too much."""

    helper = inside_form()

    purpose = LineField(
        label="For",
        help_text="Who will read it, or what for, like “corporate quality, October”. Readers do not see this.",
        error_messages={"required": "Write whom or what the link is for."},
    )
    days = forms.TypedChoiceField(
        label="Ends after",
        choices=[(days, f"{days} days") for days in DAYS],
        coerce=int,
        initial=USUAL_DAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when the link ends.", "invalid_choice": "Choose one of the three."},
    )
    hides_texts = forms.BooleanField(
        label="Hide what was written: rationale, evidence, reasons for “not applicable”",
        required=False,
        initial=True,
        help_text="Scores stay, and the mark on a score of 4.0 or more that names no evidence.",
    )
    hides_names = forms.BooleanField(
        label="Hide the site and the organisation",
        required=False,
        initial=True,
        help_text=(
            "It is then “A site”, without manufacturing, title, record number and who answered. If texts are not "
            "hidden, these names are replaced in them; what else in a text points to you stays. Read the texts first, "
            "or hide them too."
        ),
    )

    @property
    def choices(self) -> dict[str, Any]:
        """What a valid form says, as `share_report` takes it."""
        return {name: self.cleaned_data[name] for name in ("purpose", "days", "hides_texts", "hides_names")}
