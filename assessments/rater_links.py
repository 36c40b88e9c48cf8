"""What a rater's link and browser prove: the link's secret is signed, the browser's key kept as a hash."""

import hashlib
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from assessments.models import Rater

SALT = "assessments.rater-link"
ADDRESS_SALT = "assessments.rater-address"


def new_nonce() -> str:
    """A new one makes a new link and ends the one before."""
    return secrets.token_urlsafe(32)


def secret_of(rater: Rater) -> str:
    """Signed, not stored: whoever reads the database alone cannot make it."""
    return Signer(salt=SALT).signature(_signed(rater))


def is_secret_of(rater: Rater, secret: str) -> bool:
    return _is_signature(SALT, _signed(rater), secret)


def link_of(rater: Rater) -> str:
    """The whole link, at the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{reverse('assessments:rate_link', args=[rater.pk, secret_of(rater)])}"


def address_secret_of(rater: Rater) -> str:
    """Mailed to the invited address alone, so it proves that one reads there; it ends when the address is removed."""
    return Signer(salt=ADDRESS_SALT).signature(_signed_address(rater))


def is_address_secret_of(rater: Rater, secret: str) -> bool:
    return bool(rater.email) and _is_signature(ADDRESS_SALT, _signed_address(rater), secret)


def lost_link_of(rater: Rater) -> str:
    """It opens no rating, so a mail that is passed on gives none away: it has a new link sent to the same address."""
    return f"{settings.SITE_URL}{reverse('assessments:rate_lost', args=[rater.pk, address_secret_of(rater)])}"


def new_browser_key() -> str:
    return secrets.token_urlsafe(32)


def hash_of(browser_key: str) -> str:
    return hashlib.sha256(browser_key.encode(errors="replace")).hexdigest()


def is_key_of(rater: Rater, browser_key: str) -> bool:
    return bool(rater.browser_key) and constant_time_compare(rater.browser_key, hash_of(browser_key))


def _signed(rater: Rater) -> str:
    return f"{rater.pk}:{rater.nonce}"


def _signed_address(rater: Rater) -> str:
    return f"{rater.pk}:{rater.email}"


def _is_signature(salt: str, signed: str, signature: str) -> bool:
    """Compared in constant time, and against earlier keys of the site as well."""
    try:
        Signer(salt=salt).unsign(f"{signed}:{signature}")
    except BadSignature:
        return False
    return True
