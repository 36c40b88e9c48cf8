"""How django-allauth's second factors behave where ours differ: words, the site's name for passkeys, sealed secrets."""

import base64
import hashlib
import hmac
import secrets
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from assessments.signing_in.passkeys import host


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
        "incorrect_code": "This is not the code of this moment, or it has been used. Wait for the next one.",
        "unverified_email": "Confirm your e-mail address first: sign out, sign in, and follow the link in the mail.",
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives no codes away."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Sealed by another SECRET_KEY: a random one, which no code fits, where an empty one would be known to all."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(40)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": host(), "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002  allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"


def _seal() -> Fernet:
    key = hmac.new(b"assessments.signing_in.factors", settings.SECRET_KEY.encode(), hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
