"""Where one score falls among others (docs/scoring.md, rules 6 to 8)."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.distribution import describe
from benchmarks.placement import LabelledScore, Position, place

D = Decimal
NINE = [
    LabelledScore(D(score), label)
    for label, score in zip(
        "ABCDEFGHI", ("2.84", "4.36", "4.06", "3.98", "4.62", "4.46", "2.40", "3.74", "3.68"), strict=True
    )
]
SCORE = st.integers(100, 500).map(lambda hundredths: D(hundredths).scaleb(-2))
SITES = st.lists(SCORE, min_size=1, max_size=20).map(
    lambda scores: [LabelledScore(score, f"S{number}") for number, score in enumerate(scores)]
)


def labels(scores: tuple[LabelledScore, ...]) -> str:
    return "".join(each.label for each in scores)


@pytest.mark.parametrize(
    ("score", "position", "counts", "neighbours"),
    [
        ("1.00", "below", (0, 0, 9), ("", "", "G")),
        ("2.39", "below", (0, 0, 9), ("", "", "G")),
        ("2.40", "within", (0, 1, 8), ("", "G", "A")),
        ("2.41", "within", (1, 0, 8), ("G", "", "A")),
        ("3.68", "within", (2, 1, 6), ("A", "I", "H")),
        ("3.78", "within", (4, 0, 5), ("H", "", "D")),
        ("3.98", "within", (4, 1, 4), ("H", "D", "C")),
        ("4.62", "within", (8, 1, 0), ("F", "E", "")),
        ("4.63", "above", (9, 0, 0), ("E", "", "")),
        ("5.00", "above", (9, 0, 0), ("E", "", "")),
    ],
)
def test_it_places_among_the_nine(
    score: str, position: str, counts: tuple[int, int, int], neighbours: tuple[str, str, str]
) -> None:
    placement = place(D(score), NINE)
    assert placement.position == position
    assert (placement.below, placement.level, placement.above) == counts
    assert (labels(placement.lower), labels(placement.level_with), labels(placement.upper)) == neighbours


def test_it_gives_the_distances_and_the_fraction_of_the_range() -> None:
    placement = place(D("3.78"), NINE)
    assert [str(each) for each in (placement.to_lowest, placement.to_median, placement.to_highest)] == [
        "1.38",
        "-0.20",
        "-0.84",
    ]
    assert str(placement.fraction) == "0.62"
    assert placement.at_or_above == 4


def test_one_decimal_and_two_are_the_same_score() -> None:
    assert labels(place(D("3.60"), [LabelledScore(D("3.6"), "C"), LabelledScore(D("3.7"), "D")]).level_with) == "C"


def test_it_places_among_none_by_refusing() -> None:
    with pytest.raises(ValueError, match="at least one establishment"):
        place(D("3.00"), [])


def test_it_refuses_a_score_that_is_not_yet_rounded() -> None:
    with pytest.raises(ValueError, match="Round a score"):
        place(D("4.615"), NINE)


@given(SCORE, SITES, st.randoms())
def test_the_order_of_the_sites_never_matters(score: Decimal, sites: list[LabelledScore], chance: Random) -> None:
    shuffled = sites.copy()
    chance.shuffle(shuffled)
    assert place(score, shuffled) == place(score, sites)


@given(SCORE, SITES)
def test_below_level_and_above_are_all(score: Decimal, sites: list[LabelledScore]) -> None:
    placement = place(score, sites)
    assert placement.below + placement.level + placement.above == placement.count == len(sites)
    assert placement.at_or_above == sum(each.score <= score for each in sites)


@given(SITES, st.data())
def test_the_score_of_a_site_is_level_with_it(sites: list[LabelledScore], data: st.DataObject) -> None:
    site = data.draw(st.sampled_from(sites))
    placement = place(site.score, sites)
    assert site in placement.level_with
    assert placement.position is Position.WITHIN


@given(SCORE, SITES)
def test_outside_the_range_stays_outside(score: Decimal, sites: list[LabelledScore]) -> None:
    low, high = min(each.score for each in sites), max(each.score for each in sites)
    placement = place(score, sites)
    assert (placement.position is Position.BELOW) == (score < low) == (placement.above == len(sites))
    assert (placement.position is Position.ABOVE) == (score > high) == (placement.below == len(sites))
    if placement.fraction is not None:
        assert (placement.fraction <= 0) >= (score < low)
        assert (placement.fraction >= 1) >= (score > high)


@given(SCORE, SITES)
def test_the_neighbours_are_the_nearest_with_all_their_ties(score: Decimal, sites: list[LabelledScore]) -> None:
    placement = place(score, sites)
    for side, beyond in ((placement.lower, placement.below), (placement.upper, placement.above)):
        assert bool(side) == bool(beyond)
        assert len({each.score for each in side}) <= 1
    for each in sites:
        assert (each in placement.lower) == (bool(placement.lower) and each.score == placement.lower[0].score)
        assert (each in placement.upper) == (bool(placement.upper) and each.score == placement.upper[0].score)
        between = (
            placement.lower[0].score if placement.lower else D(0),
            placement.upper[0].score if placement.upper else D(6),
        )
        assert each in placement.level_with or each.score <= between[0] or each.score >= between[1]


@given(SCORE, SITES)
def test_a_reader_finds_the_distances_with_the_figures_shown(score: Decimal, sites: list[LabelledScore]) -> None:
    placement, shape = place(score, sites), describe([each.score for each in sites])
    assert placement.to_lowest == score - shape.low
    assert placement.to_median == score - shape.median
    assert placement.to_highest == score - shape.high


@given(SCORE, SITES)
def test_the_fraction_is_where_the_score_lies_on_the_range(score: Decimal, sites: list[LabelledScore]) -> None:
    shape = describe([each.score for each in sites])
    assume(shape.width)
    fraction = place(score, sites).fraction
    assert fraction is not None
    assert abs(Fraction(fraction) - Fraction(score - shape.low) / Fraction(shape.width)) <= Fraction(1, 200)


@pytest.mark.parametrize("sites", [["3.20"], ["3.20", "3.20"]])
def test_without_a_range_there_is_no_fraction(sites: list[str]) -> None:
    assert place(D("3.00"), [LabelledScore(D(score), score) for score in sites]).fraction is None
