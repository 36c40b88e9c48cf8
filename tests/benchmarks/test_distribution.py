"""The shape of a set of scores: lowest, median, highest, mean."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.distribution import Distribution, describe, median, spread

D = Decimal
SCORES = st.lists(st.integers(100, 500).map(lambda hundredths: D(hundredths).scaleb(-2)), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (["3.5"], ("3.50", "3.50", "3.50", "3.50")),
        (["2.0", "4.0"], ("2.00", "3.00", "4.00", "3.00")),
        (["4.0", "1.0", "1.0"], ("1.00", "1.00", "4.00", "2.00")),
        (["3.0", "3.0", "4.0", "4.0"], ("3.00", "3.50", "4.00", "3.50")),
        (["3.00", "3.01"], ("3.00", "3.01", "3.01", "3.01")),  # 3.005, half up
        (["3.0", "3.0", "4.0"], ("3.00", "3.00", "4.00", "3.33")),
        (["1.0", "5.0", "5.0"], ("1.00", "5.00", "5.00", "3.67")),
    ],
)
def test_it_describes(scores: list[str], expected: tuple[str, str, str, str]) -> None:
    low, middle, high, mean = (D(each) for each in expected)
    assert describe([D(each) for each in scores]) == Distribution(len(scores), low, middle, high, mean)


def test_it_describes_no_empty_set() -> None:
    with pytest.raises(ValueError, match="at least one score"):
        describe([])


@given(SCORES, st.randoms())
def test_the_order_never_matters(scores: list[Decimal], chance: Random) -> None:
    shuffled = scores.copy()
    chance.shuffle(shuffled)
    assert describe(shuffled) == describe(scores)
    assert spread(shuffled) == spread(scores)


@given(SCORES)
def test_median_and_mean_lie_between_the_ends(scores: list[Decimal]) -> None:
    shape = describe(scores)
    assert shape.low <= shape.median <= shape.high
    assert shape.low <= shape.mean <= shape.high
    assert shape.width == spread(scores) == max(scores) - min(scores)


@given(SCORES)
def test_as_many_lie_at_or_below_the_median_as_at_or_above(scores: list[Decimal]) -> None:
    middle = median(scores)
    assert 2 * sum(score <= middle for score in scores) >= len(scores)
    assert 2 * sum(score >= middle for score in scores) >= len(scores)
