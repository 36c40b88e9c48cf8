"""Secrets of links, signed from a nonce, so that the database alone gives none away; whose they are, others say."""

import secrets
from typing import Protocol
from uuid import UUID

from django.core.signing import BadSignature, Signer


class Linked(Protocol):
    """A row with a link of its own."""

    @property
    def pk(self) -> UUID: ...

    @property
    def nonce(self) -> str: ...


def new_nonce() -> str:
    """A new one makes a new link and ends the one before."""
    return secrets.token_urlsafe(32)


def secret_of(row: Linked, *, salt: str) -> str:
    """The salt keeps the links of one kind from opening those of another."""
    return signature_of(_signed(row), salt=salt)


def is_secret_of(row: Linked, secret: str, *, salt: str) -> bool:
    return is_signature_of(_signed(row), secret, salt=salt)


def signature_of(text: str, *, salt: str) -> str:
    return Signer(salt=salt).signature(text)


def is_signature_of(text: str, signature: str, *, salt: str) -> bool:
    """Compared in constant time, and against earlier keys of the site as well."""
    try:
        Signer(salt=salt).unsign(f"{text}:{signature}")
    except BadSignature:
        return False
    return True


def _signed(row: Linked) -> str:
    return f"{row.pk}:{row.nonce}"
