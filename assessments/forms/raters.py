"""Forms of the lead: a round of ratings, its deadline, an invitation, and what is confirmed before it is done."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.forms.parts import AddressField, LineField, SentForm, inside_form
from assessments.models import RaterFunction, RatingRound
from assessments.rater_mails import sends_mail
from benchmarks.models import PracticeArea

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
NAMED = "With names: in the comparison you see who gave which score and wrote what."
ANONYMOUS = (
    "Anonymous: you see functions and scores, never names, and a function with fewer than three raters only as part of "
    "“all”. The comparison needs scores from at least three raters, and the round cannot be re-opened after it."
)
LONGEST = timedelta(days=2 * 365)


class DayField(forms.Field):
    """A day from today on, as a browser's date field sends it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            if not DAY.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            raise ValidationError("Write the day as year, month and day, like 2026-12-01.") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value is not None and value < today:
            raise ValidationError("This day is over. Choose today or a later day.")
        if value is not None and value > today + LONGEST:
            raise ValidationError("Choose a day within the next two years.")


class DeadlineForm(SentForm):
    helper = inside_form()

    deadline = DayField(
        label="Deadline",
        required=False,
        help_text="The last day. While the round is open, later ratings are still taken, and the rater is told.",
    )


class RoundForm(DeadlineForm):
    field_order = ["mode", "deadline"]

    mode = forms.ChoiceField(
        label="With names, or anonymous",
        choices=[
            ("named", NAMED),
            ("anonymous", ANONYMOUS),
        ],
        widget=forms.RadioSelect,
        help_text="Every rater is told. For this round it cannot be changed afterwards.",
        error_messages={"required": "Choose one of the two."},
    )

    @property
    def is_anonymous(self) -> bool:
        return bool(self.cleaned_data["mode"] == "anonymous")


class InvitationForm(SentForm):
    helper = inside_form()

    name = LineField(label="Name")
    email = AddressField(
        label="E-mail address",
        required=False,
        help_text="With it the link is sent by mail. Without it, copy the link and hand it over yourself.",
    )
    function = forms.ChoiceField(
        label="Function", choices=[("", "Choose a function"), *((each, each.label) for each in RaterFunction)]
    )
    areas = forms.MultipleChoiceField(
        label="Practice areas to rate",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one practice area."},
    )

    def __init__(self, data: Any = None, *, areas: Sequence[PracticeArea]) -> None:
        super().__init__(data, initial={"areas": [area.code for area in areas]}, use_required_attribute=False)
        if not sends_mail():
            self.fields["email"].help_text = "This server sends no mail yet: copy the link and hand it over yourself."
        field: forms.MultipleChoiceField = self.fields["areas"]  # type: ignore[assignment]
        field.choices = [(area.code, area.name) for area in areas]

    @property
    def invitation(self) -> dict[str, Any]:
        """What a valid form says, as `invite_rater` takes it."""
        sent = self.cleaned_data
        return {
            "name": sent["name"],
            "email": sent["email"],
            "function": RaterFunction(sent["function"]),
            "practice_areas": sent["areas"],
        }


class WithdrawalForm(SentForm):
    helper = inside_form()

    confirmed = forms.BooleanField(
        label="Withdraw this rater", error_messages={"required": "Tick the box to withdraw."}
    )


class ComparisonForm(SentForm):
    """Of one round, whose key it carries: what was read about it must happen to no other."""

    helper = inside_form()

    round = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label="Open the comparison, as described above",
        error_messages={"required": "Tick the box to open the comparison."},
    )

    def __init__(self, data: Any = None, *, rating_round: RatingRound) -> None:
        super().__init__(data, initial={"round": rating_round.pk})
