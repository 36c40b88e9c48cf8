"""What was acknowledged to a crowd that saved, held against what the database has of it afterwards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.entries import Entry
from assessments.models import Answer, AnswerVersion
from tests.bench.crowd_plan import Task

Key = tuple[str, str]  # assessment and code of the sub-element


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A save that the server said it had stored, as this version."""

    task: Task
    version: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Saves that are not there as they were acknowledged, and answers whose version does not count their saves."""

    lost: int
    miscounted: int


def compare(acknowledged: Sequence[Acknowledged]) -> Comparison:
    assessments = {UUID(each.task.assessment_id) for each in acknowledged}
    stored = {
        (*key_of(each.answer), each.version): Entry.of(each)
        for each in AnswerVersion.objects.filter(answer__assessment__in=assessments).select_related(
            "answer__sub_element"
        )
    }
    lost = sum(
        stored.get((each.task.assessment_id, each.task.code, each.version)) != each.task.entry for each in acknowledged
    )
    return Comparison(lost, miscounted(acknowledged, Counter((key[0], key[1]) for key in stored)))


def miscounted(acknowledged: Sequence[Acknowledged], kept: Counter[Key]) -> int:
    """Answers whose version is not the number of their saves, by the history or by what was acknowledged."""
    said = Counter((each.task.assessment_id, each.task.code) for each in acknowledged)
    answers = Answer.objects.filter(assessment__in={key[0] for key in said}).select_related("sub_element")
    return sum(not each.version == kept[key_of(each)] == said[key_of(each)] for each in answers)


def key_of(answer: Answer) -> Key:
    return str(answer.assessment_id), answer.sub_element.code
