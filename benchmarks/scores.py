"""Pure: what a score is: its range, how it is read and written, its exact mean, and the one rounding."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

LOWEST = Decimal("1.0")
HIGHEST = Decimal("5.0")
AREA_COUNT = 5  # an average exists only over all five practice areas
# One pattern for every way in: no sign, no exponent, no space, no other script's digits.
PATTERN = re.compile(r"[1-4](\.[0-9])?|5(\.0)?", re.ASCII)
ALLOWED = "Write a score from 1.0 to 5.0 with at most one decimal, like 3.5."


def parse_score(text: str) -> Decimal:
    """Read a score of one sub-element, one decimal; raise ValueError with what is allowed."""
    if not PATTERN.fullmatch(text):
        raise ValueError(ALLOWED)
    return Decimal(text).quantize(Decimal("0.1"))


def exact_mean(values: Iterable[Decimal | Fraction]) -> Fraction | None:
    """The mean before rounding, exact: a third has no decimal, and a lost digit could turn a tie."""
    listed = list(values)
    decimals = sum((value for value in listed if isinstance(value, Decimal)), Decimal(0))
    fractions = sum((value for value in listed if isinstance(value, Fraction)), Fraction(0))
    return (Fraction(decimals) + fractions) / len(listed) if listed else None


def round_score(value: Decimal | Fraction) -> Decimal:
    """The one place where a score is rounded: two places, half up (docs/scoring.md, rule 4).

    A negative is rounded as its opposite. In whole numbers: a division cut off at some digit could make up a tie.
    """
    exact = Fraction(value)
    hundredths = (200 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return Decimal(hundredths if exact > 0 else -hundredths).scaleb(-2)
