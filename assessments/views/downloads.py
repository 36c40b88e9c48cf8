"""What downloads share: a file as an answer, the paper of a PDF, and the page for one that cannot be had now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.kept_pdfs import Printable, finished_pdf
from assessments.pdf_job import Paper
from assessments.pdf_processes import Busy, Failed
from assessments.sent import one

SECONDS_TO_WAIT = "10"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_file(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that nobody else keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def asked_paper(request: HttpRequest) -> Paper:
    return Paper.asked_for(one(request.GET, "paper"))


def as_pdf_file(request: HttpRequest, printable: Printable, name: str, not_now: str, **context: Any) -> HttpResponse:
    """The PDF; when it cannot be had at this moment, a page from the template `not_now`, which says what else can."""
    try:
        return as_file(finished_pdf(printable), "application/pdf", name)
    except (Busy, Failed) as problem:
        response = render(request, not_now, {"busy": isinstance(problem, Busy), **context}, status=503)
        response.headers["Retry-After"] = SECONDS_TO_WAIT
        return response
