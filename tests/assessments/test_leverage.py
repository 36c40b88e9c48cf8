"""What one point more would do: areas, overall and place computed anew, gains as differences of what is shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.leverage import Lever, levers
from assessments.scoring import SubElementScore, score_assessment
from tests.reports import CODES, fda_2024, report_of

AVERAGES = fda_2024().averages
CELLS = st.one_of(st.integers(10, 50).map(lambda tenths: f"{tenths // 10}.{tenths % 10}"), st.just("unanswered"))


def lever(scores: dict[str, str], code: str = CODES[0]) -> Lever:
    return next(each for each in report_of(scores).levers if each.code == code)


def test_a_point_more_raises_area_overall_and_place() -> None:
    found = lever(dict.fromkeys(CODES, "3.6"))
    assert (found.score, found.raised) == (Decimal("3.6"), Decimal("4.6"))
    assert (found.area, found.area_gain) == (Decimal("3.85"), Decimal("0.25"))
    assert (found.overall, found.overall_gain) == (Decimal("3.65"), Decimal("0.05"))
    assert (found.at_or_above, found.passes) == (2, 0)


def test_it_can_change_the_place() -> None:
    found = lever(dict.fromkeys(CODES, "3.7"))
    assert (found.overall, found.at_or_above, found.passes) == (Decimal("3.75"), 4, 1)


def test_near_the_top_less_than_a_point_is_left() -> None:
    found = lever({**dict.fromkeys(CODES, "3.0"), CODES[0]: "4.6"})
    assert (found.raised, found.area_gain) == (Decimal("5.0"), Decimal("0.10"))


def test_the_highest_and_what_has_no_score_are_not_raised() -> None:
    states = {CODES[0]: "5.0", CODES[1]: "unknown", CODES[2]: "not_applicable", CODES[3]: "3.0"}
    found = report_of({**dict.fromkeys(CODES, "3.0"), **states}).levers
    assert {each.code for each in found}.isdisjoint(CODES[:3])
    assert len(found) == 17


def test_where_fewer_are_scored_one_weighs_more() -> None:
    alone = {**dict.fromkeys(CODES, "3.0"), **dict.fromkeys(CODES[1:4], "not_applicable")}
    assert lever(alone).area_gain == Decimal("1.00")


def test_without_an_overall_only_the_area_moves() -> None:
    found = lever({CODES[0]: "3.0"})
    assert (found.area, found.overall, found.overall_gain, found.at_or_above) == (Decimal("4.00"), None, None, None)


@given(st.lists(CELLS, min_size=20, max_size=20), st.integers(0, 19))
def test_it_is_what_scoring_anew_would_give(cells: list[str], which: int) -> None:
    def scored(texts: list[str]) -> dict[str, list[SubElementScore]]:
        each = [
            SubElementScore(code, "unanswered", None)
            if text == "unanswered"
            else SubElementScore(code, "scored", Decimal(text))
            for code, text in zip(CODES, texts, strict=True)
        ]
        return {area: each[4 * place : 4 * place + 4] for place, area in enumerate(("MCQ", "BC", "PQS", "TE", "EEE"))}

    by_area = scored(cells)
    result = score_assessment(by_area)
    found = {each.code: each for each in levers(result, by_area, AVERAGES)}
    if cells[which] in ("unanswered", "5.0"):
        assert CODES[which] not in found
        return
    one = found[CODES[which]]
    anew = score_assessment(scored([*cells[:which], str(one.raised), *cells[which + 1 :]]))
    assert one.overall == anew.overall
    assert one.area == next(area.score for area in anew.areas if area.code == list(by_area)[which // 4])


@pytest.mark.parametrize("cohort", [(), AVERAGES])
def test_an_empty_cohort_has_no_place(cohort: tuple[()]) -> None:
    by_area = {area: [SubElementScore(area, "scored", Decimal("3.0"))] for area in ("MCQ", "BC", "PQS", "TE", "EEE")}
    found = levers(score_assessment(by_area), by_area, cohort)
    assert all((each.at_or_above is None) == (cohort == ()) for each in found)
