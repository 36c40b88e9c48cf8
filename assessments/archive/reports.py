"""The reports of an archive: one PDF for each assessment, made as for their pages, or the reason why there is none."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.kept_pdfs import Printable, finished_pdf
from assessments.models import Assessment, Organisation
from assessments.pdf_job import Paper
from assessments.pdf_processes import Busy, Failed
from assessments.printing import printable_report
from assessments.report_reading import read_report
from assessments.revision_chain import opened_before
from benchmarks.models import Cohort

PAUSE = 1.0  # seconds before asking again for a place in the queue
MOST_PAUSES = 120
TOO_MUCH = "Making it took more time or memory than one PDF may use."
NO_COHORT = "The cohort that reports compare with has been removed from this product."
NO_PLACE = "So many other PDFs were being made that this one found no place."


class NotReadyError(Exception):
    """There was no time for all of them; those that are made are kept for the next attempt."""

    def __init__(self, ready: int, total: int) -> None:
        super().__init__(f"{ready} of {total} reports are ready.")
        self.ready, self.total = ready, total


@dataclass(frozen=True, slots=True)
class Printed:
    """One report: its PDF, or why there is none."""

    assessment: Assessment
    pdf: bytes | None
    problem: str = ""

    @property
    def file(self) -> str:
        return f"reports/{self.assessment.pk}.pdf"


def print_reports(organisation: Organisation, *, deadline: float | None = None) -> Iterator[Printed]:
    """Each in its turn; after the deadline, by the clock that only goes forward, no further one is begun."""
    assessments = list(
        Assessment.objects.filter(site__organisation=organisation)
        .select_related("site__organisation", "questionnaire__framework")
        .order_by("created_at", "pk")
    )
    for place, assessment in enumerate(assessments):
        if deadline is not None and time.monotonic() > deadline:
            raise NotReadyError(place, len(assessments))
        yield _print(assessment)


def _print(assessment: Assessment) -> Printed:
    try:
        report = read_report(assessment, earlier=Assessment.objects.filter(opened_before(assessment)))
        return Printed(assessment, _patiently(printable_report(report, Paper.A4)))
    except Cohort.DoesNotExist:
        return Printed(assessment, None, NO_COHORT)
    except Failed:
        return Printed(assessment, None, TOO_MUCH)
    except Busy:
        return Printed(assessment, None, NO_PLACE)


def _patiently(printable: Printable) -> bytes:
    """Others come first as often as their turn comes."""
    for _ in range(MOST_PAUSES):
        try:
            return finished_pdf(printable)
        except Busy:
            time.sleep(PAUSE)
    raise Busy
