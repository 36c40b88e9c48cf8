"""The log of what was refused: who asked, from where, for which route; nothing that anybody wrote, and no secret.

A line is one JSON object in ASCII, so that nothing a visitor sends can begin a line of its own.
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

logger = logging.getLogger("security")

EVENTS = {
    400: "malformed",
    401: "not_signed_in",
    403: "forbidden",
    404: "hidden",
    405: "method_not_allowed",
    410: "access_ended",
    413: "too_large",
    429: "limited",
}
# The pages on which somebody proves who they are: there a form that is not accepted is a failed attempt.
CREDENTIALS = ("account_", "mfa_", "socialaccount_", "usersessions_", "sign")
USUAL = ("GET", "HEAD", "POST")
NEVER = frozenset({"CONNECT", "TRACE", "TRACK"})  # views of libraries may take any method for a GET
NOTED = "qmm.refusal_noted"


class RefusalsMiddleware:
    """Sees every response, and writes down those that say no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = (
            self.get_response(request) if request.method not in NEVER else HttpResponseNotAllowed(("GET", "POST"))
        )
        event = _event(request, response.status_code)
        if event and NOTED not in request.META:
            note(request, event, response.status_code)
        return response


def note(request: HttpRequest, event: str, status: int) -> None:
    """Write the line; a request gets one."""
    request.META[NOTED] = True
    match = request.resolver_match
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": event,
        "status": status,
        "method": request.method if request.method in METHODS else "other",
        "route": match.view_name if match else None,
        "objects": _objects(match.kwargs if match else {}),
        "person": getattr(getattr(request, "_cached_user", None), "pk", None),
        "address": _address(request),
    }
    logger.warning(json.dumps(line))


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})


def route_of(request: HttpRequest) -> str:
    """What a log may call the address: the address itself may be the key to a report or a rating."""
    match = request.resolver_match
    return match.view_name if match else "no route"


def _event(request: HttpRequest, status: int) -> str | None:
    match = request.resolver_match
    if status == 404 and match is None:
        return None  # nobody's page: scanners ask for thousands
    if status == 422:
        return "not_accepted" if match and (match.url_name or "").startswith(CREDENTIALS) else None
    return EVENTS.get(status)


def _objects(arguments: dict[str, object]) -> dict[str, str]:
    """Numbers of rows alone: all other arguments are secrets of links or words of a visitor."""
    return {name: str(value) for name, value in arguments.items() if isinstance(value, UUID | int)}


def _address(request: HttpRequest) -> str | None:
    """Where the request came from, as the limits on guessing count it."""
    try:
        return str(ip_address(get_adapter().get_client_ip(request)))
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return None
