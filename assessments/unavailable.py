"""What a person gets when a page fails: 503 when the database is away, full or read-only, with what they typed."""

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from assessments.refusals import note, route_of

logger = logging.getLogger(__name__)

# PostgreSQL reports a read-only database as an internal error, SQLite as an operational one.
DATABASE_FAILURES = (OperationalError, InterfaceError, InternalError)
RETRY_AFTER_SECONDS = 30

# What a form sends that nobody wrote: secrets, choices, and what travels along unseen.
CHOSEN = frozenset({"site", "size", "mode", "deadline", "function", "areas", "done", "role", "where", "sites"})
NOT_WRITTEN = frozenset({"csrfmiddlewaretoken", "next", "go", "remember", "confirmed", "proposal"}) | CHOSEN
NOT_WRITTEN_ENDINGS = ("-version", "-against", "-choice", "-keep", "-confidence", "-evidence_strength")
PLAIN_FAILURE = (
    "<!doctype html><html lang=en-GB><meta charset=utf-8><title>Something failed</title>"
    "<h1>Something failed on this server</h1><p>The server’s log says what happened.</p></html>"
)


class UnavailableMiddleware:
    """Turns a failure of the database in any view into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DATABASE_FAILURES):
            return None
        logger.error("The database failed at %s", route_of(request), exc_info=exception)
        return not_available(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for what nothing else caught; a session that cannot be written fails here, outside any view."""
    try:
        if isinstance(sys.exc_info()[1], DATABASE_FAILURES):
            return not_available(request)
        return HttpResponse(render_to_string("500.html"), status=500)
    except Exception:
        logger.exception("The page for failures failed as well")
        return HttpResponse(PLAIN_FAILURE, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form sent without its token, most often from a page opened before signing in again."""
    note(request, "forged", 403)
    if "application/json" in request.headers.get("Accept", ""):  # asked by a script, which has the text still
        is_of_rater = request.resolver_match is not None and request.resolver_match.url_name == "rate_save"
        return JsonResponse({"outcome": "gone" if is_of_rater else "signed_out"}, status=403)
    return HttpResponse(render_to_string("403_csrf.html", {"typed": typed_texts(request)}), status=403)


def not_available(request: HttpRequest) -> HttpResponse:
    """503 without touching the database again; what was typed is on the page."""
    context = {"was_sent": request.method == "POST", "typed": typed_texts(request)}
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def typed_texts(request: HttpRequest) -> list[str]:
    """Whatever someone wrote into a sent form, so that it can be copied; never a password, a token or a choice."""
    return [text for name, values in request.POST.lists() if _is_written(name) for text in values if str(text).strip()]


def _is_written(name: str) -> bool:
    return "password" not in name and name not in NOT_WRITTEN and not name.endswith(NOT_WRITTEN_ENDINGS)
