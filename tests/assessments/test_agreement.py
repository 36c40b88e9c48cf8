"""How far raters lie apart: against the standard library's figures, and what must hold for any scores."""

import statistics
from decimal import Decimal as D
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement import agreement_of, average_deviation, leadership_gap
from benchmarks.scores import PATTERN

TENTHS = st.integers(10, 50).map(lambda tenths: D(tenths) / 10)
SCORES = st.lists(TENTHS, min_size=1, max_size=12)
SEVERAL = st.lists(TENTHS, min_size=2, max_size=12)


@given(SEVERAL)
def test_the_deviation_is_the_mean_distance_from_the_median(scores: list[D]) -> None:
    exact = [Fraction(score) for score in scores]
    middle = statistics.median(exact)
    assert average_deviation(scores) == statistics.mean(abs(score - middle) for score in exact)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_raters_does_not_matter(scores: list[D], chance: object) -> None:
    shuffled = sorted(scores, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert agreement_of(shuffled) == agreement_of(scores)


@given(SEVERAL)
def test_it_lies_between_nothing_and_half_the_range(scores: list[D]) -> None:
    deviation = average_deviation(scores)
    assert deviation is not None
    assert 0 <= deviation <= (Fraction(max(scores)) - Fraction(min(scores))) / 2 <= 2
    assert (deviation == 0) == (len(set(scores)) == 1)


@given(SEVERAL)
def test_far_apart_is_decided_before_rounding(scores: list[D]) -> None:
    agreement, deviation = agreement_of(scores), average_deviation(scores)
    assert agreement is not None
    assert deviation is not None
    assert agreement.is_wide == (deviation * 6 > 5)


@given(SEVERAL)
def test_turning_the_scale_around_changes_no_distance(scores: list[D]) -> None:
    assert average_deviation([6 - score for score in scores]) == average_deviation(scores)


@given(SCORES)
def test_the_median_lies_between_the_ends_and_is_offered_as_a_score(scores: list[D]) -> None:
    agreement = agreement_of(scores)
    assert agreement is not None
    assert agreement.lowest <= agreement.median <= agreement.highest
    assert PATTERN.fullmatch(str(agreement.offer))
    assert min(scores) <= agreement.offer <= max(scores)
    assert abs(agreement.offer - agreement.median) <= D("0.05")


def test_one_rater_alone_neither_agrees_nor_differs() -> None:
    agreement = agreement_of([D("3.0")])
    assert agreement is not None
    assert (agreement.count, agreement.deviation, agreement.is_wide) == (1, None, None)


def test_without_a_score_there_is_nothing() -> None:
    assert agreement_of([]) is None
    assert average_deviation([]) is None


@given(SCORES, SCORES)
def test_the_gap_turns_its_sign_with_its_sides(leadership: list[D], others: list[D]) -> None:
    gap, turned = leadership_gap(leadership, others), leadership_gap(others, leadership)
    assert gap is not None
    assert turned is not None
    assert gap == -turned
    assert abs(gap) <= 4


@given(SCORES)
def test_the_gap_needs_both_sides(scores: list[D]) -> None:
    assert leadership_gap(scores, []) is None
    assert leadership_gap([], scores) is None
    assert leadership_gap(scores, scores) == 0
