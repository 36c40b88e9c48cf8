"""The trail on paper: the newest entries of what was asked for, as a job for the renderer; it does not render."""

from collections.abc import Iterable, Sequence
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
MOST_ON_PAPER = 200
MOST_LETTERS = 150_000  # rendering takes time by the letter, and has a limit


@dataclass(frozen=True, slots=True)
class PrintedTrail:
    """What a sheet says."""

    organisation_id: int  # part of a head that somebody writes down
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


def that_fit(lines: Iterable[Line]) -> list[Line]:
    """The first of them, until the paper is full; one at least."""
    fitting: list[Line] = []
    letters = 0
    for line in lines:
        letters += sum(len(each.before) + len(each.after) for each in line.changes)
        if fitting and letters > MOST_LETTERS:
            break
        fitting.append(line)
    return fitting


def trail_job(organisation: Organisation, trail: PrintedTrail, paper: Paper) -> PrintJob:
    """Everything the renderer needs; nothing is attached."""
    return PrintJob(
        html=render_to_string("trail/print.html", {"trail": trail, "paper": paper}),
        css=style_sheet(SHEET),
        paper=paper,
        fonts=paper_fonts(),
        identifier=digest_of((organisation.pk, trail), paper, sheet=SHEET, templates=("trail",)),
    )
