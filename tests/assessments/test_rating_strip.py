"""The picture of the raters: nothing overlaps, nothing leaves it, and it says in words what it shows."""

from decimal import Decimal as D
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rating_strip import MOST_LETTERED, RatedDot, draw_ratings, short

values = st.integers(10, 50).map(lambda n: D(n) / 10)
medians = st.integers(100, 500).map(lambda n: D(n) / 100)
ratings = st.lists(st.builds(RatedDot, values, st.sampled_from(["Q", "P", ""])), max_size=25)


@given(ratings, medians, st.one_of(st.none(), values))
def test_dots_never_overlap_and_everything_stays_inside(
    given_scores: list[RatedDot], median: D, agreed: D | None
) -> None:
    strip = draw_ratings(given_scores, title="t", median=median, agreed=agreed)
    radius = strip.frame.radius
    dots = [(D(dot.x), D(dot.y)) for dot in strip.dots]
    for (x1, y1), (x2, y2) in combinations(dots, 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= (2 * radius - D("0.2")) ** 2
    assert all(radius <= x <= strip.frame.width - radius and y - radius >= 0 for x, y in dots)
    assert strip.median is not None
    lowest = max((y + radius for _, y in dots), default=D(strip.axis))
    # The median's value stands below every dot, the agreed score above them: neither can hide the other.
    assert lowest <= D(strip.median.label_y) - strip.frame.text * D("0.8")
    assert D(strip.median.label_y) <= D(strip.height)
    if agreed is not None:
        assert strip.marker is not None
        bottom = max(D(pair.split(",")[1]) for pair in strip.marker.points.split())
        assert all(bottom <= y - radius for _, y in dots)


@given(ratings)
def test_the_order_of_raters_does_not_matter(given_scores: list[RatedDot]) -> None:
    assert draw_ratings(given_scores, title="t") == draw_ratings(given_scores[::-1], title="t")


def test_equal_scores_are_stacked_in_one_column() -> None:
    strip = draw_ratings([RatedDot(D("3.5"), letter) for letter in "LPQ"], title="t")
    assert len({dot.x for dot in strip.dots}) == 1
    assert len({dot.y for dot in strip.dots}) == 3
    assert [dot.label for dot in strip.dots] == ["L", "P", "Q"]


def test_it_says_in_words_what_it_shows() -> None:
    strip = draw_ratings(
        [RatedDot(D("4.5"), "L", "Ada Berger, site leadership"), RatedDot(D("3.0"))],
        title="t",
        median=D("3.75"),
        agreed=D("3.5"),
    )
    assert strip.description == "Scores: 3.0, Ada Berger, site leadership 4.5. Median 3.75. Agreed 3.5."
    assert draw_ratings([], title="t").description == "No scores."


def test_many_raters_get_small_dots_without_letters() -> None:
    strip = draw_ratings([RatedDot(D("3.0"), "Q")] * (MOST_LETTERED + 1), title="t")
    assert {dot.label for dot in strip.dots} == {""}
    assert strip.left == draw_ratings([RatedDot(D("3.0"), "Q")], title="t").left


@pytest.mark.parametrize(("median", "anchor"), [("1.00", "start"), ("3.00", "middle"), ("5.00", "end")])
def test_the_median_is_written_inside_at_both_ends(median: str, anchor: str) -> None:
    drawn = draw_ratings([], title="t", median=D(median)).median
    assert drawn is not None
    assert drawn.anchor == anchor


@pytest.mark.parametrize(("score", "written"), [("3.50", "3.5"), ("3.25", "3.25"), ("3.0", "3.0"), ("3.05", "3.05")])
def test_a_figure_is_as_short_as_it_is_exact(score: str, written: str) -> None:
    assert short(D(score)) == written
