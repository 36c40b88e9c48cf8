"""Pure: which sub-elements of an assessment a person wants to see: all, the open ones, those without evidence, …"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.records import AnswerRecord


class Show(StrEnum):
    """What the list of sub-elements is narrowed down to; the value stands in the address."""

    ALL = "all"
    OPEN = "open"
    UNKNOWN = "unknown"
    WITHOUT_EVIDENCE = "without-evidence"
    DISAGREE = "disagree"

    @classmethod
    def of(cls, text: str) -> "Show":
        """What an address asks for; anything else is all."""
        return cls(text) if text in set(cls) else cls.ALL

    @property
    def words(self) -> str:
        return WORDS[self]

    def lets_through(self, answer: AnswerRecord, far_apart: frozenset[str]) -> bool:
        """`far_apart` are the codes of the sub-elements on which raters disagree."""
        match self:
            case Show.OPEN:
                return answer.state in ("unanswered", "unknown")
            case Show.UNKNOWN:
                return answer.state == "unknown"
            case Show.WITHOUT_EVIDENCE:
                return answer.state == "scored" and not answer.evidence
            case Show.DISAGREE:
                return answer.code in far_apart
        return True


WORDS = {
    Show.ALL: "all",
    Show.OPEN: "open",
    Show.UNKNOWN: "don’t know yet",
    Show.WITHOUT_EVIDENCE: "scored without evidence",
    Show.DISAGREE: "raters disagree",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list down, and how many it leaves."""

    show: Show
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Sifted:
    """The list as asked for, and what else one may ask for."""

    answers: tuple[AnswerRecord, ...]
    choices: tuple[Choice, ...]
    show: Show


def sift(answers: Sequence[AnswerRecord], show: Show, far_apart: frozenset[str] = frozenset()) -> Sifted:
    """Narrow the answers down, in their order; each choice is counted over all of them."""
    left = {each: tuple(answer for answer in answers if each.lets_through(answer, far_apart)) for each in Show}
    choices = tuple(Choice(each, len(left[each]), each is show) for each in Show)
    return Sifted(left[show], choices, show)
