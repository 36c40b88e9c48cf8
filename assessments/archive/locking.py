"""Locks what nobody of the organisation may read, so that only a product with the same key as this one loads it."""

import base64
import hashlib
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"assessments.archive:"


class OtherKeyError(Exception):
    """It was locked by a product with another SECRET_KEY."""


def lock(content: bytes) -> bytes:
    return next(_keys()).encrypt(content)


def unlock(locked: bytes) -> bytes:
    try:
        return MultiFernet(list(_keys())).decrypt(locked)
    except InvalidToken as problem:
        raise OtherKeyError from problem


def _keys() -> Iterator[Fernet]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = hashlib.sha256(PURPOSE + str(secret).encode()).digest()
        yield Fernet(base64.urlsafe_b64encode(digest))
