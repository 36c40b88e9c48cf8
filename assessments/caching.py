"""Which pages a browser may keep: by default those of a session only to ask again, and some of them not at all."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

# For pages that show what an organisation has and hold no text being written: going back after signing out shows none.
not_kept = cache_control(private=True, no_store=True)


class PrivatePagesMiddleware:
    """What goes to someone with a session is theirs alone, unless the view has said otherwise.

    A page may be kept for going back to, with what was typed into it. The session itself is not asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
