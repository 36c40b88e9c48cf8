"""What the form of an answer offers to choose from, and how its fields show an answer that is stored."""

from enum import StrEnum

from assessments.entries import Entry
from assessments.models import AnswerState
from benchmarks.formatting import one_decimal


class Choice(StrEnum):
    """What the radio buttons of an answer say besides the five levels."""

    BETWEEN = "between"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


LEVELS = ("1", "2", "3", "4", "5")
CHOICES = [
    *((level, f"level {level}") for level in LEVELS),
    (Choice.BETWEEN, "Between two levels"),
    (Choice.UNKNOWN, "Don’t know yet"),
    (Choice.NOT_APPLICABLE, "Not applicable"),
]


class Keep(StrEnum):
    """Which of two answers shall stand, when someone else has saved theirs in between."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


def initial_of(entry: Entry) -> dict[str, str]:
    """The fields as they show a stored answer: a whole score is its level, any other is between two."""
    texts = {"reason": entry.reason, "rationale": entry.rationale, "choice": "", "exact": ""}
    texts |= {"confidence": entry.confidence, "evidence_strength": entry.evidence_strength}
    for row, reference in enumerate(entry.evidence):
        texts |= {f"evidence-{row}-title": reference.title, f"evidence-{row}-location": reference.location}
    if entry.score is None:
        return texts | {"choice": "" if entry.state == AnswerState.UNANSWERED else entry.state}
    if entry.score == int(entry.score):
        return texts | {"choice": str(int(entry.score))}
    return texts | {"choice": Choice.BETWEEN, "exact": one_decimal(entry.score)}
