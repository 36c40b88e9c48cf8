"""Forms of a sign-off: which signatures are needed, returning with a reason, signing, revising with a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.forms.parts import SentForm, inside_form, sound_text
from assessments.models import Meaning, Person
from assessments.proof import Proof, passkey_proof, password_proof
from assessments.texts import REASON_LENGTH, is_blank

NEEDED = {
    Meaning.PREPARED: "Prepared: somebody signs that the assessment is complete as they prepared it",
    Meaning.REVIEWED: "Reviewed: somebody signs that they have checked it",
    Meaning.APPROVED: "Approved: somebody signs that it stands",
}

OTHER_PASSWORD = "This is not your password. Nothing was signed."  # noqa: S105  words
OTHER_PASSKEY = "The passkey was not accepted, so nothing was signed. Try again, or sign with your password."
TOO_MANY = "Too many tries. Nothing was signed; wait a quarter of an hour."


class ReasonField(forms.CharField):
    """Why, in some words; kept exactly as typed."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = [sound_text]

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return "" if len(text) <= REASON_LENGTH and is_blank(text) else text

    def validate(self, value: str) -> None:
        """The length before all else: what is far too long is not looked at letter by letter."""
        super().validate(value)
        if len(value) > REASON_LENGTH:
            raise ValidationError(f"Use at most {REASON_LENGTH:,} characters; there are {len(value):,}.")


class SendForm(SentForm):
    """Nothing to fill in: the button says it."""

    helper = inside_form()


class ReturnForm(SentForm):
    helper = inside_form()

    reason = ReasonField(
        label="Why it goes back",
        help_text="It stays with the record, beside the signatures that become void.",
        error_messages={"required": "Write why it goes back to draft."},
    )


class RevisionForm(SentForm):
    helper = inside_form()

    reason = ReasonField(
        label="Why it is revised",
        help_text="The report of the new revision says it.",
        error_messages={"required": "Write why a new revision is needed."},
    )


class SignForm(SentForm):
    """Asks who signs: by password, or by a passkey's credential that came instead. Both are tried once, when cleaned.

    What is signed, and as what, travels beside it: nobody signs what they have not seen.
    """

    helper = inside_form()

    password = forms.CharField(
        label="Your password, again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password: it makes this your signature."},
    )

    def __init__(self, *args: Any, person: Person, credential: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.credential = credential
        self.is_refused = False  # something was given, and it did not prove who signs
        self.fields["password"].required = not credential

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if self.credential:
            self._add(None, passkey_proof(self.person, self.credential), OTHER_PASSKEY)
        else:
            self._add("password", password_proof(self.person, given["password"]), OTHER_PASSWORD)
        return given

    def _add(self, field: str | None, proof: Proof, wrong: str) -> None:
        if proof is not Proof.GIVEN:
            self.is_refused = True
            self.add_error(field, TOO_MANY if proof is Proof.TOO_MANY else wrong)


class SignOffRulesForm(SentForm):
    """The boxes bear the names of the organisation's columns."""

    helper = inside_form()

    needs_prepared = forms.BooleanField(label=NEEDED[Meaning.PREPARED], required=False)
    needs_reviewed = forms.BooleanField(label=NEEDED[Meaning.REVIEWED], required=False)
    needs_approved = forms.BooleanField(label=NEEDED[Meaning.APPROVED], required=False)
    signers_differ = forms.BooleanField(
        label="Each signature is given by a different person",
        required=False,
        help_text="Then nobody can sign an assessment off alone.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(f"needs_{meaning.value}") for meaning in Meaning):
            raise ValidationError("Tick at least one of the three: without a signature nothing is signed off.")
        return given
