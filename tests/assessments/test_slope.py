"""The slope chart: what it says of each line, its scale, and that a missing score leaves a gap and no estimate."""

from decimal import Decimal as D

import pytest

from assessments.slope import SLOPE_NARROW, SLOPE_WIDE, Slope, SlopeFrame, SlopeLine, draw_slope, scale_of


def lines(
    *scores: tuple[str | None, str | None], names: tuple[str, ...] = ("Technical Excellence",)
) -> list[SlopeLine]:
    """The overall, then as many areas as there are further scores."""
    known = [(then and D(then), now and D(now)) for then, now in scores]
    (then, now), *areas = known
    overall = SlopeLine("", "Overall", then or None, now or None, is_overall=True)
    return [overall] + [
        SlopeLine(f"A{place}", names[place % len(names)], then or None, now or None)
        for place, (then, now) in enumerate(areas)
    ]


def slope(*scores: tuple[str | None, str | None], frame: SlopeFrame = SLOPE_WIDE) -> Slope:
    return draw_slope(lines(*scores), frame=frame, title="Then and now")


def test_it_says_in_words_what_it_shows() -> None:
    drawn = slope(("3.41", "3.78"), ("3.50", "3.00"), ("4.00", None))
    assert drawn.description == (
        "Overall: 3.41 then, 3.78 now (+0.37). "
        "Technical Excellence: 3.50 then, 3.00 now (−0.50). "
        "Technical Excellence: 4.00 then, no score now."
    )


def test_the_overall_is_the_heavy_one_and_drawn_last() -> None:
    drawn = slope(("3.41", "3.78"), ("3.50", "3.00"), ("4.00", "4.20"))
    assert [line.is_overall for line in drawn.lines] == [False, False, True]
    assert [label.text for label in drawn.labels_now if label.is_overall] == ["3.78 Overall +0.37"]


def test_where_there_is_no_score_now_there_is_a_point_and_no_line() -> None:
    drawn = slope(("3.41", None), ("3.50", "3.00"))
    overall = drawn.lines[-1]
    assert (overall.points, len(overall.diamonds)) == ("", 1)
    assert len(drawn.labels_then) == 2
    assert [label.text for label in drawn.labels_now] == ["3.00 A0 −0.50"]


def test_labels_stand_in_the_order_of_the_scores() -> None:
    drawn = slope(("3.41", "3.78"), ("3.50", "3.00"), ("4.00", "4.20"))
    assert [label.text[-4:] for label in drawn.labels_then] == ["4.00", "3.50", "3.41"]
    assert [label.text[:4] for label in drawn.labels_now] == ["4.20", "3.78", "3.00"]
    heights = [float(label.y) for label in drawn.labels_now]
    assert heights == sorted(heights)


def test_on_a_phone_areas_go_by_their_codes() -> None:
    assert slope(("3.41", "3.78"), ("3.50", "3.00")).labels_then[0].text == "Technical Excellence A0 3.50"
    assert slope(("3.41", "3.78"), ("3.50", "3.00"), frame=SLOPE_NARROW).labels_then[0].text == "A0 3.50"


def test_a_name_too_long_for_its_room_makes_all_go_by_their_codes() -> None:
    long = lines(("3.00", "3.00"), ("3.50", "3.50"), ("4.00", "4.00"), names=("Short", "W" * 40))
    drawn = draw_slope(long, frame=SLOPE_WIDE, title="t")
    assert [label.text for label in drawn.labels_then] == ["A1 4.00", "A0 3.50", "Overall 3.00"]


@pytest.mark.parametrize(
    ("scores", "scale"),
    [
        (["3.41", "3.78"], (3, 5)),
        (["3.00"], (3, 5)),
        (["4.10", "5.00"], (3, 5)),
        (["4.00"], (3, 5)),
        (["5.00"], (3, 5)),
        (["1.00"], (1, 3)),
        (["2.90", "3.10"], (2, 4)),
        (["1.20", "4.80"], (1, 5)),
        ([], (1, 5)),
    ],
)
def test_the_scale_runs_between_whole_numbers_two_apart_at_least(scores: list[str], scale: tuple[int, int]) -> None:
    assert scale_of([D(score) for score in scores]) == tuple(map(D, scale))
