"""What a person gets when a page fails: 503 when the database is away, full or read-only, with what they typed."""

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

# PostgreSQL reports a read-only database as an internal error, SQLite as an operational one.
DATABASE_FAILURES = (OperationalError, InterfaceError, InternalError)
RETRY_AFTER_SECONDS = 30


class UnavailableMiddleware:
    """Turns a failure of the database in any view into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DATABASE_FAILURES):
            return None
        logger.error("The database failed at %s", request.path, exc_info=exception)
        return not_available(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for what nothing else caught; a session that cannot be written fails here, outside any view."""
    if isinstance(sys.exc_info()[1], DATABASE_FAILURES):
        return not_available(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its token, most often from a page opened before signing in again."""
    logger.warning("A form was refused at %s: %s", request.path, reason)
    return HttpResponse(render_to_string("403_csrf.html", {"typed": typed_texts(request)}), status=403)


def not_available(request: HttpRequest) -> HttpResponse:
    """503 without touching the database again; what was typed is on the page."""
    context = {"was_sent": request.method == "POST", "typed": typed_texts(request)}
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def typed_texts(request: HttpRequest) -> list[str]:
    """The words of a sent form, so that they can be copied; never a password, never a token."""
    return [
        text
        for name, values in request.POST.lists()
        if "password" not in name and name != "csrfmiddlewaretoken"
        for text in values
        if isinstance(text, str) and len(text.split()) > 1
    ]
