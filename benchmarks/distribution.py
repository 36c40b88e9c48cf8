"""Pure: the shape of a set of scores: how many, lowest, median, highest, mean. Nothing about who compares with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benchmarks.scores import exact_mean, round_score


@dataclass(frozen=True, slots=True)
class Distribution:
    """A summary of n scores, each figure rounded to two places."""

    count: int
    low: Decimal
    median: Decimal
    high: Decimal
    mean: Decimal

    @property
    def width(self) -> Decimal:
        return self.high - self.low


def describe(scores: Sequence[Decimal]) -> Distribution:
    """Summarise one or more scores; raise ValueError when there is none."""
    mean = exact_mean(scores)
    if mean is None:
        raise ValueError("A distribution needs at least one score.")
    return Distribution(
        count=len(scores),
        low=round_score(min(scores)),
        median=round_score(median(scores)),
        high=round_score(max(scores)),
        mean=round_score(mean),
    )


def median(scores: Sequence[Decimal]) -> Fraction:
    """The middle score, or the mean of the two middle ones, exact."""
    ordered = sorted(scores)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return (Fraction(ordered[middle - 1]) + Fraction(ordered[middle])) / 2


def spread(scores: Sequence[Decimal]) -> Decimal:
    """Highest minus lowest, rounded to two places."""
    return round_score(max(scores) - min(scores))
