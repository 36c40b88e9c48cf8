"""The trail on paper: the newest entries of what was asked for, as a job for the renderer; it does not render."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from assessments.appearance import digest_of, style_sheet
from assessments.models import Organisation
from assessments.pdf_job import Paper, PrintJob
from assessments.trail.reading import Line
from assessments.trail.sealing import Head
from qmm_site.font_files import paper_fonts

SHEET = "trail_print.css"
MOST_ON_PAPER = 400


@dataclass(frozen=True, slots=True)
class PrintedTrail:
    """What a sheet says."""

    organisation: str
    lines: Sequence[Line]
    total: int  # how many entries were asked for
    is_filtered: bool
    head: Head
    is_sound: bool
    printed_at: datetime  # in UTC

    @property
    def is_part(self) -> bool:
        return self.total > len(self.lines)


def trail_job(organisation: Organisation, trail: PrintedTrail, paper: Paper) -> PrintJob:
    """Everything the renderer needs; nothing is attached."""
    return PrintJob(
        html=render_to_string("trail/print.html", {"trail": trail, "paper": paper}),
        css=style_sheet(SHEET),
        paper=paper,
        fonts=paper_fonts(),
        identifier=digest_of((organisation.pk, trail), paper, sheet=SHEET, templates=("trail",)),
    )
