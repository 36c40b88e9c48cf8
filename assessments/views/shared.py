"""A shared report as its readers get it, without an account: page, PDF, and the one answer to all other links."""

import logging
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.exports.names import file_name
from assessments.models import OpenedAs, ReportLink
from assessments.printing import printable_for_readers
from assessments.records import Withheld
from assessments.report import Report
from assessments.report_access import earlier_for_readers, shared_link_or_404
from assessments.report_page import compose
from assessments.sharing import LinkEndedError, log_opening
from assessments.signing_in.limits import Limit, by_address
from assessments.unavailable import DATABASE_FAILURES, RETRY_AFTER_SECONDS
from assessments.views.downloads import as_pdf_file, asked_paper
from assessments.views.report import read_or_404

logger = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",  # the address is the key
    "X-Robots-Tag": "noindex",
}
SharedView = Callable[[HttpRequest, ReportLink], HttpResponse]


def through_link(opened_as: OpenedAs) -> Callable[[SharedView], Callable[..., HttpResponse]]:
    """For whoever holds a good link. What a view answers leaves only once its opening has been stored.

    Nothing but GET: an answer to HEAD would tell that a link is good without an opening that is logged.
    """

    def decorate(view: SharedView) -> Callable[..., HttpResponse]:
        @require_GET
        @by_address(Limit.LINK)
        @wraps(view)
        def answered(request: HttpRequest, link_id: UUID, link_secret: str) -> HttpResponse:
            try:
                link = shared_link_or_404(link_id, link_secret, timezone.now())
                response = view(request, link)
                if response.status_code == 200:  # a PDF may have to wait its turn
                    log_opening(link=link, opened_as=opened_as, now=timezone.now())
            except (Http404, LinkEndedError):
                return _nothing_here(request)
            except DATABASE_FAILURES:
                logger.exception(
                    "The opening of the shared report %s could not be logged, so it was not shown", link_id
                )
                return _not_now(request)
            return _private(response)

        return answered

    return decorate


@through_link(OpenedAs.PAGE)
def page(request: HttpRequest, link: ReportLink) -> HttpResponse:
    return render(request, "shared/page.html", {"page": compose(_report(link)), "link": link})


@through_link(OpenedAs.PDF)
def as_pdf(request: HttpRequest, link: ReportLink) -> HttpResponse:
    report, paper = _report(link), asked_paper(request)
    name = file_name(report, "pdf", suffix=paper.file_suffix)
    printable = printable_for_readers(report, paper, link)
    return as_pdf_file(request, printable, name, "shared/pdf_not_now.html", link=f"link:{link.pk}")


@require_GET
@by_address(Limit.LINK)
def elsewhere(request: HttpRequest, anything: str) -> HttpResponse:  # noqa: ARG001
    """A damaged link gets the same answer as a wrong one."""
    return _nothing_here(request)


def _report(link: ReportLink) -> Report:
    """As it is at this moment, or as it was signed, without what the link hides."""
    withheld = Withheld(texts=link.hides_texts, names=link.hides_names)
    return read_or_404(link.assessment, earlier_for_readers(link), withheld)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "shared/nothing_here.html", status=404))


def _not_now(request: HttpRequest) -> HttpResponse:
    response = render(request, "shared/not_now.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
