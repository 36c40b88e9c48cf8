"""The strip's geometry: nothing overlaps, nothing leaves the picture, and yours hides no one."""

from decimal import Decimal as D
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.placement import LabelledScore
from benchmarks.strip import NARROW, ROW, WIDE, Frame, Scale, draw_strip
from tests.reports import fda_2024

FRAMES = [WIDE, NARROW, ROW]
values = st.integers(100, 500).map(lambda n: D(n) / 100)
cohorts = st.lists(values, max_size=25).map(lambda found: [LabelledScore(v, chr(65 + n)) for n, v in enumerate(found)])


@given(cohorts, st.one_of(st.none(), values), st.sampled_from(FRAMES))
def test_dots_never_overlap_and_stay_inside(cohort: list[LabelledScore], own: D | None, frame: Frame) -> None:
    strip = draw_strip(cohort, frame=frame, title="t", own=own)
    dots = [(D(dot.x), D(dot.y)) for dot in strip.dots]
    for (x1, y1), (x2, y2) in combinations(dots, 2):
        # Coordinates are written with one decimal, so two may come nearer by as much as that.
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= (2 * frame.radius - D("0.2")) ** 2
    assert all(frame.radius <= x <= frame.width - frame.radius for x, _ in dots)
    assert all(y + frame.radius <= D(strip.height) for _, y in dots)


@given(cohorts, values, st.sampled_from(FRAMES))
def test_your_diamond_has_a_lane_of_its_own(cohort: list[LabelledScore], own: D, frame: Frame) -> None:
    strip = draw_strip(cohort, frame=frame, title="t", own=own)
    assert strip.marker is not None
    lowest = max(D(pair.split(",")[1]) for pair in strip.marker.points.split())
    assert all(lowest <= D(dot.y) - frame.radius for dot in strip.dots)
    assert D(strip.marker.label_y) > 0


@given(cohorts)
def test_the_order_of_establishments_does_not_matter(cohort: list[LabelledScore]) -> None:
    assert draw_strip(cohort, frame=WIDE, title="t") == draw_strip(cohort[::-1], frame=WIDE, title="t")


def test_equal_scores_are_stacked_in_one_column() -> None:
    strip = draw_strip([LabelledScore(D("3.8"), label) for label in "DHI"], frame=ROW, title="t")
    assert len({dot.x for dot in strip.dots}) == 1
    assert len({dot.y for dot in strip.dots}) == 3


def test_the_real_cohort_is_described_in_words() -> None:
    strip = draw_strip(fda_2024().averages, frame=WIDE, title="Overall", own=D("3.78"))
    assert strip.description.startswith("Yours 3.78. Establishments: G 2.40, A 2.84,")
    assert strip.has_letters
    assert [tick.text for tick in strip.ticks] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(("own", "anchor"), [("1.00", "start"), ("3.00", "middle"), ("5.00", "end")])
def test_the_value_stays_inside_at_both_ends(own: str, anchor: str) -> None:
    strip = draw_strip([], frame=NARROW, title="t", own=D(own))
    assert strip.marker is not None
    assert strip.marker.anchor == anchor


def test_an_interval_is_drawn_without_a_score() -> None:
    strip = draw_strip([], frame=WIDE, title="t", interval=(D("2.00"), D("4.00")))
    assert strip.bar is not None
    assert strip.marker is None
    assert strip.description == "Open answers leave 2.00 to 4.00."


def test_long_labels_are_left_to_the_table() -> None:
    assert not draw_strip([LabelledScore(D(3), "Site 12")], frame=WIDE, title="t").has_letters


def test_another_scale_has_its_own_ticks() -> None:
    strip = draw_strip([], frame=WIDE, title="t", scale=Scale(low=D(0), high=D(2), step=D("0.5")))
    assert [tick.text for tick in strip.ticks] == ["0", "0.5", "1", "1.5", "2"]


def test_a_crowd_is_one_path_and_told_by_its_range() -> None:
    crowd = [LabelledScore(D(100 + n) / 100, f"N{n}") for n in range(200)]
    strip = draw_strip(crowd, frame=WIDE, title="t")
    assert (strip.dots, strip.crowd.count("M"), strip.has_letters) == ((), 200, False)
    assert strip.description == "200 establishments from 1 to 2.99."
