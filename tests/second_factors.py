"""Second factors as tests use them: an authenticator app of our own, by RFC 6238, and people who have one."""

import base64
import hashlib
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from assessments.models import Person
from tests.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET, steps: int = 0) -> str:
    """What an app shows now, or some half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def with_app(person: Person) -> Authenticator:
    instance: Authenticator = TOTP.activate(person, SECRET).instance
    RecoveryCodes.activate(person)
    return instance


def recovery_codes_of(person: Person) -> list[str]:
    row = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


def sign_in_by_password(client: Client, person: Person) -> str:
    """Where it leads."""
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})["Location"]


def just_signed_in(person: Person) -> Client:
    """By password, and by code if there is an app: recently enough for anything."""
    client = Client()
    if sign_in_by_password(client, person) == "/accounts/second-factor/sign-in/":
        client.post("/accounts/second-factor/sign-in/", {"code": recovery_codes_of(person)[0]})
    return client


def signed_in_long_ago(person: Person) -> Client:
    """Ten minutes ago: too long for what is sensitive, where the tests have set the five minutes of the product."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["sign_in"] = [session["sign_in"][0] - 600, session["sign_in"][1]]
    session.save()
    return client
