"""How often something may be tried: shared by all processes of the site, or counted in this one alone.

What writes to the database anyway (signing in, inviting) is counted in its cache, for all processes together. What
only reads (links, PDFs) is counted in the memory of each process, so that reading goes on when nothing can be written.
"""

import time
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from threading import Lock
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_KEYS = 20_000


class Limit(StrEnum):
    """What is limited."""

    INVITATION = "invitation"
    PASSWORD_AGAIN = "password_again"  # noqa: S105  confirming by password something that is being done
    LINK = "link"
    PDF = "pdf"


# How often, in how long a time: per person, link or address, as the caller says by the key.
RATES = {
    Limit.INVITATION: "60/h/key",
    Limit.PASSWORD_AGAIN: "10/15m/key",
    Limit.LINK: "300/m/key",
    Limit.PDF: "30/m/key",
}


def allows(request: HttpRequest, limit: Limit, key: str) -> bool:
    """Count one try, for all processes together; False when there were too many."""
    rates = {str(name): rate for name, rate in RATES.items()}
    usage = ratelimit.consume(
        request, app="assessments", action=str(limit), config=rates, key=key, user=request.user, limit_get=True
    )
    return usage is not None


def allows_here(limit: Limit, key: str) -> bool:
    """Count one try in the memory of this process; False when there were too many."""
    (rate,) = ratelimit.parse_rates(RATES[limit])
    now = time.monotonic()
    with _lock:
        if len(_tries) >= MOST_KEYS:
            _forget_before(now - 3600)
        allowed: bool
        allowed, _tries[f"{limit}:{key}"] = ratelimit.apply_rate(_tries.get(f"{limit}:{key}", []), now, rate)
    return allowed


def forget_tries() -> None:
    """Of this process."""
    with _lock:
        _tries.clear()


def by_address(limit: Limit) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """For views that need no account: so many calls from one address of the network, then 429."""

    def decorate(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not allows_here(limit, ratelimit.get_ip(request)):
                return too_many(request)
            response: HttpResponse = view(request, *args, **kwargs)
            return response

        return counted

    return decorate


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "private, no-store"
    return response


_lock = Lock()
_tries: dict[str, list[float]] = {}


def _forget_before(oldest: float) -> None:
    for key in [key for key, tries in _tries.items() if not tries or tries[0] <= oldest] or list(_tries):
        del _tries[key]
