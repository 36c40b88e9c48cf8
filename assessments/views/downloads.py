"""What downloads share: a file as an answer, the paper of a PDF, and the page for one that cannot be had now."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.kept_pdfs import Printable, TooManyRendered, finished_pdf
from assessments.pdf_job import Paper
from assessments.pdf_processes import Busy, Failed
from assessments.sent import one
from assessments.signing_in.limits import Limit, allows_here, too_many

SECONDS_TO_WAIT = "10"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_file(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that nobody else keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def asked_paper(request: HttpRequest) -> Paper:
    return Paper.asked_for(one(request.GET, "paper"))


def as_pdf_file(
    request: HttpRequest, printable: Printable, name: str, not_now: str, *, link: str = "", **context: Any
) -> HttpResponse:
    """The PDF; when it cannot be had at this moment, a page from the template `not_now`, which says what else can.

    Rendering is counted for the person, or for all who hold the link: their session is not asked for.
    """
    try:
        is_allowed = partial(_may_render, request, link)
        return as_file(finished_pdf(printable, may_render=is_allowed), "application/pdf", name)
    except TooManyRendered:
        return too_many(request)
    except (Busy, Failed) as problem:
        response = render(request, not_now, {"busy": isinstance(problem, Busy), **context}, status=503)
        response.headers["Retry-After"] = SECONDS_TO_WAIT
        return response


def _may_render(request: HttpRequest, link: str) -> bool:
    """So many a minute; what is kept already counts for nothing."""
    return allows_here(Limit.PDF, link or f"person:{request.user.pk}")
