"""The sentences of a report, case by case: what they say, and that they say nothing where there is nothing to say."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from assessments.council import (
    against_own_overall,
    confidence,
    council_points,
    evenness,
    evidence,
    largest_levers,
    leadership,
    nearest,
    still_open,
    strengths_of_evidence,
)
from assessments.entries import EvidenceReference
from assessments.report import Report, build_report
from tests.rating_rounds import L, P, Q, comparison
from tests.reports import CODES, NOW, fda_2024, report_of

MINUTES = (EvidenceReference("Minutes", ""),)
ALL = dict.fromkeys(CODES, "3.5")
AREA = {area: CODES[4 * place : 4 * place + 4] for place, area in enumerate(("MCQ", "BC", "PQS", "TE", "EEE"))}


def area_scores(**scores: str) -> dict[str, str]:
    return {code: score for area, score in scores.items() for code in AREA[area]}


def with_answers(report: Report, **columns: object) -> Report:
    """The same with every answer changed so."""
    answers = tuple(replace(answer, **columns) for answer in report.assessment.answers)  # type: ignore[arg-type]
    return build_report(assessment=replace(report.assessment, answers=answers), cohort=fda_2024(), now=NOW)


def points(scores: Mapping[str, str]) -> dict[str, str]:
    return {point.subject: point.sentence for point in council_points(report_of(scores, evidence=MINUTES))}


@pytest.mark.parametrize(
    ("scores", "strengths", "gaps"),
    [
        ({**ALL, CODES[0]: "4.5", CODES[5]: "2.0"}, "4.5 for Quality leadership and culture.", "2.0 for Supplier and"),
        (
            {**ALL, **dict.fromkeys(CODES[:5], "4.0")},
            "4.0 for Quality leadership and culture, Management",
            None,
        ),
        ({CODES[0]: "3.0"}, None, None),
        ({}, None, None),
    ],
)
def test_strengths_and_gaps(scores: dict[str, str], strengths: str | None, gaps: str | None) -> None:
    said = points(scores)
    for subject, expected in (("Strengths", strengths), ("Gaps", gaps)):
        assert said.get(subject, "").startswith(expected or "")
        assert (subject in said) == (expected is not None)


def test_ties_beyond_the_shown_are_counted() -> None:
    assert "and two more." in points({**ALL, **dict.fromkeys(CODES[:5], "4.0")})["Strengths"]


def test_all_alike_is_said_once() -> None:
    said = points(ALL)
    assert said["All alike"] == "All scored sub-elements have the same score, so none is a strength or a gap."
    assert "All alike" not in points({**ALL, CODES[0]: "4.0"})


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (
            area_scores(MCQ="4.8", BC="3.0", PQS="3.5", TE="4.5", EEE="3.2"),
            (
                "The areas lie 1.80 apart; those of the cohort’s sites lie 0.40 to 1.30 apart. Out of line "
                "with the site’s own level: Management Commitment to Quality +1.00 (cohort −0.20 to +0.44), "
                "Business Continuity −0.80 (cohort −0.18 to +0.34), Technical Excellence +0.70 (cohort −0.76 "
                "to +0.32), and Employee Engagement and Empowerment −0.60 (cohort 0.00 to +0.56)."
            ),
        ),
        (
            area_scores(MCQ="3.7", BC="3.7", PQS="3.7", TE="3.7", EEE="3.7"),
            (
                "All five areas have the same score; those of the cohort’s sites lie 0.40 to 1.30 apart. "
                "No area is out of line with the site’s own level, measured by the cohort."
            ),
        ),
        (area_scores(MCQ="3.7"), ""),
    ],
)
def test_evenness(scores: dict[str, str], said: str) -> None:
    assert evenness(report_of(scores)) == said


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (area_scores(MCQ="3.8", BC="3.8", PQS="3.6", TE="3.4", EEE="3.8"), "Nearest is site I: on average 0.00 apart"),
        ({CODES[0]: "3.0"}, ""),
    ],
)
def test_nearest(scores: dict[str, str], said: str) -> None:
    assert nearest(report_of(scores)).startswith(said)
    assert bool(nearest(report_of(scores))) == bool(said)


@pytest.mark.parametrize(
    ("strength", "scores", "said"),
    [
        ("record", ALL, "All 20 scores rest on a document or a measured record."),
        ("document", {CODES[0]: "3.0"}, "The one score rests on a document or a measured record."),
        ("anecdote", {CODES[0]: "3.0"}, "The one score does not rest on a document or a measured record."),
        ("none", ALL, "None of the 20 scores rests on a document or a measured record."),
        ("none", {}, ""),
    ],
)
def test_what_rests_on_evidence(strength: str, scores: dict[str, str], said: str) -> None:
    assert evidence(with_answers(report_of(scores), evidence_strength=strength)) == said


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (
            {**ALL, CODES[0]: "4.5"},
            "Without the one score of 4.0 or more that names no evidence the overall would be 3.50.",
        ),
        (
            {**ALL, CODES[0]: "4.5", CODES[1]: "4.0"},
            "Without the two scores of 4.0 or more that name no evidence the overall would be 3.50.",
        ),
        (
            {**ALL, **area_scores(TE="4.0")},
            (
                "Without the four scores of 4.0 or more that name no evidence nothing would be left in Technical "
                "Excellence, and there would be no overall."
            ),
        ),
        (
            dict.fromkeys(CODES, "4.0"),
            "Without the 20 scores of 4.0 or more that name no evidence no practice area would have a score.",
        ),
        ({CODES[0]: "4.5", CODES[1]: "3.0"}, ""),
    ],
)
def test_the_second_figure(scores: dict[str, str], said: str) -> None:
    assert evidence(report_of(scores)).partition("record. ")[2] == said


def test_how_sure_those_who_answered_are() -> None:
    assert confidence(with_answers(report_of(ALL), confidence="low")) == "Low 20."
    assert confidence(report_of(ALL)) == ""


def test_on_what_the_scores_rest() -> None:
    assert strengths_of_evidence(report_of(ALL)) == ""
    resting = with_answers(report_of(ALL), evidence_strength="record").assessment.answers
    some = (resting[0], *report_of(ALL).assessment.answers[1:])
    report = build_report(assessment=replace(report_of(ALL).assessment, answers=some), cohort=fda_2024(), now=NOW)
    assert strengths_of_evidence(report) == "By the strongest kind: measured record 1 and none named 19."


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (ALL, ""),
        ({**ALL, CODES[0]: "unknown"}, "One answer: Quality leadership and culture; an overall from 3.38 to 3.58"),
        (
            {},
            (
                "20 answers: Quality leadership and culture, Management review, Resource management, Quality "
                "objectives and planning, and 16 more; an overall from 1.00 to 5.00 is possible."
            ),
        ),
    ],
)
def test_what_is_open(scores: dict[str, str], said: str) -> None:
    assert still_open(report_of(scores)).startswith(said)
    assert bool(still_open(report_of(scores))) == bool(said)


@pytest.mark.parametrize(
    ("raters", "said"),
    [
        (((L, "4.5"), (Q, "3.0"), (P, "3.0")), "Of one sub-element site leadership scored one higher than the others"),
        (((L, "3.0"), (Q, "3.0")), "Site leadership and the other raters gave the same scores in the middle."),
        (((Q, "3.0"), (P, "4.0")), ""),
    ],
)
def test_the_gap_to_site_leadership(raters: tuple[tuple[object, str], ...], said: str) -> None:
    report = report_of(ALL, comparison=comparison(*raters))  # type: ignore[arg-type]
    assert leadership(report).startswith(said)
    assert bool(leadership(report)) == bool(said)


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (ALL, "level with your overall"),
        ({**ALL, "data-excellence": "3.0"}, "0.48 below your overall"),
        ({"data-excellence": "3.0"}, ""),
    ],
)
def test_a_sub_element_beside_the_own_overall(scores: dict[str, str], said: str) -> None:
    report = report_of(scores)
    watched = next(each for each in report.watched if each.answer.code == "data-excellence")
    assert against_own_overall(report, watched) == said


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (ALL, "One point more on one sub-element adds 0.05 to the overall; none by itself changes the place"),
        (
            dict.fromkeys(CODES, "3.7"),
            "One point more on one sub-element adds 0.05 to the overall; each by itself changes",
        ),
        (
            {**dict.fromkeys(CODES, "3.7"), CODES[0]: "4.5"},
            (
                "One point more on one sub-element, or 5.0 where that is nearer, adds 0.03 to 0.05 to the overall; "
                "none by itself changes the place"
            ),
        ),
        (
            {**dict.fromkeys(CODES, "3.7"), CODES[0]: "3.3", CODES[4]: "not_applicable"},
            "One point more on one sub-element adds 0.05 to 0.07 to the overall; three of the 19 change the place",
        ),
        ({CODES[0]: "3.0"}, ""),
    ],
)
def test_what_one_point_is_worth(scores: dict[str, str], said: str) -> None:
    assert largest_levers(report_of(scores).levers).startswith(said)
