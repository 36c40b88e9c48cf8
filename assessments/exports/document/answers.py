"""The answers in `report.docx`: a table for each practice area, with all that a person typed."""

from collections.abc import Iterator

from assessments.exports.document.word_file import BULLET, Column, Text, WordFile
from assessments.exports.words import UNSUPPORTED, answer_words
from assessments.report import SubElementReport
from assessments.report_page import ReportPage
from benchmarks.formatting import capitalised

COLUMNS = (Column("Sub-element", 3), Column("Score", 2), Column("What was written", 8))


def write_answers(word: WordFile, page: ReportPage) -> None:
    levels = ", ".join(f"{number} {name}" for number, name in enumerate(page.report.assessment.level_names, start=1))
    word.heading("Every answer", 1)
    word.paragraph(
        f"The five levels are {levels}. Their names and the wording of the questionnaire "
        f"{page.report.assessment.questionnaire} are ours, not FDA’s."
    )
    for area in page.report.areas:
        score = "" if area.figure.score is None else f" {area.figure.score}"
        word.heading(f"{area.name}{score}", 2)
        word.table(
            f"Answers in {area.name}",
            COLUMNS,
            ((each.answer.name, list(_score(each)), list(_written(each))) for each in area.sub_elements),
        )


def _score(each: SubElementReport) -> Iterator[Text]:
    yield Text("", label=answer_words(each.answer))
    if each.level:
        yield Text(each.level)


def _written(each: SubElementReport) -> Iterator[Text]:
    """What was typed, then what follows from it."""
    answer = each.answer
    if each.is_unsupported:
        yield Text("", label=UNSUPPORTED)
    if answer.reason:
        yield Text(answer.reason, label="Not applicable because:")
    if answer.rationale:
        yield Text(answer.rationale)
    elif answer.state == "scored":
        yield Text("No rationale written.")
    if answer.evidence:
        yield Text("", label="Evidence")
        for reference in answer.evidence:
            yield Text(str(reference), style=BULLET)
    if each.how_sure:
        yield Text(capitalised(each.how_sure))
    if each.raters_said:
        yield Text(each.raters_said, label="Raters:")
    if each.anchor:
        yield Text(each.anchor, label=f"Level {each.reached} reads:")
