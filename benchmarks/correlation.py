"""Pure: how far practice areas rise and fall together across establishments. It draws no conclusion from it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from benchmarks.scores import exact_mean, round_score


def mean_correlation(establishments: Sequence[Mapping[str, Decimal]]) -> Decimal | None:
    """The mean of the correlations of each pair of areas, two places.

    None with fewer than three establishments or two areas, or when an area has the same score everywhere.
    """
    areas = list(establishments[0]) if len(establishments) > 2 else []
    deviations = [_deviations([each[area] for each in establishments]) for area in areas]
    if len(areas) < 2 or not all(any(column) for column in deviations):
        return None
    mean = exact_mean([_correlation(one, other) for one, other in combinations(deviations, 2)])
    return None if mean is None else round_score(mean)


def _deviations(scores: Sequence[Decimal]) -> list[Fraction]:
    mean = exact_mean(scores) or Fraction(0)
    return [Fraction(score) - mean for score in scores]


def _correlation(one: Sequence[Fraction], other: Sequence[Fraction]) -> Decimal:
    """Pearson's; exact but for the one square root."""
    squared = _sum_of_products(one, one) * _sum_of_products(other, other)
    together = _sum_of_products(one, other)
    ratio = together * together / squared
    root = (Decimal(ratio.numerator) / Decimal(ratio.denominator)).sqrt()
    return root if together >= 0 else -root


def _sum_of_products(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))
