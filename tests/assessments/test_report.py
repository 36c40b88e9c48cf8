"""What a report holds: places, unevenness, extremes, what is marked, and its contract as JSON and CSV."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal as D

import pytest

from assessments.entries import EvidenceReference
from assessments.exports.data import as_data, report_json
from assessments.exports.tables import report_csv
from assessments.findings import headline, lede, unevenness_words
from assessments.records import Status
from assessments.report import Report, build_report
from assessments.report_page import compose
from tests.reports import CODES, HOSTILE, NOW, report_of

MINUTES = (EvidenceReference("Minutes", "QA-12"),)
# Areas 4.00, 3.50, 3.75, 3.25, 4.40: overall 3.78.
NORTHFIELD = dict(
    zip(
        CODES,
        [
            "4.0",
            "4.0",
            "4.0",
            "4.0",
            "3.5",
            "3.5",
            "3.5",
            "3.5",
            "3.5",
            "4.0",
            "3.5",
            "4.0",
            "3.0",
            "3.5",
            "3.0",
            "3.5",
            "4.4",
            "4.4",
            "4.4",
            "4.4",
        ],
        strict=True,
    )
)


@pytest.fixture
def northfield() -> Report:
    return report_of(NORTHFIELD)


def test_the_worked_example_lies_between_h_and_d(northfield: Report) -> None:
    data = as_data(northfield)
    assert data["overall"] == {
        "score": "3.78",
        "interval": None,
        "placement": {
            "position": "within",
            "below": 4,
            "level": 0,
            "above": 5,
            "lower": [{"label": "H", "score": "3.74"}],
            "level_with": [],
            "upper": [{"label": "D", "score": "3.98"}],
            "to_lowest": "1.38",
            "to_median": "-0.20",
            "to_highest": "-0.84",
            "fraction": "0.62",
        },
    }
    assert data["unevenness"] == {
        "spread": "1.15",
        "highest": ["EEE"],
        "lowest": ["TE"],
        "cohort_mean": "0.66",
        "cohort_low": "0.40",
        "cohort_high": "1.30",
    }


def test_the_sentences_say_what_the_numbers_say(northfield: Report) -> None:
    assert headline(northfield) == "Northfield stands at or above four of the nine sites of the FDA 2024 cohort"
    assert lede(northfield) == (
        "Overall 3.78, between H 3.74 and D 3.98; the cohort runs from 2.40 to 4.62. "
        "Highest in Employee Engagement and Empowerment (4.40), lowest in Technical Excellence (3.25)."
    )
    assert "lie 1.15 apart" in unevenness_words(northfield)
    assert "eight sites are more even than this one" in unevenness_words(northfield)


@pytest.mark.parametrize(
    ("score", "title", "place"),
    [
        ("5.0", "Northfield stands above all nine sites of the FDA 2024 cohort", "above the highest, E 4.62"),
        ("1.0", "Northfield stands below all nine sites of the FDA 2024 cohort", "below the lowest, G 2.40"),
        (
            "2.4",
            "Northfield stands at or above one of the nine sites of the FDA 2024 cohort",
            "level with G 2.40, below A 2.84",
        ),
    ],
)
def test_it_says_so_at_and_beyond_the_ends(score: str, title: str, place: str) -> None:
    page = compose(report_of(score))
    assert page.headline == title
    assert page.place == place
    assert "All five practice areas have the same score." in page.lede


def test_an_untouched_assessment_has_no_number_but_an_interval() -> None:
    report = report_of("unanswered")
    page = compose(report)
    assert report.is_provisional
    assert report.overall.score is None
    assert page.headline == "Northfield has no overall score yet"
    assert page.number == "1.00 to 5.00"
    assert as_data(report)["overall"] == {"score": None, "interval": ["1.00", "5.00"], "placement": None}
    assert "20 answers are still open." in page.lede


def test_an_open_answer_makes_it_provisional_and_says_how_far_it_could_move() -> None:
    report = report_of(NORTHFIELD | {"capa": "unknown"})
    assert report.is_provisional
    assert headline(report).startswith("Northfield stands provisionally")
    assert "One answer is still open and could move it to anywhere from 3.66 to 3.86." in lede(report)


def test_not_applicable_leaves_the_mean_and_is_not_open() -> None:
    report = report_of(NORTHFIELD | {"capa": "not_applicable"})
    assert not report.is_provisional
    area = report.areas[2]
    assert (area.figure.score, area.result.progress.applicable) == (D("3.83"), 3)


def test_an_area_in_which_nothing_applies_leaves_no_overall() -> None:
    report = report_of(NORTHFIELD | dict.fromkeys(CODES[4:8], "not_applicable"))
    assert report.overall.score is None
    assert not report.is_provisional
    assert headline(report) == "Northfield has no overall score"
    assert "nothing applies in Business Continuity" in lede(report)


@pytest.mark.parametrize(
    ("scores", "strongest", "weakest"),
    [
        (["4.0", "3.0", "2.0", "1.0"], (["4.0", "3.0"], 0), (["1.0", "2.0"], 0)),
        (["4.0", "3.5", "3.5", "3.5"], (["4.0"], 0), ([], 0)),
        (["4.4"] * 5 + ["3.5"] + ["2.0"] * 5, (["4.4"] * 3, 2), (["2.0"] * 3, 2)),
        (["3.0"] * 20, ([], 0), ([], 0)),
        (["3.0"], ([], 0), ([], 0)),
    ],
)
def test_extremes_lie_on_either_side_of_the_median_and_count_their_ties(
    scores: list[str], strongest: tuple[list[str], int], weakest: tuple[list[str], int]
) -> None:
    report = report_of(dict(zip(CODES, scores, strict=False)))
    for extremes, (shown, more) in ((report.strongest, strongest), (report.weakest, weakest)):
        assert ([str(each.answer.score) for each in extremes.shown], extremes.more) == (shown, more)


@pytest.mark.parametrize(
    ("score", "level", "reached", "next_level"),
    [
        ("3.0", "3 System-led", 3, "4 Signal-led"),
        ("3.5", "between 3 System-led and 4 Signal-led", 3, "4 Signal-led"),
        ("1.0", "1 Event-led", 1, "2 Procedure-led"),
        ("4.9", "between 4 Signal-led and 5 Learning-led", 4, "5 Learning-led"),
        ("5.0", "5 Learning-led", 5, ""),
        ("unknown", "", 0, ""),
    ],
)
def test_a_score_is_explained_by_its_level_and_the_step_to_the_next(
    score: str, level: str, reached: int, next_level: str
) -> None:
    each = report_of({"capa": score}).areas[2].sub_elements[2]
    assert (each.level, each.reached, each.next_level) == (level, reached, next_level)
    assert each.anchor == (f"What level {reached} of capa looks like." if reached else "")
    assert each.next_step == (f"Take capa from {reached} to {reached + 1}." if next_level else "")


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"capa": "4.0", "patient-impact": "5.0"}, "2 of 2 scores of 4.0 or more name no evidence"),
        ({"capa": "4.0"}, "1 of 1 score of 4.0 or more names no evidence"),
        ({"capa": "3.9"}, ""),
    ],
)
def test_the_first_page_says_how_many_high_scores_have_no_evidence(scores: dict[str, str], said: str) -> None:
    assert compose(report_of(scores)).unsupported == said


@pytest.mark.parametrize(
    ("score", "status", "said"),
    [
        ("3.5", Status.DRAFT, "complete, not signed off"),
        ("unknown", Status.DRAFT, "provisional"),
        ("3.5", Status.SIGNED, "signed off"),
    ],
)
def test_the_status_is_told_in_words(score: str, status: Status, said: str) -> None:
    assert compose(report_of(score, status=status)).status == said


@pytest.mark.parametrize(
    ("score", "evidence", "marked"), [("4.0", (), 20), ("3.9", (), 0), ("5.0", MINUTES, 0), ("unanswered", (), 0)]
)
def test_a_high_score_without_evidence_is_marked(
    score: str, evidence: tuple[EvidenceReference, ...], marked: int
) -> None:
    assert len(report_of(score, evidence=evidence).unsupported) == marked


def test_the_watched_two_stand_beside_what_was_published() -> None:
    watched = report_of("3.0").watched
    assert [each.answer.code for each in watched] == ["quality-risk-management", "data-excellence"]
    assert [[f"{s.label} {s.score}" for s in each.cohort] for each in watched] == [[], ["B 3.2", "F 3.2"]]


@pytest.mark.parametrize("scores", ["3.5", "unanswered", "not_applicable", "unknown"])
def test_the_keys_of_the_contract_never_disappear(scores: str) -> None:
    def keys(value: object) -> object:
        if isinstance(value, dict):
            return {key: keys(inner) for key, inner in value.items() if key not in ("placement", "nearest", "evidence")}
        return [keys(inner) for inner in value] if isinstance(value, list) and value else None

    def without_leaves(value: object) -> object:
        if isinstance(value, dict):
            return {key: without_leaves(inner) for key, inner in value.items()}
        return None

    assert without_leaves(keys(as_data(report_of(scores)))) == without_leaves(keys(as_data(report_of("3.0"))))


def test_json_is_the_same_for_the_same_report_and_keeps_every_text() -> None:
    report = report_of("3.5", rationale=HOSTILE)
    content = report_json(report)
    assert content == report_json(report_of("3.5", rationale=HOSTILE))
    data = json.loads(content)
    assert data["schema"] == "qmm-report/1"
    assert data["generated_at"] == "2026-10-05T09:30:00Z"
    assert {each["rationale"] for each in data["sub_elements"]} == {HOSTILE}


def test_csv_has_one_row_for_each_sub_element_and_runs_no_formula() -> None:
    content = report_csv(report_of("3.5", rationale="=cmd|' /C calc'!A0", evidence=(EvidenceReference("＝1", "x"),)))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["sub_element"] for row in rows] == CODES
    assert {row["score"] for row in rows} == {"3.5"}
    assert {row["rationale"] for row in rows} == {"'=cmd|' /C calc'!A0"}
    assert {row["evidence"] for row in rows} == {"'＝1 (x)"}


def test_the_arithmetic_can_be_followed_with_a_calculator() -> None:
    page = compose(report_of(NORTHFIELD | {"capa": "not_applicable"}))
    third = page.arithmetic.areas[2]
    assert (third.terms, third.total, third.count) == ("3.5 + 4.0 + 4.0", "11.5", 3)
    assert (third.exact, third.score) == ("3.833333…", D("3.83"))
    assert page.arithmetic.overall_terms == "16.0 ÷ 4 + 14.0 ÷ 4 + 11.5 ÷ 3 + 13.0 ÷ 4 + 17.6 ÷ 4"
    assert page.arithmetic.overall_exact == "3.796666…"
    assert page.arithmetic.overall == D("3.80")


def test_only_an_area_to_which_nothing_applies_is_said_not_to_apply() -> None:
    nothing = dict.fromkeys(CODES[12:16], "not_applicable")
    said = lede(report_of(dict.fromkeys(CODES, "3.0") | nothing | dict.fromkeys(CODES[8:12], "unanswered")))
    assert "nothing applies in Technical Excellence." in said
    assert "Four answers are still open." in said


def test_a_cohort_without_averages_is_no_missing_score() -> None:
    report = report_of("3.2")
    bare = replace(report.cohort, establishments=())
    page = compose(build_report(assessment=report.assessment, cohort=bare, now=NOW))
    assert page.headline == "Northfield scores 3.20; the FDA 2024 cohort has no average to compare with"
    assert {row.place for row in page.areas} == {"no published score to compare with"}


def test_a_report_is_frozen(northfield: Report) -> None:
    with pytest.raises(AttributeError):
        northfield.overall = None  # type: ignore[misc,assignment]
    assert replace(northfield, generated_at=NOW) == northfield
