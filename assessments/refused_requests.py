"""What a person gets when a request could not be understood: what was wrong with it, and what they had written."""

import logging

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

from assessments.sent import Unsound
from assessments.unavailable import typed_texts

logger = logging.getLogger(__name__)

MEGABYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
TOO_LARGE = f"What was sent is larger than {MEGABYTES} MB, or has more than a form here can take. Send less."
TOO_MANY = "More fields or files arrived than any form here has."
CUT_OFF = "Only a part of the form arrived, or it arrived damaged. Send it again."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for what cannot be understood."""
    if isinstance(exception, RequestDataTooBig):
        return not_understood(request, TOO_LARGE, status=413)
    return not_understood(request, _words(exception), name=getattr(exception, "name", ""))


def not_understood(request: HttpRequest, problem: str, *, status: int = 400, name: str = "") -> HttpResponse:
    """A script is told the same in its own form; it has the text still."""
    if "application/json" in request.headers.get("Accept", ""):
        errors = [{"name": name, "message": problem}] if problem else []
        return JsonResponse({"outcome": "refused", "errors": errors}, status=status)
    context = {"problem": problem, "typed": _typed(request)}
    return HttpResponse(render_to_string("400.html", context), status=status)


def _words(exception: Exception) -> str:
    if isinstance(exception, Unsound):
        return str(exception)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return TOO_MANY
    return CUT_OFF if isinstance(exception, MultiPartParserError | UnreadablePostError) else ""


def _typed(request: HttpRequest) -> list[str]:
    """As far as it can be read at all."""
    try:
        return typed_texts(request) if request.method == "POST" else []
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
