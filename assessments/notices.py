"""Where a message waits for the next page: in a cookie, which over https carries the prefix of its host."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookie(CookieStorage):
    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class Notices(FallbackStorage):
    """What does not fit into the cookie goes into the session."""

    storage_classes = (NoticeCookie, SessionStorage)
