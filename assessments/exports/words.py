"""Words that more than one format of the report needs and the page has in its templates."""

from assessments.models import AnswerState
from assessments.records import AnswerRecord

FICTIONAL = "Fictional: this organisation, its site and its answers were made up to show the product."
COUNSEL = "Prepared at the direction of counsel. A label does not create privilege."
UNSUPPORTED = "4.0 or more, and no evidence named"


def answer_words(answer: AnswerRecord) -> str:
    """The score; where there is none, why not: don’t know yet."""
    return str(AnswerState(answer.state).label) if answer.score is None else str(answer.score)
