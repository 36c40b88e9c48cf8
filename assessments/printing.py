"""A report on paper: the job for the renderer, and what its PDF is known by; it does not render."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum

from django.template.loader import render_to_string
from django.utils import timezone

from assessments.appearance import digest_of, style_sheet
from assessments.exports.data import report_json
from assessments.kept_pdfs import REPORT, SHARED, SHORT_REPORT, Printable, key_of
from assessments.models import ReportLink
from assessments.pdf_job import AttachedReport, Paper, PrintJob
from assessments.records import Status, is_stored
from assessments.report import Report
from assessments.report_access import earlier_for_readers, good_links
from assessments.report_page import ON_PAPER, compose
from qmm_site.font_files import paper_fonts

SHEET = "print.css"
NO_TIME = datetime.fromtimestamp(0, UTC)


class Extent(StrEnum):
    """How much of the report is printed; the value is what an address asks for."""

    WHOLE = ""
    SHORT = "short"  # the council's page alone

    @classmethod
    def asked_for(cls, word: str) -> "Extent":
        return cls.SHORT if word == cls.SHORT.value else cls.WHOLE


def print_job(report: Report, paper: Paper, extent: Extent = Extent.WHOLE) -> PrintJob:
    """Everything the renderer needs, as text and bytes."""
    data = report_json(report)
    context = {
        "page": compose(report, ON_PAPER),
        "paper": paper,
        "is_short": extent is Extent.SHORT,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    return PrintJob(
        html=render_to_string("report/print.html", context),
        css=style_sheet(SHEET),
        paper=paper,
        fonts=paper_fonts(),
        identifier=content_digest(report, paper, extent),
        attached=AttachedReport(data, report.generated_at),
    )


def printable_report(report: Report, paper: Paper, extent: Extent = Extent.WHOLE) -> Printable:
    """The report of an assessment that is stored."""
    owner = str(report.assessment.id)
    earlier = report.since and report.since.earlier.id
    # Deleting either deletes what the PDF says of it, unless that was fixed to be signed.
    stored = [owner, earlier] if earlier and report.assessment.status is Status.DRAFT else [owner]
    return Printable(
        key=key_of(owner, SHORT_REPORT if extent is Extent.SHORT else REPORT, paper),
        digest=content_digest(report, paper, extent),
        make_job=lambda: print_job(report, paper, extent),
        is_wanted=lambda: is_stored(*stored),
    )


def printable_for_readers(report: Report, paper: Paper, link: ReportLink) -> Printable:
    """A redacted report, kept apart from the whole one and from those of other links."""
    return Printable(
        key=key_of(str(link.pk), SHARED, paper),
        digest=content_digest(report, paper),
        make_job=lambda: print_job(report, paper),
        is_wanted=lambda: is_wanted_by_readers(report, link),
    )


def is_wanted_by_readers(report: Report, link: ReportLink) -> bool:
    """Whether the link still opens something, and what its report compares with has not been deleted."""
    if not good_links(timezone.now()).filter(pk=link.pk).exists():
        return False
    if report.assessment.status is not Status.DRAFT:
        return True
    return report.since is None or earlier_for_readers(link).filter(created_at=report.since.earlier.opened_at).exists()


def content_digest(report: Report, paper: Paper, extent: Extent = Extent.WHOLE) -> str:
    """The time of making does not count."""
    content = (replace(report, generated_at=NO_TIME), extent)
    return digest_of(content, paper, sheet=SHEET, templates=("report", "charts"))
