"""A report on paper: the job for the renderer, and finished PDFs kept by their content; it does not render."""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string

from assessments.exports import report_json
from assessments.pdf_job import Paper, PrintJob
from assessments.report import Report
from assessments.report_page import ON_PAPER, compose
from qmm_site.font_files import paper_fonts

logger = logging.getLogger(__name__)

NO_TIME = datetime.fromtimestamp(0, UTC)


def print_job(report: Report, paper: Paper) -> PrintJob:
    """Everything the renderer needs, as text and bytes."""
    return PrintJob(
        html=render_to_string("report/print.html", {"page": compose(report, ON_PAPER), "paper": paper}),
        css=style_sheet(),
        paper=paper,
        fonts=paper_fonts(),
        identifier=content_digest(report, paper),
        made_at=report.generated_at,
        data=report_json(report),
    )


def kept_pdf(report: Report, paper: Paper) -> bytes | None:
    """The PDF of exactly this content, if it has been rendered before."""
    try:
        kept = caches["pdf"].get(_key(report, paper))
    except Exception:  # a file cut off by a power cut can fail in any way while it is unpacked
        logger.exception("A kept PDF was damaged and is made anew")
        caches["pdf"].delete(_key(report, paper))
        return None
    if kept is None or kept[0] != content_digest(report, paper):
        return None
    pdf: bytes = kept[1]
    return pdf


def keep_pdf(report: Report, paper: Paper, pdf: bytes) -> None:
    """Keep it in place of any older one of the same assessment."""
    try:
        caches["pdf"].set(_key(report, paper), (content_digest(report, paper), pdf))
    except OSError:
        logger.exception("A PDF could not be kept; it is made anew the next time")


def forget_pdfs(assessment_id: str) -> None:
    """Remove what is kept of an assessment, because it is deleted."""
    caches["pdf"].delete_many([f"{assessment_id}:{paper.value}" for paper in Paper])


def _key(report: Report, paper: Paper) -> str:
    return f"{report.assessment.id}:{paper.value}"


def content_digest(report: Report, paper: Paper) -> str:
    """Equal exactly when the PDF would say and look the same; the time of making does not count."""
    content = repr((replace(report, generated_at=NO_TIME), paper, appearance_digest()))
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()


@cache
def appearance_digest() -> str:
    """What all PDFs depend on beside their report: our code and templates, the style sheet, the renderer."""
    digest = hashlib.sha256(f"weasyprint {version('weasyprint')} {style_sheet()}".encode())
    for file in sorted(_sources()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    yield base / "templates" / "_fictional.html"
    for folder in ("report", "charts"):
        yield from (base / "templates" / folder).iterdir()
    for app in ("assessments", "benchmarks"):
        yield from (base / app).glob("*.py")


@cache
def style_sheet() -> str:
    return (Path(settings.BASE_DIR) / "static" / "css" / "print.css").read_text(encoding="utf-8")
