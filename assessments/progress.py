"""Pure: how far an assessment has come. The only place that computes it; every screen shows these figures."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over sub-elements; an answer is a score, and what does not apply leaves the denominator."""

    total: int
    answered: int
    unknown: int
    not_applicable: int

    @property
    def applicable(self) -> int:
        return self.total - self.not_applicable

    @property
    def open(self) -> int:
        """Not answered, or answered with "don't know yet"."""
        return self.applicable - self.answered

    @property
    def unanswered(self) -> int:
        return self.open - self.unknown

    @property
    def is_complete(self) -> bool:
        return self.open == 0

    @property
    def rated_words(self) -> str:
        """2 of 4 rated, 1 “don’t know yet”: a rater and, in a round with names, the lead read the same."""
        parts = (
            f"{self.answered} of {self.applicable} rated",
            self.unknown and f"{self.unknown} “don’t know yet”",
            self.not_applicable and f"{self.not_applicable} not applicable",
        )
        return ", ".join(part for part in parts if part)


def progress_of(states: Iterable[str]) -> Progress:
    """Count the states (`scored`, `unknown`, `not_applicable`, `unanswered`) of some sub-elements."""
    listed = list(states)
    return Progress(
        total=len(listed),
        answered=listed.count("scored"),
        unknown=listed.count("unknown"),
        not_applicable=listed.count("not_applicable"),
    )
