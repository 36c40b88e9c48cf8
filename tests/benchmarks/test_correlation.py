"""How far areas rise and fall together."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cohorts import read_cohort
from benchmarks.correlation import mean_correlation

SITES = st.lists(
    st.fixed_dictionaries({area: st.integers(10, 50).map(lambda n: Decimal(n).scaleb(-1)) for area in ("X", "Y", "Z")}),
    min_size=1,
    max_size=12,
)


def sites(*columns: str) -> list[dict[str, Decimal]]:
    """One text of scores for each area, the sites in the same order in each."""
    scores = [[Decimal(score) for score in column.split()] for column in columns]
    return [dict(zip("XYZ", site, strict=False)) for site in zip(*scores, strict=True)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("1.0 2.0 3.0", "2.0 3.0 4.0"), "1.00"),
        (("1.0 2.0 3.0", "4.0 3.0 2.0"), "-1.00"),
        (("1.0 2.0 3.0", "2.0 3.0 2.0"), "0.00"),
        (("1.0 2.0 3.0", "1.0 3.0 2.0"), "0.50"),
        (("1.0 2.0 3.0", "1.0 3.0 2.0", "1.0 2.0 3.0"), "0.67"),
    ],
)
def test_it_is_the_mean_over_each_pair_of_areas(columns: tuple[str, ...], expected: str) -> None:
    assert str(mean_correlation(sites(*columns))) == expected


@pytest.mark.parametrize("columns", [(), ("1.0 2.0", "1.0 2.0"), ("1.0 2.0 3.0",), ("1.0 2.0 3.0", "2.0 2.0 2.0")])
def test_there_is_none_without_something_to_compare(columns: tuple[str, ...]) -> None:
    assert mean_correlation(sites(*columns)) is None


def test_two_sites_carry_much_of_it_in_the_2024_cohort(db: None) -> None:
    cohort = read_cohort("fda-2024")
    assert str(mean_correlation([site.areas for site in cohort.establishments])) == "0.91"
    rest = [site.areas for site in cohort.establishments if site.label not in ("A", "G")]
    assert str(mean_correlation(rest)) == "0.69"


@given(SITES, st.randoms())
def test_it_lies_within_its_scale_and_knows_no_order(drawn: list[dict[str, Decimal]], chance: Random) -> None:
    shuffled = drawn.copy()
    chance.shuffle(shuffled)
    found = mean_correlation(drawn)
    assert found == mean_correlation(shuffled)
    assert found is None or -1 <= found <= 1
