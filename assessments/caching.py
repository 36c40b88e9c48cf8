"""Which pages a browser may keep: none that someone with a session gets, and none that a link of its own opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control

# For pages that show what an organisation has: going back after signing out shows none of them.
not_kept = cache_control(private=True, no_store=True)


def clears_the_cache(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """After signing out a browser holds nothing of before, whatever it kept in spite of all."""

    @wraps(view)
    def cleared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return cleared


class PrivatePagesMiddleware:
    """What goes to someone with a session is theirs alone and is kept nowhere, unless the view has said otherwise.

    Nor is a refusal, to whomever: it may show what was typed.

    The session itself is not asked. What was typed and not stored yet is kept by the page's own script.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
