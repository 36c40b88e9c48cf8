"""Proof that whoever is signed in is still the person they were: asked again before a signature is given."""

from enum import Enum, auto

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError

from assessments.models import Person


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
