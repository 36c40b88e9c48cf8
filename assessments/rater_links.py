"""What a rater's link and browser prove: the link's secret is signed, the browser's key kept as a hash."""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from assessments import signed_links
from assessments.models import Rater

SALT = "assessments.rater-link"
ADDRESS_SALT = "assessments.rater-address"


def secret_of(rater: Rater) -> str:
    """Signed, not stored."""
    return signed_links.secret_of(rater, salt=SALT)


def is_secret_of(rater: Rater, secret: str) -> bool:
    return signed_links.is_secret_of(rater, secret, salt=SALT)


def link_of(rater: Rater) -> str:
    """The whole link, at the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{reverse('assessments:rate_link', args=[rater.pk, secret_of(rater)])}"


def address_secret_of(rater: Rater) -> str:
    """Mailed to the invited address alone, so it proves that one reads there; it ends when the address is removed."""
    return signed_links.signature_of(_signed_address(rater), salt=ADDRESS_SALT)


def is_address_secret_of(rater: Rater, secret: str) -> bool:
    return bool(rater.email) and signed_links.is_signature_of(_signed_address(rater), secret, salt=ADDRESS_SALT)


def lost_link_of(rater: Rater) -> str:
    """It opens no rating, so a mail that is passed on gives none away: it has a new link sent to the same address."""
    return f"{settings.SITE_URL}{reverse('assessments:rate_lost', args=[rater.pk, address_secret_of(rater)])}"


def new_browser_key() -> str:
    return secrets.token_urlsafe(32)


def hash_of(browser_key: str) -> str:
    return hashlib.sha256(browser_key.encode(errors="replace")).hexdigest()


def is_key_of(rater: Rater, browser_key: str) -> bool:
    return bool(rater.browser_key) and constant_time_compare(rater.browser_key, hash_of(browser_key))


def _signed_address(rater: Rater) -> str:
    return f"{rater.pk}:{rater.email}"
