"""Pure: how far the raters of one sub-element lie apart, and site leadership from the others; who may see it is not
asked here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benchmarks.distribution import describe, median
from benchmarks.scores import exact_mean, round_score

OPTIONS = 5  # the described levels; the tenths between them refine an answer, they are no options of their own
LARGEST_OF_AGREEMENT = Fraction(OPTIONS, 6)
FEWEST_TO_DIFFER = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """One or more scores in short; `deviation` and `is_wide` are None for a single one."""

    count: int
    lowest: Decimal
    median: Decimal
    highest: Decimal
    offer: Decimal  # the median as a score that can be given: one decimal
    deviation: Decimal | None
    is_wide: bool | None

    @property
    def range(self) -> Decimal:
        return self.highest - self.lowest


def agreement_of(scores: Sequence[Decimal]) -> Agreement | None:
    """Count, ends, median and average deviation (docs/scoring.md, rule 10); None without a score."""
    if not scores:
        return None
    shape, deviation = describe(scores), average_deviation(scores)
    return Agreement(
        count=shape.count,
        lowest=shape.low,
        median=shape.median,
        highest=shape.high,
        offer=_as_score(median(scores)),
        deviation=None if deviation is None else round_score(deviation),
        is_wide=None if deviation is None else deviation > LARGEST_OF_AGREEMENT,
    )


def average_deviation(scores: Sequence[Decimal]) -> Fraction | None:
    """AD about the median (Burke, Finkelstein and Dusig 1999), exact, in points of the scale; None below two scores."""
    if len(scores) < FEWEST_TO_DIFFER:
        return None
    middle = median(scores)
    return exact_mean(abs(Fraction(score) - middle) for score in scores)


def leadership_gap(leadership: Sequence[Decimal], others: Sequence[Decimal]) -> Decimal | None:
    """The median of site leadership minus the median of all others, rounded once; None unless both sides have one."""
    return round_score(median(leadership) - median(others)) if leadership and others else None


def _as_score(exact: Fraction) -> Decimal:
    """With one decimal, half up: a tenth of it goes through the one rounding, to two places."""
    return (round_score(exact / 10) * 10).quantize(Decimal("0.1"))
