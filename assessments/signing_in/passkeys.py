"""Where passkeys can be had: a browser ties them to a host by its name, over https or on the machine itself."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def why_not() -> str:
    """Why this site can offer no passkeys; empty when it can."""
    parts = urlsplit(settings.SITE_URL)
    try:
        ip_address(host())
    except ValueError:
        is_named = True
    else:
        is_named = False
    if not is_named:
        return f"Passkeys need a site with a name; this one goes by the number {host()}." + (
            f" Whoever runs this server can write SITE_URL=http://localhost:{parts.port or 80} and open it there."
            if host() == "127.0.0.1"
            else ""
        )
    if parts.scheme != "https" and host() != "localhost":
        return "Passkeys need https, which this site does not have yet."
    return ""


def are_offered() -> bool:
    return not why_not()


def only_where_offered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def offered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not are_offered():
            raise Http404("This site has no passkeys.")
        return view(request, *args, **kwargs)

    return offered
