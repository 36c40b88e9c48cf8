"""The sheet Summary: the finding, the overall with its place, what is open, how sure, and what the file is of."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.timezone import localtime

from assessments.exports.words import COUNSEL, FICTIONAL
from assessments.exports.workbook.sheets import Column, Value
from assessments.findings import signature_words, unevenness_words
from assessments.models import Confidence, EvidenceStrength
from assessments.report import Report, SubElementReport
from assessments.report_page import ReportPage
from benchmarks.formatting import join_labels

NAME = "Summary"
COLUMNS = (Column("What", 40, "label"), Column("Figure", 10, "figure"), Column("In words", 96))
LONG_TEXTS = (
    "A text longer than its row can show is whole in its cell; on paper the PDF and the Word document have it whole."
)


class Row(NamedTuple):
    """One line; `style` is that of the figure, or of the heading where there is neither figure nor words."""

    what: str
    figure: Value = None
    words: str = ""
    style: str = "figure"


def summary_rows(page: ReportPage) -> Iterator[Row]:
    """What a reader asks first stands first."""
    report = page.report
    yield from _finding(page)
    yield from _overall(page)
    yield from _since(page)
    yield from _open(report)
    yield from _how_sure(page)
    yield from _about(page)


def _finding(page: ReportPage) -> Iterator[Row]:
    if page.report.assessment.is_fictional:
        yield Row("Note", words=FICTIONAL)
    if page.report.assessment.is_for_counsel:
        yield Row("Marking", words=COUNSEL)
    if page.withheld:
        yield Row("Shared", words=page.withheld)
    yield Row("Finding", words=page.headline)
    yield Row("In short", words=page.lede)
    for point in page.points:
        yield Row(point.subject, words=point.sentence)


def _overall(page: ReportPage) -> Iterator[Row]:
    report, figure = page.report, page.report.overall
    yield Row("Where the site stands", style="lead")
    yield Row("Overall", figure.score, page.number_note, style="own")
    if figure.interval is not None:
        yield Row("Overall if every open answer were 1.0", figure.interval[0])
        yield Row("Overall if every open answer were 5.0", figure.interval[1])
    if figure.placement is not None:
        sites = f"of {figure.placement.count} sites of the {report.cohort.name}"
        yield Row("At or above", figure.placement.at_or_above, sites, style="count")
        yield Row("Place", words=page.place)
        yield Row("Minus the lowest site", figure.placement.to_lowest, style="difference")
        yield Row("Minus the median", figure.placement.to_median, style="difference")
        yield Row("Minus the highest site", figure.placement.to_highest, style="difference")
    yield Row("Spread: highest minus lowest area", report.unevenness.spread, unevenness_words(report))


def _since(page: ReportPage) -> Iterator[Row]:
    part = page.since
    if part is None:
        return
    yield Row("Since last time", style="lead")
    yield Row("Overall now minus then", part.since.overall.change, part.moved, style="difference")
    yield Row("Which earlier one", words=f"{part.earlier}.")
    yield Row("How far to trust it", words=part.caution)


def _open(report: Report) -> Iterator[Row]:
    progress = report.result.progress
    does_not_apply = [each for each in report.sub_elements if each.answer.state == "not_applicable"]
    is_open = [each for each in report.sub_elements if each.answer.as_score.is_open]
    yield Row("What is open", style="lead")
    yield Row("Sub-elements with a score", progress.answered, f"of {progress.applicable} that apply", style="count")
    yield Row("Open: not answered or not known yet", progress.open, _names(is_open), style="count")
    yield Row("Not applicable", progress.not_applicable, _names(does_not_apply), style="count")


def _how_sure(page: ReportPage) -> Iterator[Row]:
    report, sureness = page.report, page.report.sureness
    yield Row("How sure", style="lead")
    yield Row(
        "Rest on a document or a measured record", sureness.demonstrable, f"of {sureness.scored} scored", style="count"
    )
    for strength, count in sureness.by_strength:
        yield Row(f"Strongest evidence: {EvidenceStrength(strength).label}", count, style="count")
    for confidence, count in sureness.by_confidence:
        yield Row(f"Confidence: {Confidence(confidence).label}", count, style="count")
    yield Row(
        "Scores of 4.0 or more that name no evidence", sureness.left_out, _names(report.unsupported), style="count"
    )
    if sureness.left_out:
        without = f"{join_labels(sureness.emptied)} would have no score" if sureness.emptied else ""
        yield Row("Overall without these", sureness.supported, without)
    if report.raters is not None:
        yield Row("Raters", report.raters.rated, page.raters, style="count")


def _about(page: ReportPage) -> Iterator[Row]:
    report, assessment = page.report, page.report.assessment
    yield Row("What this is of", style="lead")
    yield Row("Site", words=assessment.site)
    yield Row("Manufacturing", words=assessment.manufacturing)
    yield Row("Organisation", words=assessment.organisation)
    yield Row("Assessment", words=assessment.title)
    yield Row("Period", words=assessment.period)
    yield Row("Status", words=page.status)
    for words in signature_words(report):
        yield Row("Signed", words=words)
    if assessment.sign_off is not None:
        yield Row("Signed data", words=f"SHA-256 {assessment.sign_off.digest}")
    yield Row("Saved changes", assessment.revision, "the revision of the file’s name", style="count")
    yield Row("Answered by", words=", ".join(assessment.answered_by))
    saved = assessment.last_saved_at
    yield Row("Last saved", words="" if saved is None else f"{localtime(saved):%-d %B %Y, %H:%M %Z}")
    yield Row("Made", words=f"{localtime(report.generated_at):%-d %B %Y, %H:%M %Z}")
    yield Row("Record", words=page.record)
    yield Row("Questionnaire", words=assessment.questionnaire)
    yield Row("Framework", words=assessment.framework)
    yield Row("Cohort", len(report.cohort.establishments), report.cohort.name, style="count")
    yield Row("Long texts", words=LONG_TEXTS)


def _names(sub_elements: Iterable[SubElementReport]) -> str:
    return join_labels([each.answer.name for each in sub_elements])
