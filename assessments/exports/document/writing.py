"""`report.docx`: the report to paste into a document of one's own, section by section as on the page."""

from collections.abc import Iterator

from django.utils.timezone import localtime

from assessments.exports.document.answers import write_answers
from assessments.exports.document.word_file import BULLET, SUBTITLE, Column, WordFile
from assessments.exports.method import method_paragraphs
from assessments.exports.words import FICTIONAL, answer_words
from assessments.report import Extremes, Figure, Report
from assessments.report_page import ReportPage, compose
from benchmarks.formatting import join_labels, two_decimals

NONE = "–"
SUMS = (
    Column("Practice area", 4),
    Column("Scores", 4),
    Column("Sum ÷ count", 2),
    Column("Exact", 2),
    Column("Score", 2),
)


def report_document(report: Report) -> bytes:
    """The same bytes for the same report."""
    assessment, page = report.assessment, compose(report)
    word = WordFile(
        title=f"Quality management maturity: {assessment.site}, {assessment.period}",
        author=assessment.organisation,
        subject=f"Self-assessment compared with {report.cohort.name}",
        keywords=f"{assessment.status.value}, revision {assessment.revision}, qmm-report/1",
        written_at=report.generated_at,
    )
    for write in (_finding, _areas, _profile, _evenness, _watched, _extremes, write_answers, _arithmetic, _method):
        write(word, page)
    return word.to_bytes()


def _finding(word: WordFile, page: ReportPage) -> None:
    report, assessment = page.report, page.report.assessment
    word.heading(page.headline, 0)
    about = (assessment.site, assessment.manufacturing, assessment.period)
    parts = ("Quality management maturity, self-assessment", *about, f"{page.status}, {_answered(report)}")
    word.paragraph(" · ".join(part for part in parts if part), SUBTITLE)
    if assessment.is_fictional:
        word.paragraph("", label=FICTIONAL)
    word.paragraph(page.lede)
    # Further sentences of the finding go here, a paragraph each.
    if report.overall.placement is not None:
        word.paragraph(f"{page.number}, {page.place}: {page.distances}.", label="Overall:")
    for said in (page.raters, page.unsupported):
        if said:
            word.paragraph(f"{said}.")
    word.paragraph(" · ".join(_record(report)))


def _answered(report: Report) -> str:
    progress = report.result.progress
    without = f", {progress.not_applicable} not applicable" if progress.not_applicable else ""
    return f"{progress.answered} of {progress.applicable} answered{without}"


def _record(report: Report) -> Iterator[str]:
    """Whose it is and of when."""
    assessment, saved = report.assessment, report.assessment.last_saved_at
    yield assessment.organisation
    if assessment.title:
        yield assessment.title
    if assessment.answered_by:
        yield f"answered by {join_labels(assessment.answered_by)}"
    if saved is not None:
        yield f"last saved {localtime(saved):%-d %B %Y}"
    yield f"record {assessment.id or 'not stored'}, revision {assessment.revision}"
    yield f"made {localtime(report.generated_at):%-d %B %Y, %H:%M %Z}"


def _areas(word: WordFile, page: ReportPage) -> None:
    word.heading("The five practice areas", 1)
    columns = (Column("Practice area", 4), Column("Score", 2), Column("Cohort", 3), Column("Place", 4))
    word.table(
        "Score in each area, and where it lies among the cohort’s sites",
        columns,
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


def _profile(word: WordFile, page: ReportPage) -> None:
    report = page.report
    word.heading("The profile", 1)
    own = (area.figure.score for area in report.areas)
    rows = [(report.assessment.site, *own, report.overall.score, report.unevenness.spread)]
    rows += [(row.label, *row.scores, row.average, row.spread) for row in page.cohort_rows]
    codes = (Column(area.code, 2) for area in report.areas)
    word.table(
        "Scores by practice area: " + join_labels([f"{area.code} {area.name}" for area in report.areas]),
        (Column("Site", 4), *codes, Column("Overall", 3), Column("Spread", 3)),
        ([NONE if each is None else str(each) for each in row] for row in rows),
    )
    if not page.cohort_rows:
        word.paragraph("The sites of this cohort are too many to list here, or none was published.")


def _evenness(word: WordFile, page: ReportPage) -> None:
    word.heading("How even the areas are", 1)
    word.paragraph(page.unevenness_words)


def _watched(word: WordFile, page: ReportPage) -> None:
    word.heading("Risk management and data", 1)
    word.table(
        "The score in both, beside the published scores of single sites",
        (Column("Sub-element", 4), Column("Score", 2), Column("Published", 4)),
        (
            (
                each.answer.name,
                answer_words(each.answer),
                ", ".join(f"{other.label} {other.score}" for other in each.cohort) or "none published",
            )
            for each in page.report.watched
        ),
    )


def _extremes(word: WordFile, page: ReportPage) -> None:
    strongest, weakest = page.report.strongest, page.report.weakest
    if not strongest.shown and not weakest.shown:
        return
    word.heading("Strongest and weakest sub-elements", 1)
    for heading, extremes in (("Highest", strongest), ("Lowest, and the step to the next level", weakest)):
        if extremes.shown:
            word.heading(heading, 2)
            _ranked(word, extremes, with_steps=extremes is weakest)


def _ranked(word: WordFile, extremes: Extremes, *, with_steps: bool) -> None:
    for each in extremes.shown:
        step = f". To get to {each.next_level}: {each.next_step}" if with_steps and each.next_step else ""
        word.paragraph(f"{each.answer.name} {each.answer.score}{step}", BULLET)
    if extremes.more:
        word.paragraph(f"and {extremes.more} more at {extremes.at}")


def _arithmetic(word: WordFile, page: ReportPage) -> None:
    sums = page.arithmetic
    word.heading("The arithmetic", 1)
    if not sums.areas:
        word.paragraph("Nothing is scored yet, so there is nothing to add up.")
        return
    word.table(
        "An area is the mean of its scored sub-elements, rounded once, half up, to two decimals",
        (
            Column("Practice area", 4),
            Column("Scores", 4),
            Column("Sum ÷ count", 2),
            Column("Exact", 2),
            Column("Score"),
        ),
        ((each.name, each.terms, f"{each.total} ÷ {each.count}", each.exact, str(each.score)) for each in sums.areas),
    )
    if sums.overall is None:
        word.paragraph("There is no overall: not all five areas have a score.")
    else:
        word.paragraph(f"({sums.overall_terms}) ÷ 5 = {sums.overall_exact}, rounded {sums.overall}.", label="Overall:")


def _method(word: WordFile, page: ReportPage) -> None:
    word.heading("Method and limits", 1)
    for text in method_paragraphs(page):
        word.paragraph(text)
