"""Proof that whoever is signed in is still the person they were: asked again before a signature is given."""

import json
from enum import Enum, auto

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from fido2.webauthn import UserVerificationRequirement

from assessments.forms.second_factor import PasskeyForm
from assessments.models import Person
from assessments.signing_in import passkeys


class Proof(Enum):
    """What came of asking."""

    GIVEN = auto()
    WRONG = auto()
    TOO_MANY = auto()  # wrong or not: nobody goes on guessing


def password_proof(person: Person, password: str) -> Proof:
    """Whether this is the person's password; tries are counted by the account, with those of other pages that ask."""
    try:
        return Proof.GIVEN if get_adapter().reauthenticate(person, password) else Proof.WRONG
    except ValidationError:
        return Proof.TOO_MANY


def passkey_options(person: Person) -> dict[str, object]:
    """What the browser needs to ask for one of this person's passkeys; empty when there is none to ask for."""
    known = auth.get_credentials(person) if passkeys.are_offered() else []
    if not known:
        return {}
    options, state = auth.get_server().authenticate_begin(known, UserVerificationRequirement.REQUIRED)
    auth.set_state(state)
    return {"request_options": dict(options)}


def passkey_proof(person: Person, credential: str) -> Proof:
    """Whether one of this person's passkeys answers what was asked last, and has asked for finger, face or PIN."""
    form = PasskeyForm({"credential": credential}, user=person)
    if form.is_valid():
        form.cleaned_data["credential"].record_usage()
        return Proof.GIVEN if _has_seen_the_person(credential) else Proof.WRONG
    codes = {problem.code for problem in form.errors.as_data().get("credential", [])}
    return Proof.TOO_MANY if "too_many_login_attempts" in codes else Proof.WRONG


def _has_seen_the_person(credential: str) -> bool:
    data = auth.parse_authentication_response(json.loads(credential)).response.authenticator_data
    return bool(data.is_user_verified())
