"""Finished PDFs kept on this disk by what they say, each in place of an older one of its kind; it knows no document."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches

from assessments.pdf_job import Paper, PrintJob
from assessments.pdf_processes import renderers
from assessments.records import is_stored

logger = logging.getLogger(__name__)

REPORT, SHORT_REPORT, QUESTIONNAIRE = "", "short:", "questionnaire:"
KINDS = (REPORT, SHORT_REPORT, QUESTIONNAIRE)


@dataclass(frozen=True, slots=True)
class Printable:
    """Something that can be had as a PDF: where it is kept, what it says, and the job that makes it."""

    key: str
    digest: str
    make_job: Callable[[], PrintJob]
    assessment_id: str | None  # whose deletion takes it along


def key_of(owner: str, kind: str, paper: Paper) -> str:
    """The owner is the id of an assessment, or what else there is one of."""
    return f"{owner}:{kind}{paper.value}"


def finished_pdf(printable: Printable) -> bytes:
    """The PDF as it was kept, or rendered now and kept; raise Busy or Failed when it cannot be had."""
    pdf = _kept(printable)
    if pdf is None:
        pdf = renderers.render(printable.make_job())
        _keep(printable, pdf)
        # Deleted while it was rendered: asked after keeping, or it could slip through.
        if printable.assessment_id is not None and not is_stored(UUID(printable.assessment_id)):
            forget_pdfs(printable.assessment_id)
    return pdf


def forget_pdfs(assessment_id: str) -> None:
    """Remove what is kept of an assessment, because it is deleted."""
    caches["pdf"].delete_many([key_of(assessment_id, kind, paper) for kind in KINDS for paper in Paper])


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
