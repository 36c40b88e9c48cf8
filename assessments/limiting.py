"""How often one computer may try a link; past that it is told to wait, whether or not the link is good."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

LINKS_A_MINUTE = "30/m/ip"


View = Callable[..., HttpResponse]


def limited(action: str, rate: str = LINKS_A_MINUTE) -> Callable[[View], View]:
    """For views that anybody may open; looking counts like sending, because looking is how one guesses."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            usage = ratelimit.consume(request, app="assessments", action=action, config={action: rate}, limit_get=True)
            if usage is None:
                refusal: HttpResponse = ratelimit.handler429(request)
                return refusal
            return view(request, *args, **kwargs)

        return counted

    return decorate
