"""The part of `report.docx` that compares: with last time, the profile, evenness, out of line, risk and data."""

from assessments.exports.document.first_page import NONE
from assessments.exports.document.word_file import Column, WordFile
from assessments.exports.words import answer_words
from assessments.report_page import ReportPage
from assessments.report_rows import SiteRow
from benchmarks.formatting import join_labels


def write_since(word: WordFile, page: ReportPage) -> None:
    part = page.since
    if part is None:
        return
    word.heading("Since last time", 1)
    for text in (part.moved, part.place, f"{part.earlier}.", part.caution):
        if text:
            word.paragraph(text)
    word.table(
        "Then and now, each rounded first and then subtracted",
        (Column("Figure", 6), Column("Then", 2), Column("Now", 2), Column("Change", 2)),
        ((row.name, row.then, row.now, row.change) for row in part.rows),
    )


def write_profile(word: WordFile, page: ReportPage) -> None:
    report = page.report
    word.heading("The profile", 1)
    codes = (Column(area.code, 2) for area in report.areas)
    rows = [(row.label, *(cell.score for cell in row.cells), row.average, row.spread) for row in _sites(page)]
    word.table(
        "Scores by practice area: " + join_labels([f"{area.code} {area.name}" for area in report.areas]),
        (Column("Site", 4), *codes, Column("Overall", 3), Column("Spread", 3)),
        ([NONE if each is None else str(each) for each in row] for row in rows),
    )
    if not page.cohort_rows:
        word.paragraph("The sites of this cohort are too many to list here, or none was published.")


def _sites(page: ReportPage) -> tuple[SiteRow, ...]:
    return (page.own_row, *page.cohort_rows)


def write_evenness(word: WordFile, page: ReportPage) -> None:
    word.heading("How even the areas are", 1)
    word.paragraph(page.unevenness_words)


def write_shape(word: WordFile, page: ReportPage) -> None:
    if not page.deviations:
        return
    word.heading("Which areas are out of line", 1)
    word.table(
        "Each area minus the mean of the five, beside the same figure of the cohort’s sites",
        (Column("Practice area", 5), Column("Yours", 2), Column("Cohort", 4), Column("Out of line", 2)),
        ((row.name, row.own, row.range, "yes" if row.is_out_of_line else "no") for row in page.deviations),
    )
    if page.nearest:
        word.paragraph(page.nearest)


def write_watched(word: WordFile, page: ReportPage) -> None:
    word.heading("Risk management and data", 1)
    word.table(
        "The score in both, beside the published scores of single sites",
        (Column("Sub-element", 4), Column("Score", 2), Column("Against the overall", 3), Column("Published", 4)),
        (
            (
                row.sub_element.answer.name,
                answer_words(row.sub_element.answer),
                row.against_overall,
                ", ".join(f"{other.label} {other.score}" for other in row.sub_element.cohort) or "none published",
            )
            for row in page.watched
        ),
    )
