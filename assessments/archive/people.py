"""The people of an archive in the product it is loaded into: matched by address, or added without a way to sign in."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assessments.archive.refusals import RefusedError
from assessments.models import Person
from assessments.texts import refuse_broken_text

MOST_NAME, MOST_ADDRESS = 200, 254
MOST_NUMBER = 2**53  # so that there is room above it
Numbers = Mapping[int, int]  # of each person there and here
AddressAndName = tuple[str, str]


def load_people(rows: Iterable[Mapping[str, Any]]) -> Numbers:
    """Whoever has an account keeps it as it is. The others may sign in once the server's staff say so.

    They keep the numbers by which the rows that were signed name them. Whose number is somebody else's here gets one
    above all that are in use there or here, so that it takes nobody else's away.
    """
    people = _checked_people(rows)
    accounts = {email.lower(): number for number, email in Person.objects.values_list("pk", "email")}
    taken = set(accounts.values())
    unused = count(max({0, *taken, *people}) + 1)
    numbers: dict[int, int] = {}
    for there, (email, name) in people.items():
        if email in accounts:
            numbers[there] = accounts[email]
        else:
            numbers[there] = next(unused) if there in taken else there
            _add(numbers[there], email, name)
    return numbers


def _checked_people(rows: Iterable[Mapping[str, Any]]) -> dict[int, AddressAndName]:
    people: dict[int, AddressAndName] = {}
    addresses: set[str] = set()
    for row in rows:
        number, email, name = _checked(row)
        if number in people or email in addresses:
            raise RefusedError(f"The archive has person {number}, or their address, twice.")
        people[number] = email, name
        addresses.add(email)
    return people


def _checked(row: Mapping[str, Any]) -> tuple[int, str, str]:
    number, email, name = row.get("id"), row.get("email"), row.get("name")
    if type(number) is not int or not 0 < number <= MOST_NUMBER or not isinstance(email, str) or type(name) is not str:
        raise RefusedError("The archive has a person without number, address or name.")
    try:
        validate_email(email)
        refuse_broken_text(email + name)
    except (ValidationError, ValueError) as problem:
        raise RefusedError(f"The archive has a person {number} whose address or name cannot be used.") from problem
    if len(email) > MOST_ADDRESS or len(name) > MOST_NAME:
        raise RefusedError(f"The archive has a person {number} whose address or name is too long.")
    return number, email.lower(), name


def _add(number: int, email: str, name: str) -> None:
    person = Person(pk=number, email=email, name=name, is_active=False)
    person.set_unusable_password()
    person.save(force_insert=True)
