"""Pure: where one score falls among the establishments of a cohort. It names neighbours and gives no percentile."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from benchmarks.distribution import median
from benchmarks.scores import round_score


class Position(StrEnum):
    """Where a score lies against the range of a cohort, its ends included in `within`."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"

    @classmethod
    def of(cls, score: Decimal, low: Decimal, high: Decimal) -> "Position":
        if score < low:
            return cls.BELOW
        return cls.ABOVE if score > high else cls.WITHIN


@dataclass(frozen=True, slots=True, order=True)
class LabelledScore:
    """The score of one establishment; ordered by score, then by label."""

    score: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Placement:
    """A score among n establishments: below + level + above = n; neighbours with ties named together."""

    score: Decimal
    position: Position
    lower: tuple[LabelledScore, ...]
    level_with: tuple[LabelledScore, ...]
    upper: tuple[LabelledScore, ...]
    below: int
    above: int
    to_lowest: Decimal
    to_median: Decimal
    to_highest: Decimal
    fraction: Decimal | None  # of the cohort's range, not clamped; None when the range has no width

    @property
    def level(self) -> int:
        return len(self.level_with)

    @property
    def count(self) -> int:
        return self.below + self.level + self.above

    @property
    def at_or_above(self) -> int:
        return self.below + self.level


def place(score: Decimal, establishments: Sequence[LabelledScore]) -> Placement:
    """Place a score, already rounded to two places, among one or more others (docs/scoring.md, rules 6 to 8)."""
    if not establishments:
        raise ValueError("A placement needs at least one establishment.")
    if score != round_score(score):
        raise ValueError("Round a score before placing it: what is compared is what is shown.")
    ordered = sorted(establishments)
    low, high = ordered[0].score, ordered[-1].score
    below = [other for other in ordered if other.score < score]
    above = [other for other in ordered if other.score > score]
    return Placement(
        score=score,
        position=Position.of(score, low, high),
        lower=tuple(other for other in below if other.score == below[-1].score),
        level_with=tuple(other for other in ordered if other.score == score),
        upper=tuple(other for other in above if other.score == above[0].score),
        below=len(below),
        above=len(above),
        to_lowest=round_score(score - low),
        to_median=round_score(score - round_score(median([other.score for other in ordered]))),
        to_highest=round_score(score - high),
        fraction=round_score(Fraction(score - low) / Fraction(high - low)) if high > low else None,
    )
