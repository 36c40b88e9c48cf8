"""What a rater's link and browser prove: the link's secret is signed, the browser's key kept as a hash."""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from assessments import signed_links
from assessments.models import Rater

SALT = "assessments.rater-link"


def secret_of(rater: Rater) -> str:
    """Signed, not stored."""
    return signed_links.secret_of(rater, salt=SALT)


def is_secret_of(rater: Rater, secret: str) -> bool:
    return signed_links.is_secret_of(rater, secret, salt=SALT)


def link_of(rater: Rater) -> str:
    """The whole link, at the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{reverse('assessments:rate_link', args=[rater.pk, secret_of(rater)])}"


def new_browser_key() -> str:
    return secrets.token_urlsafe(32)


def hash_of(browser_key: str) -> str:
    return hashlib.sha256(browser_key.encode(errors="replace")).hexdigest()


def is_key_of(rater: Rater, browser_key: str) -> bool:
    return bool(rater.browser_key) and constant_time_compare(rater.browser_key, hash_of(browser_key))
