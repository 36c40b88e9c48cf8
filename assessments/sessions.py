"""The session of a request; a cookie that cannot be the key of one is no cookie."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest


class SoundSessionMiddleware(SessionMiddleware):
    """PostgreSQL refuses to look for a key with U+0000 in it, so nobody asks it to."""

    def process_request(self, request: HttpRequest) -> None:
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        super().process_request(request)
