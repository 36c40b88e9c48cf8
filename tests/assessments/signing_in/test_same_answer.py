"""Whether an address has an account: the same answer and the same work for both, counted in hashes and mails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from assessments.models import Person

TOKEN = r'name="csrfmiddlewaretoken" value="\w+"'
NEW = "quartz otter lantern"
KNOWN, UNKNOWN = "alice@acme.example", "nobody@acme.example"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each password that is hashed: what takes the time of an answer."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str, *more: Any) -> str:
        done.append(password)
        return encode(self, password, salt, *more)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


def without(response: Any, address: str) -> tuple[int, str, str]:
    text = re.sub(TOKEN, "", response.content.decode()).replace(address, "ADDRESS")
    return response.status_code, response.get("Location", ""), text


def told(path: str, fields: Callable[[str], dict[str, str]], hashed: list[str]) -> list[Any]:
    answers = []
    for address in (KNOWN, UNKNOWN):
        hashed.clear()
        mail.outbox.clear()
        response = Client().post(path, fields(address))
        answers.append((without(response, address), len(hashed), len(mail.outbox)))
    return answers


@pytest.mark.parametrize("password", ["correct horse battery staple", "!", ""])
def test_signing_in(alice: Person, hashed: list[str], password: str) -> None:
    """Of an account with a password, and of one without: the guess is wrong each time."""
    alice.set_password(password or None)
    alice.save()
    known, unknown = told("/accounts/login/", lambda address: {"login": address, "password": "a wrong guess"}, hashed)
    assert known == unknown
    assert known[1] == 1


def test_asking_for_a_new_password(alice: Person, hashed: list[str]) -> None:
    known, unknown = told("/accounts/password/reset/", lambda address: {"email": address}, hashed)
    assert known == unknown
    assert known[2] == 1


def sign_up_fields(address: str) -> dict[str, str]:
    return {"name": "Eve", "email": address, "password1": NEW, "password2": NEW}


def test_signing_up_where_addresses_are_confirmed(alice: Person, hashed: list[str], settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known, unknown = told("/accounts/signup/", sign_up_fields, hashed)
    assert known == unknown
    assert (known[0][0], known[0][1], known[2]) == (302, "/accounts/confirm-email/", 1)
    assert known[1] == 1
    assert Person.objects.filter(email=KNOWN).get() == alice


def test_where_they_are_not_signing_up_has_to_tell(alice: Person, hashed: list[str]) -> None:
    """The new account works at once, so the page cannot but say that it was not made; docs/signing-in.md says so."""
    known, unknown = told("/accounts/signup/", sign_up_fields, hashed)
    assert (known[0][0], unknown[0][0]) == (422, 302)


def test_a_confirmed_address_signs_in_and_an_unconfirmed_one_does_not(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.post("/accounts/signup/", sign_up_fields(UNKNOWN))
    assert "_auth_user_id" not in client.session
    (message,) = mail.outbox
    link = next(line for line in str(message.body).splitlines() if line.startswith(settings.SITE_URL + "/accounts/"))
    page = link.removeprefix(settings.SITE_URL)
    assert "Is nobody@acme.example the address of your account here?" in client.get(page).text
    assert "_auth_user_id" not in client.session  # a mail scanner that follows the link confirms nothing
    client.post(page)
    assert "_auth_user_id" in client.session
    assert "This link is no longer good" in Client().get(page).text
