"""The answers in `report.docx`, and how sure they are: a table for each practice area with all that was typed."""

from collections.abc import Iterator

from assessments.exports.document.word_file import BULLET, Column, Text, WordFile
from assessments.exports.words import UNSUPPORTED, answer_words
from assessments.report import SubElementReport
from assessments.report_page import ReportPage
from benchmarks.formatting import capitalised

COLUMNS = (Column("Sub-element", 3), Column("Score", 3), Column("What was written", 9))


def write_sureness(word: WordFile, page: ReportPage) -> None:
    word.heading("How sure the result is", 1)
    if not page.how_sure:
        word.paragraph("Nothing is scored.")
    for point in page.how_sure:
        word.paragraph(point.sentence, label=f"{point.subject}:")
    for each in page.report.unsupported:
        word.paragraph(f"{each.answer.name} {each.answer.score}: {UNSUPPORTED}", BULLET)


def write_answers(word: WordFile, page: ReportPage) -> None:
    levels = ", ".join(f"{number} {name}" for number, name in enumerate(page.report.assessment.level_names, start=1))
    word.heading("Every answer", 1)
    word.paragraph(
        f"The five levels are {levels}. Their names and the wording of the questionnaire "
        f"{page.report.assessment.questionnaire} are ours, not FDA’s."
    )
    withheld = page.report.assessment.withheld
    is_withheld = withheld is not None and withheld.texts
    for area in page.report.areas:
        score = "" if area.figure.score is None else f" {area.figure.score}"
        word.heading(f"{area.name}{score}", 2)
        word.table(
            f"Answers in {area.name}",
            COLUMNS,
            (
                (
                    each.answer.name,
                    list(_score(each)),
                    [*_typed(each, is_withheld=is_withheld), *_explained(each)],
                )
                for each in area.sub_elements
            ),
        )


def _score(each: SubElementReport) -> Iterator[Text]:
    yield Text("", label=answer_words(each.answer))
    if each.level:
        yield Text(each.level)


def _typed(each: SubElementReport, *, is_withheld: bool) -> Iterator[Text]:
    answer = each.answer
    if each.is_unsupported:
        yield Text("", label=UNSUPPORTED)
    if answer.reason:
        yield Text(answer.reason, label="Not applicable because:")
    if answer.rationale:
        yield Text(answer.rationale)
    elif answer.state == "scored" and not is_withheld:
        yield Text("No rationale written.")
    if answer.evidence:
        yield Text("", label="Evidence")
        for reference in answer.evidence:
            yield Text(str(reference), style=BULLET)


def _explained(each: SubElementReport) -> Iterator[Text]:
    """How sure, what raters gave, and what the levels say."""
    if each.how_sure:
        yield Text(capitalised(each.how_sure))
    if each.raters_said:
        yield Text(each.raters_said, label="Raters:")
    if each.anchor:
        yield Text(each.anchor, label=f"Level {each.reached} reads:")
    if each.next_step:
        yield Text(each.next_step, label=f"To get to {each.next_level}:")
