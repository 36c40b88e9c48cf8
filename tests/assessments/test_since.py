"""What moved since last time: the figures and sentences of docs/scoring.md, rule 16, and what stands beside them."""

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest

from assessments.exports.data import as_data
from assessments.report import Report
from assessments.report_page import compose
from assessments.scoring import Result
from assessments.since import EarlierRecord, Moved, MovedArea, Since, since_of
from assessments.since_words import NOISE, caution_words, moved_words, place_words
from benchmarks.placement import Placement, place
from tests.reports import CODES, NOW, earlier_of, report_of
from tests.test_scoring_document import AREAS, ASSESSMENTS, AVERAGES, NONE, Row, shown, signed, table


def compared(then: Result, now: Result, questionnaire: str = "2026.1") -> Since:
    return since_of(
        EarlierRecord(None, "Spring", "January to March", NOW, questionnaire, (), then),
        now=now,
        questionnaire="2026.1",
        names=[(code, code) for code in AREAS],
        place_now=None if now.overall is None else place(now.overall, AVERAGES),
        averages=AVERAGES,
    )


def change(score: Moved) -> str:
    return NONE if score.change is None else signed(score.change)


def reached(placement: Placement | None) -> str:
    return NONE if placement is None else str(placement.at_or_above)


@pytest.mark.parametrize("row", table(13), ids=lambda row: row["Case"])
def test_table_13_since_last_time(row: Row) -> None:
    since = compared(ASSESSMENTS[row["Then"]], ASSESSMENTS[row["Now"]])
    assert row == {
        **{column: row[column] for column in ("Case", "What it shows", "Then", "Now")},
        **{area.code: change(area.score) for area in since.areas},
        "Overall then": shown(since.overall.then),
        "Overall now": shown(since.overall.now),
        "Change": change(since.overall),
        "At or above then": reached(since.place_then),
        "At or above now": reached(since.place_now),
        "In words": moved_words(since),
    }


def test_the_table_compares_only_with_what_is_complete() -> None:
    for row in table(13):
        then = ASSESSMENTS[row["Then"]]
        assert then.overall is not None
        assert not then.is_provisional


def made(overall: tuple[str, str | None], *areas: tuple[str | None, str | None]) -> Since:
    """Any figures at all, also such as no answers give."""

    def moved(then: str | None, now: str | None) -> Moved:
        return Moved(then and D(then), now and D(now))  # type: ignore[arg-type]

    base = compared(ASSESSMENTS["3"], ASSESSMENTS["3"])
    return replace(
        base,
        overall=moved(*overall),
        areas=tuple(MovedArea(code, code, moved(*each)) for code, each in zip(AREAS, areas, strict=True)),
    )


UP, DOWN, SAME, GONE = ("3.00", "3.01"), ("3.00", "2.99"), ("3.00", "3.00"), ("3.00", None)


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ([UP] * 5, "all five practice areas rose"),
        ([DOWN] * 5, "all five practice areas fell"),
        ([SAME] * 5, "all five practice areas stayed the same"),
        ([UP] * 4 + [DOWN], "four of the five practice areas rose, one fell"),
        ([UP, DOWN, DOWN, DOWN, DOWN], "one of the five practice areas rose, four fell"),
        ([UP, UP, DOWN, DOWN, SAME], "two of the five practice areas rose, two fell, one stayed the same"),
        ([SAME] * 4 + [DOWN], "one of the five practice areas fell, four stayed the same"),
        ([UP] * 4 + [GONE], "four of the five practice areas rose, one has no score"),
        (
            [UP, DOWN, SAME, GONE, GONE],
            "one of the five practice areas rose, one fell, one stayed the same, two have no score",
        ),
    ],
)
def test_the_areas_are_counted_by_the_way_they_went(areas: list[tuple[str, str | None]], said: str) -> None:
    assert moved_words(made(("3.00", "3.10"), *areas)).endswith(f"; {said}.")


@pytest.mark.parametrize(
    ("overall", "said"),
    [
        (("3.41", "3.78"), "The overall moved from 3.41 to 3.78 (+0.37); "),
        (("3.78", "3.41"), "The overall moved from 3.78 to 3.41 (−0.37); "),
        (("3.41", "3.41"), "The overall stayed at 3.41; "),
        (("3.41", None), "The overall was 3.41 then, and there is none now; "),
    ],
)
def test_the_overall_comes_first(overall: tuple[str, str | None], said: str) -> None:
    assert moved_words(made(overall, *[UP] * 5)).startswith(said)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("31", "29", "At or above two of the nine sites then, five now."),
        ("17", "18", "At or above two of the nine sites then and now."),
        ("30", "12", ""),
    ],
)
def test_the_place_is_that_among_the_same_sites(then: str, now: str, said: str) -> None:
    assert place_words(compared(ASSESSMENTS[then], ASSESSMENTS[now])) == said


class TestWhatStandsBesideIt:
    def test_that_no_published_figure_says_what_is_noise_always(self) -> None:
        assert caution_words(compared(ASSESSMENTS["31"], ASSESSMENTS["29"])) == NOISE

    def test_that_versions_differ_where_they_do(self) -> None:
        said = caution_words(compared(ASSESSMENTS["31"], ASSESSMENTS["29"], questionnaire="2025.1"))
        assert "another version of the questionnaire, 2025.1" in said
        assert "compared with care" in said
        assert said.endswith(NOISE)

    def test_that_answers_are_open_where_they_are(self) -> None:
        said = caution_words(compared(ASSESSMENTS["18"], ASSESSMENTS["9"]))
        assert said.startswith("One answer is still open now, so the figures of now are provisional.")

    @pytest.mark.parametrize("row", table(13), ids=lambda row: row["Case"])
    def test_never_that_a_change_is_significant(self, row: Row) -> None:
        since = compared(ASSESSMENTS[row["Then"]], ASSESSMENTS[row["Now"]], questionnaire="2025.1")
        said = " ".join((moved_words(since), place_words(since), caution_words(since))).lower()
        for word in ("significan", "improve", "better", "worse", "progress", "declin", "success"):
            assert word not in said


def report(now: str | dict[str, str] = "4.0", **earlier: Any) -> Report:
    return report_of(now, earlier=earlier_of("3.5", **earlier))


class TestInTheReport:
    def test_without_an_earlier_one_there_is_nothing(self) -> None:
        bare = report_of("4.0")
        assert (bare.since, compose(bare).since, as_data(bare)["since"]) == (None, None, None)

    def test_nor_while_nothing_is_scored(self) -> None:
        assert report("unanswered").since is None
        assert report({"capa": "3.0"}).since is not None

    def test_the_data_says_which_one_and_every_figure(self) -> None:
        data = as_data(report(dict.fromkeys(CODES, "4.0") | dict.fromkeys(CODES[:4], "3.0")))["since"]
        assert data["earlier"] == {
            "id": "0b9f4f0e-7a53-4b0e-9b6c-0d5f5c1e2a77",
            "title": "Spring 2026",
            "period": "January to March 2026",
            "opened_at": "2026-04-07T08:00:00Z",
            "questionnaire": "2026.1",
        }
        assert data["overall"] == {"then": "3.50", "now": "3.80", "change": "0.30"}
        assert data["placement_then"]["below"] == 2
        assert data["areas"][:2] == [
            {"code": "MCQ", "then": "3.50", "now": "3.00", "change": "-0.50"},
            {"code": "BC", "then": "3.50", "now": "4.00", "change": "0.50"},
        ]
        assert data["same_questionnaire"]

    def test_an_area_that_the_earlier_framework_did_not_have_has_no_change(self) -> None:
        whole = report()
        assert whole.assessment.earlier is not None
        result = whole.assessment.earlier.result
        without = replace(whole.assessment.earlier, result=replace(result, areas=result.areas[1:]))
        first = report_of("4.0", earlier=without).since
        assert first is not None
        assert (first.areas[0].score.then, first.areas[0].score.change) == (None, None)

    def test_the_table_has_a_row_for_each_figure_and_the_place(self) -> None:
        part = compose(report()).since
        assert part is not None
        assert [(row.then, row.now, row.change) for row in part.rows] == [
            *[("3.50", "4.00", "+0.50")] * 6,
            ("2 of 9", "5 of 9", "+3"),
        ]

    def test_what_has_no_score_now_is_a_dash(self) -> None:
        part = compose(report(dict.fromkeys(CODES[4:], "4.0"))).since
        assert part is not None
        assert [row.name for row in part.rows if (row.now, row.change) == ("–", "–")] == [
            "Management Commitment to Quality",
            "Overall",
        ]
        assert len(part.rows) == 6

    def test_in_words_for_files(self) -> None:
        part = compose(report(title="")).since
        assert part is not None
        assert part.earlier.endswith("with nothing open, January to March 2026, opened on 7 April 2026")
