"""Labels never collide and nothing leaves its picture, whatever the scores: every kind of picture, as it is drawn."""

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.charts import PROFILE_NARROW, PROFILE_WIDE, ProfileFrame, draw_profile
from assessments.models import RaterFunction
from assessments.rating_strip import RatedDot, draw_ratings
from assessments.report_page import HALF_SCALE
from assessments.report_rows import FROM_MEAN
from assessments.slope import SLOPE_NARROW, SLOPE_WIDE, SlopeFrame, SlopeLine, draw_slope
from benchmarks.formatting import signed
from benchmarks.letters import FALL, RISE, text_width
from benchmarks.placement import LabelledScore
from benchmarks.span import draw_span
from benchmarks.strip import NARROW, PAPER, PAPER_LINE, PAPER_ROW, ROW, WIDE, Frame, Scale, draw_strip
from qmm_site.font_files import paper_fonts
from tests.pictures import WEIGHTS, Picture, advances, drawn, measured
from tests.reports import AREAS, fda_2024

FRAMES = [WIDE, NARROW, ROW, PAPER, PAPER_LINE, PAPER_ROW]
CODES = [area.code for area in AREAS]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
REAL = [LabelledScore(each.score, each.label) for each in fda_2024().averages]
WIDEST = [LabelledScore(D("4.62"), label) for label in ("WMW", "MWM", "WWW", "W", "WM")]

hundredths = st.integers(100, 500).map(lambda n: D(n).scaleb(-2))
tenths = st.integers(10, 50).map(lambda n: D(n).scaleb(-1))
names = st.text(LETTERS, min_size=1, max_size=3)
cohorts = st.lists(st.builds(LabelledScore, hundredths, names), max_size=25, unique_by=lambda each: each.label)


def is_sound(picture: Picture) -> None:
    assert picture.collisions == []
    assert picture.outside == []


@given(
    cohorts, st.none() | hundredths, st.none() | st.tuples(hundredths, hundredths).map(sorted), st.sampled_from(FRAMES)
)
@example(REAL, D("4.50"), None, WIDE)
@example(REAL, D("4.50"), None, NARROW)
@example([LabelledScore(D("3.80"), label) for label in "ABCDE"], D("3.80"), None, NARROW)
@example(REAL, D("1.00"), [D("1.00"), D("5.00")], NARROW)
@example(REAL, D("5.00"), [D("1.00"), D("5.00")], WIDE)
@example(WIDEST, D("4.62"), None, NARROW)
@example(WIDEST, D("4.62"), None, ROW)
@example([LabelledScore(D("4.00"), "WW"), LabelledScore(D("4.25"), "W@")], None, None, NARROW)
@example([LabelledScore(D("1.00"), "WWW"), LabelledScore(D("5.00"), "WWM")], None, None, WIDE)
def test_a_strip(cohort: list[LabelledScore], own: D | None, interval: Any, frame: Frame) -> None:
    strip = draw_strip(cohort, frame=frame, title="t", own=own, interval=interval)
    is_sound(drawn("strip", strip=strip))
    is_sound(drawn("strip", strip=strip, interactive=True))


@pytest.mark.parametrize("scale", [HALF_SCALE, *FROM_MEAN])
@given(st.sampled_from(FRAMES), st.data())
def test_a_strip_on_another_scale(scale: Scale, frame: Frame, data: st.DataObject) -> None:
    figures = st.integers(int(scale.low * 100), int(scale.high * 100)).map(lambda n: D(n).scaleb(-2))
    own = data.draw(st.none() | figures | st.sampled_from([scale.low, scale.high]))
    cohort = data.draw(st.lists(st.builds(LabelledScore, figures, names), max_size=12))
    written: Callable[[D], str] = signed if scale in FROM_MEAN else str
    is_sound(drawn("strip", strip=draw_strip(cohort, frame=frame, title="t", own=own, scale=scale, written=written)))


given_scores = st.builds(RatedDot, tenths, st.sampled_from([*(each.label[0].upper() for each in RaterFunction), ""]))


@given(st.lists(given_scores, max_size=25), st.none() | hundredths, st.none() | tenths)
@example([RatedDot(D("5.0"), "Q")] * 5, D("5.00"), D("5.0"))
@example([RatedDot(D("1.0"), "Q")] * 5, D("1.05"), D("1.0"))
def test_the_scores_of_raters(scores: list[RatedDot], median: D | None, agreed: D | None) -> None:
    is_sound(drawn("ratings", strip=draw_ratings(scores, title="t", median=median, agreed=agreed)))


profiles = st.dictionaries(st.sampled_from(CODES), tenths)
sites = st.lists(st.tuples(names, profiles), max_size=25)
owns = st.dictionaries(st.sampled_from(CODES), st.none() | hundredths)
EQUAL = dict.fromkeys(CODES, D("4.62"))


@given(owns, sites, st.sampled_from([PROFILE_WIDE, PROFILE_NARROW]))
@example(
    dict.fromkeys(CODES, D("5.00")), [(label, dict.fromkeys(CODES, D("5.0"))) for label in "ABCDEFGHI"], PROFILE_WIDE
)
@example(
    dict.fromkeys(CODES, D("1.00")), [(f"N{n}", dict.fromkeys(CODES, D("1.0"))) for n in range(20)], PROFILE_NARROW
)
@example(EQUAL, [("WMW", dict.fromkeys(CODES, D("4.6")))] * 20, PROFILE_NARROW)
@example(EQUAL, [("WMW", dict.fromkeys(CODES, D("1.0")))] * 20, PROFILE_WIDE)
@example(EQUAL, [("Unpronounceable-1234", EQUAL)], PROFILE_NARROW)
@example(EQUAL, [("Unpronounceable-1234", EQUAL)], PROFILE_WIDE)
def test_a_profile(own: dict[str, D | None], cohort: list[tuple[str, dict[str, D]]], frame: ProfileFrame) -> None:
    areas = [(area.code, area.name) for area in AREAS]
    is_sound(drawn("profile", profile=draw_profile(areas, own, cohort, frame=frame, title="t")))


pairs = st.tuples(st.none() | hundredths, st.none() | hundredths)


@given(st.tuples(*[pairs] * 6), st.sampled_from([SLOPE_WIDE, SLOPE_NARROW]))
@example(((D("5.00"), D("5.00")),) * 6, SLOPE_WIDE)
@example(((D("5.00"), D("1.00")),) * 6, SLOPE_NARROW)
@example(((D("1.00"), D("1.00")),) * 6, SLOPE_WIDE)
@example(((None, None),) * 6, SLOPE_NARROW)
def test_what_moved(scores: tuple[tuple[D | None, D | None], ...], frame: SlopeFrame) -> None:
    overall = SlopeLine("", "Overall", *scores[0], is_overall=True)
    lines = [overall, *(SlopeLine(area.code, area.name, *pair) for area, pair in zip(AREAS, scores[1:], strict=True))]
    picture = drawn("slope", slope=draw_slope(lines, frame=frame, title="t"))
    is_sound(picture)
    assert len(picture.labels) == 2 + sum(score is not None for pair in scores for score in pair)


@given(st.tuples(hundredths, hundredths).map(sorted))
@example([D("1.00"), D("5.00")])
@example([D("5.00"), D("5.00")])
def test_a_range(ends: list[D]) -> None:
    is_sound(drawn("span", span=draw_span(*ends)))


class TestTheTestItself:
    def test_it_sees_what_collides(self) -> None:
        strip = draw_strip(REAL, frame=WIDE, title="t", own=D("4.50"))
        picture = drawn("strip", strip=strip)
        assert len(picture.labels) == 5 + 9 + 1
        twice = Picture(picture.width, picture.height, picture.labels * 2, picture.marks)
        assert len(twice.collisions) >= len(picture.labels)
        assert Picture(picture.width - 30, picture.height, picture.labels, picture.marks).outside

    def test_no_letter_is_wider_than_the_pictures_reckon_with(self) -> None:
        for letters in advances().values():
            for letter, width in letters.items():
                if letter.isascii() or letter in "–−·’…":
                    assert width <= text_width(letter, 1), letter

    def test_nor_higher_or_deeper(self) -> None:
        for weight in WEIGHTS:
            with TTFont(paper_fonts()[weight]) as font:
                glyphs, size, names_of = font.getGlyphSet(), font["head"].unitsPerEm, font.getBestCmap()
                for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+−., ":
                    pen = BoundsPen(glyphs)
                    glyphs[names_of[ord(letter)]].draw(pen)
                    _, lowest, _, highest = pen.bounds or (0, 0, 0, 0)
                    assert highest / size <= RISE, letter
                    assert -lowest / size <= FALL, letter

    def test_figures_are_as_wide_as_each_other(self) -> None:
        assert len({measured(figure, 13, is_bold=False) for figure in "0123456789"}) == 1
