"""The beginning of `report.docx`: the finding, what follows from the numbers, and the five practice areas."""

from collections.abc import Iterator

from django.utils.timezone import localtime

from assessments.exports.document.word_file import SUBTITLE, Column, WordFile
from assessments.exports.words import COUNSEL, FICTIONAL
from assessments.findings import signature_words
from assessments.report import Figure, Report
from assessments.report_page import ReportPage
from benchmarks.formatting import join_labels, two_decimals

NONE = "–"


def write_finding(word: WordFile, page: ReportPage) -> None:
    report, assessment = page.report, page.report.assessment
    word.heading(page.headline, 0)
    about = (assessment.site, assessment.manufacturing, assessment.period)
    parts = ("Quality management maturity, self-assessment", *about, f"{page.status}, {_answered(report)}")
    word.paragraph(" · ".join(part for part in parts if part), SUBTITLE)
    if assessment.is_fictional:
        word.paragraph("", label=FICTIONAL)
    if assessment.is_for_counsel:
        word.paragraph("", label=COUNSEL)
    word.paragraph(page.lede)
    if report.overall.placement is not None:
        word.paragraph(f"{page.number}, {page.place}: {page.distances}.", label="Overall:")
    for said in (page.unsupported and f"{page.unsupported}.", page.withheld):
        if said:
            word.paragraph(said)
    word.paragraph(" · ".join(_record(page)))
    if signed := signature_words(report):
        word.paragraph("; ".join(signed), label="Signed:")


def _answered(report: Report) -> str:
    progress = report.result.progress
    without = f", {progress.not_applicable} not applicable" if progress.not_applicable else ""
    return f"{progress.answered} of {progress.applicable} answered{without}"


def _record(page: ReportPage) -> Iterator[str]:
    """Whose it is and of when."""
    report, assessment, saved = page.report, page.report.assessment, page.report.assessment.last_saved_at
    if assessment.organisation:
        yield assessment.organisation
    if assessment.title:
        yield assessment.title
    if assessment.answered_by:
        yield f"answered by {join_labels(assessment.answered_by)}"
    if saved is not None:
        yield f"last saved {localtime(saved):%-d %B %Y}"
    yield f"record {page.record}, revision {assessment.revision}"
    yield f"made {localtime(report.generated_at):%-d %B %Y, %H:%M %Z}"


def write_points(word: WordFile, page: ReportPage) -> None:
    """The sentences for the council."""
    if page.points:
        word.heading("In short", 1)
    for point in page.points:
        word.paragraph(point.sentence, label=f"{point.subject}:")


def write_areas(word: WordFile, page: ReportPage) -> None:
    word.heading("The five practice areas", 1)
    word.table(
        "Score in each area, and where it lies among the cohort’s sites",
        (Column("Practice area", 4), Column("Score", 2), Column("Cohort", 3), Column("Place", 4)),
        (
            (
                row.area.name,
                _figure(row.area.figure),
                _range(row.area.figure),
                ". ".join(part for part in (row.at_or_above and f"At or above {row.at_or_above}", row.place) if part),
            )
            for row in page.areas
        ),
    )


def _figure(figure: Figure) -> str:
    parts = [] if figure.score is None else [two_decimals(figure.score)]
    if figure.interval is not None:
        parts.append(f"{figure.interval[0]} to {figure.interval[1]} still possible")
    return "; ".join(parts) or "not applicable"


def _range(figure: Figure) -> str:
    cohort = figure.distribution
    return NONE if cohort is None else f"{cohort.low} to {cohort.high}, median {cohort.median}"
