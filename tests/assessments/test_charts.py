"""The profile's geometry: inside its picture, labels apart, gaps where nothing is scored."""

from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.charts import PROFILE_NARROW, PROFILE_WIDE, Profile, ProfileFrame, draw_profile, spread_out, wrap
from tests.reports import AREAS, fda_2024

NAMES = [(area.code, area.name) for area in AREAS]
COHORT = [(each.label, each.areas) for each in fda_2024().establishments]
scores = st.one_of(st.none(), st.integers(100, 500).map(lambda n: D(n) / 100))


def profile(own: dict[str, D | None], frame: ProfileFrame = PROFILE_WIDE) -> Profile:
    return draw_profile(NAMES, own, COHORT, frame=frame, title="Profile")


def points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


@given(st.lists(scores, min_size=5, max_size=5), st.sampled_from([PROFILE_WIDE, PROFILE_NARROW]))
def test_everything_lies_inside_the_picture(own: list[D | None], frame: ProfileFrame) -> None:
    drawn = profile(dict(zip((code for code, _ in NAMES), own, strict=True)), frame)
    every = [point for line in drawn.lines for run in line.runs for point in points(run)]
    every += [point for each in drawn.own_points for point in points(each.diamond)]
    assert all(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in every)
    assert all(0 < float(each.value_y) < frame.height for each in drawn.own_points)
    descender = frame.small / 3
    assert all(float(y) + descender <= frame.height for name in drawn.names for y, _ in name.lines)
    assert len(drawn.own_points) == sum(score is not None for score in own)


@given(st.lists(scores, min_size=5, max_size=5), st.sampled_from([PROFILE_WIDE, PROFILE_NARROW]))
def test_no_value_is_crossed_by_your_line_or_stands_on_a_name(own: list[D | None], frame: ProfileFrame) -> None:
    drawn = profile(dict(zip((code for code, _ in NAMES), own, strict=True)), frame)
    capital = frame.text * 0.7
    for each in drawn.own_points:
        right, bottom = float(each.x) + frame.text, float(each.value_y)
        left, top = float(each.x) - frame.text, bottom - capital
        for (x1, y1), (x2, y2) in (pair for line in drawn.own_lines for pair in pairwise(points(line))):
            on_the_way = [x1 + (x2 - x1) * step / 200 for step in range(201)]
            heights = [y1 + (y2 - y1) * step / 200 for step in range(201)]
            assert not any(left < x < right and top < y < bottom for x, y in zip(on_the_way, heights, strict=True))
        assert all(bottom < float(name.lines[0][0]) - frame.small * 0.72 for name in drawn.names)


def test_a_value_stands_beneath_its_diamond_only_where_your_line_comes_from_above() -> None:
    drawn = profile({"MCQ": D("3.00"), "BC": D("1.00"), "PQS": D("5.00"), "TE": D("5.00"), "EEE": D("4.00")})
    diamonds = [points(each.diamond)[1][1] for each in drawn.own_points]
    beneath = [float(each.value_y) > y for each, y in zip(drawn.own_points, diamonds, strict=True)]
    assert beneath == [False, True, False, False, True]


def test_a_line_breaks_where_an_area_has_no_score() -> None:
    drawn = profile({"MCQ": D("3.00"), "BC": D("3.50"), "PQS": None, "TE": D("4.00"), "EEE": D("4.00")})
    assert [len(points(line)) for line in drawn.own_lines] == [2, 2]
    assert "Advanced Pharmaceutical Quality System not scored" in drawn.description


def test_each_establishment_has_its_line_and_its_label() -> None:
    drawn = profile({})
    assert sorted(line.label for line in drawn.lines) == list("ABCDEFGHI")
    assert {len(points(run)) for line in drawn.lines for run in line.runs} == {5}


@given(st.lists(st.integers(0, 300).map(D), max_size=12).map(sorted))
def test_labels_are_moved_apart_and_keep_their_order(wanted: list[D]) -> None:
    placed = spread_out(wanted, D(14))
    assert len(placed) == len(wanted)
    assert all(after - before >= D("13.999") for before, after in pairwise(placed))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Management Commitment to Quality", ["Management", "Commitment to", "Quality"]),
        ("Technical Excellence", ["Technical", "Excellence"]),
        ("Unbreakablelongword", ["Unbreakablelongword"]),
    ],
)
def test_a_name_is_broken_at_spaces(text: str, lines: list[str]) -> None:
    assert wrap(text, 14) == lines


@pytest.mark.parametrize("frame", [PROFILE_WIDE, PROFILE_NARROW])
def test_a_label_that_is_too_long_is_cut_short_and_whole_in_words(frame: ProfileFrame) -> None:
    drawn = draw_profile(NAMES, {}, [("Unpronounceable-1234", COHORT[0][1])], frame=frame, title="Profile")
    (line,) = drawn.lines
    assert line.label.endswith("…")
    assert "Unpronounceable-1234".startswith(line.label[:-1])
    assert line.in_words == "Unpronounceable-1234: MCQ 2.8, BC 2.7, PQS 2.6, TE 2.7, EEE 3.4"


def test_a_crowd_is_one_path() -> None:
    crowd = [(f"N{n}", each) for n, (_, each) in enumerate(COHORT * 5)]
    drawn = draw_profile(NAMES, {}, crowd, frame=PROFILE_WIDE, title="Profile")
    assert (drawn.lines, drawn.crowd.count("M")) == ((), 45)


def test_what_was_not_published_is_not_drawn() -> None:
    drawn = draw_profile(NAMES, {}, [("A", {"MCQ": D(2), "BC": D(3), "TE": D(4)})], frame=PROFILE_WIDE, title="Profile")
    (line,) = drawn.lines
    assert [len(points(run)) for run in line.runs] == [2]
    assert line.leader.startswith(f"{drawn.columns[3]},")
