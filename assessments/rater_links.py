"""What a rater's link and browser prove: the link's secret is signed, the browser's key kept as a hash."""

import hashlib
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from assessments.models import Rater

SALT = "assessments.rater-link"


def new_nonce() -> str:
    """A new one makes a new link and ends the one before."""
    return secrets.token_urlsafe(32)


def secret_of(rater: Rater) -> str:
    """Signed, not stored: whoever reads the database alone cannot make it."""
    return Signer(salt=SALT).signature(_signed(rater))


def is_secret_of(rater: Rater, secret: str) -> bool:
    """Compared in constant time, and against earlier keys of the site as well."""
    try:
        Signer(salt=SALT).unsign(f"{_signed(rater)}:{secret}")
    except BadSignature:
        return False
    return True


def link_of(rater: Rater) -> str:
    """The whole link, at the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{reverse('assessments:rate_link', args=[rater.pk, secret_of(rater)])}"


def new_browser_key() -> str:
    return secrets.token_urlsafe(32)


def hash_of(browser_key: str) -> str:
    return hashlib.sha256(browser_key.encode(errors="replace")).hexdigest()


def is_key_of(rater: Rater, browser_key: str) -> bool:
    return bool(rater.browser_key) and constant_time_compare(rater.browser_key, hash_of(browser_key))


def _signed(rater: Rater) -> str:
    return f"{rater.pk}:{rater.nonce}"
