"""The people of an archive in the product it is loaded into: matched by address, or added without a way to sign in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assessments.archive.refusals import RefusedError
from assessments.models import Person
from assessments.texts import refuse_broken_text

MOST_NAME, MOST_ADDRESS = 200, 254
Numbers = Mapping[int, int]  # of each person there and here


def load_people(rows: Iterable[Mapping[str, Any]]) -> Numbers:
    """Whoever has an account keeps it as it is. The others may sign in once the server's staff say so."""
    numbers: dict[int, int] = {}
    for row in rows:
        number, email, name = _checked(row)
        if number in numbers:
            raise RefusedError(f"The archive has person {number} twice.")
        person = Person.objects.filter(email=email).first() or _add(number, email, name)
        numbers[number] = person.pk
    return numbers


def _checked(row: Mapping[str, Any]) -> tuple[int, str, str]:
    number, email, name = row.get("id"), row.get("email"), row.get("name")
    if type(number) is not int or number < 1 or not isinstance(email, str) or not isinstance(name, str):
        raise RefusedError("The archive has a person without number, address or name.")
    try:
        validate_email(email)
        refuse_broken_text(email + name)
    except (ValidationError, ValueError) as problem:
        raise RefusedError(f"The archive has a person {number} whose address or name cannot be used.") from problem
    if len(email) > MOST_ADDRESS or len(name) > MOST_NAME:
        raise RefusedError(f"The archive has a person {number} whose address or name is too long.")
    return number, email.lower(), name


def _add(number: int, email: str, name: str) -> Person:
    """With the number they had, if nobody has it here: the rows that were signed name them by it."""
    person = Person(email=email, name=name, is_active=False)
    if not Person.objects.filter(pk=number).exists():
        person.pk = number
    person.set_unusable_password()
    person.save(force_insert=True)
    return person
