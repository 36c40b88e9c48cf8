"""Finished PDFs kept on this disk by what they say, each in place of an older one of its kind; it knows no document."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.cache import caches

from assessments.pdf_job import Paper, PrintJob
from assessments.pdf_processes import renderers

logger = logging.getLogger(__name__)

REPORT, SHORT_REPORT, QUESTIONNAIRE, SHARED = "", "short:", "questionnaire:", "shared:"
OF_AN_ASSESSMENT, OF_A_LINK = (REPORT, SHORT_REPORT, QUESTIONNAIRE), (SHARED,)


@dataclass(frozen=True, slots=True)
class Printable:
    """Something that can be had as a PDF: where it is kept, what it says, and the job that makes it."""

    key: str
    digest: str
    make_job: Callable[[], PrintJob]
    is_wanted: Callable[[], bool]  # asked once it is made: what it is of may have gone meanwhile


def key_of(owner: str, kind: str, paper: Paper) -> str:
    """The owner is the id of an assessment, of a link to its report, or what else there is one of."""
    return f"{owner}:{kind}{paper.value}"


class TooManyRendered(Exception):
    """Whoever asks has had so many PDFs rendered that others come first."""


def finished_pdf(printable: Printable, may_render: Callable[[], bool] = lambda: True) -> bytes:
    """The PDF as it was kept, or rendered now and kept; raise Busy or Failed when it cannot be had."""
    pdf = _kept(printable)
    if pdf is None:
        if not may_render():
            raise TooManyRendered
        pdf = renderers.render(printable.make_job())
        _keep(printable, pdf)
        # Deleted or withdrawn while it was rendered: asked after keeping, or it could slip through.
        if not printable.is_wanted():
            caches["pdf"].delete(printable.key)
    return pdf


def forget_pdfs(assessment_id: str) -> None:
    """Remove what is kept of an assessment, because it is deleted."""
    _forget(assessment_id, OF_AN_ASSESSMENT)


def forget_shared_pdfs(link_id: str) -> None:
    """Remove what is kept for the readers of a link, because it is withdrawn or goes with its assessment."""
    _forget(link_id, OF_A_LINK)


def _forget(owner: str, kinds: Iterable[str]) -> None:
    caches["pdf"].delete_many([key_of(owner, kind, paper) for kind in kinds for paper in Paper])


def _kept(printable: Printable) -> bytes | None:
    """The PDF of exactly this content, if it has been rendered before."""
    try:
        kept = caches["pdf"].get(printable.key)
    except Exception:  # a file cut off by a power cut can fail in any way while it is unpacked
        logger.exception("A kept PDF was damaged and is made anew")
        caches["pdf"].delete(printable.key)
        return None
    if kept is None or kept[0] != printable.digest:
        return None
    pdf: bytes = kept[1]
    return pdf


def _keep(printable: Printable, pdf: bytes) -> None:
    try:
        caches["pdf"].set(printable.key, (printable.digest, pdf))
    except OSError:
        logger.exception("A PDF could not be kept; it is made anew the next time")
