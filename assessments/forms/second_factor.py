"""Forms of the second factor: django-allauth's in our words; codes work once, hostile passkeys are refused."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator

from assessments.forms.parts import LineField
from assessments.forms.people import OurWords

CODE = ("Code", "Six digits from your authenticator app, or one of your recovery codes.")
LONGEST_CODE = 40
LONGEST_CREDENTIAL = 20_000
USED_FOR_SECONDS = 120  # longer than a code of the app is good for
# What the libraries below raise over a credential that no browser made.
NOT_A_CREDENTIAL = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    InvalidSignature,
    LookupError,
    NotImplementedError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


class Code(OurWords):
    words = {"code": CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].validators.append(MaxLengthValidator(LONGEST_CODE))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}


class CodeOnce(Code):
    """Allauth forgets a used code of the app after 30 seconds; it is good for longer, because clocks differ."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP:
            used = f"signing_in:code:{authenticator.pk}:{''.join(filter(str.isdigit, code))}"
            if not cache.add(used, 1, USED_FOR_SECONDS):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(CodeOnce, base.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(CodeOnce, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateAppForm(Code, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": ("Code", "The six digits that the app shows now.")}


class CredentialField(forms.JSONField):
    """A credential comes from a script, so anything may come in its place; what was refused is not sent again."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            if len(str(value)) <= LONGEST_CREDENTIAL:
                return super().to_python(value)
        except RecursionError:
            pass
        raise _refused()

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        return ""

    def prepare_value(self, value: Any) -> Any:  # noqa: ARG002
        return ""


class Credential(OurWords):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except forms.ValidationError:
            raise
        except NOT_A_CREDENTIAL as problem:
            raise _refused() from problem


class PasskeyForm(Credential, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeySignInForm(Credential, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(Credential, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Always one that signs in by itself, so the device must have asked for a finger, a face or a PIN."""

    words = {"name": ("Name of the passkey", "To tell it from others: the device or program that keeps it.")}

    name = LineField(required=False)
    credential = CredentialField()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except forms.ValidationError:
            raise
        except NOT_A_CREDENTIAL as problem:
            raise _refused() from problem
        return cleaned


class RenamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": ("Name of the passkey", "")}

    name = LineField()


def _refused() -> forms.ValidationError:
    return forms.ValidationError("The passkey was not accepted. Try again.", code="not_a_credential")
