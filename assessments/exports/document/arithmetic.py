"""The end of `report.docx`: what would move the score, the sums written out, the method and its limits."""

from assessments.exports.document.word_file import Column, WordFile
from assessments.exports.method import method_paragraphs
from assessments.report_page import ReportPage

LEVERS = (
    Column("Sub-element", 5),
    Column("Raised", 3),
    Column("Its area", 2),
    Column("Overall", 2),
    Column("At or above", 3),
)
SUMS = (
    Column("Practice area", 4),
    Column("Scores", 4),
    Column("Sum ÷ count", 2),
    Column("Exact", 2),
    Column("Score", 2),
)


def write_levers(word: WordFile, page: ReportPage) -> None:
    if not page.levers:
        return
    word.heading("What would move it", 1)
    if page.lever_words:
        word.paragraph(page.lever_words)
    word.table(
        "Each sub-element raised by one point, or to 5.0, all else as it is",
        LEVERS,
        ((f"{row.name} ({row.area_code})", row.raised, row.area, row.overall, row.at_or_above) for row in page.levers),
    )


def write_arithmetic(word: WordFile, page: ReportPage) -> None:
    sums = page.arithmetic
    word.heading("The arithmetic", 1)
    if not sums.areas:
        word.paragraph("Nothing is scored, so there is nothing to add up.")
        return
    word.table(
        "An area is the mean of its scored sub-elements, rounded once, half up, to two decimals",
        SUMS,
        ((each.name, each.terms, f"{each.total} ÷ {each.count}", each.exact, str(each.score)) for each in sums.areas),
    )
    if sums.overall is None:
        word.paragraph("There is no overall: not all five areas have a score.")
    else:
        word.paragraph(f"({sums.overall_terms}) ÷ 5 = {sums.overall_exact}, rounded {sums.overall}.", label="Overall:")


def write_method(word: WordFile, page: ReportPage) -> None:
    word.heading("Method and limits", 1)
    for text in method_paragraphs(page):
        word.paragraph(text)
