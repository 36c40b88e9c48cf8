"""The parts of a report where there is nothing to show, or little: what they say then, and how they are drawn."""

import re

import pytest
from django.template.loader import render_to_string

from assessments.findings import unevenness_words
from assessments.report import Report
from assessments.report_page import compose
from tests.report_kinds import KINDS
from tests.reports import CODES, report_of


def said(part: str, report: Report, **context: object) -> str:
    html = render_to_string(f"report/{part}.html", {"page": compose(report), **context})
    return " ".join(re.sub("<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("all scored", "Your line is the heavy one. Each thin line is one site of the cohort, named at its right end."),
        ("untouched", "Your line is drawn once an area has a score. Each thin line is one site of the cohort, named"),
        ("a cohort of none", "Your line is the heavy one. "),
    ],
)
def test_the_profile_says_which_lines_are_drawn(kind: str, sentence: str) -> None:
    text = said("_profile", KINDS[kind]())
    assert sentence in text
    assert ("thin line" in text) == (kind != "a cohort of none")
    assert ("No scores of this cohort’s sites were published." in text) == (kind == "a cohort of none")
    assert "too many" not in text


def test_circles_are_explained_only_where_there_are_any() -> None:
    assert "Circles: the nine sites" in said("_summary", KINDS["untouched"]())
    assert "Circles" not in said("_summary", KINDS["a cohort of none"]())


def test_codes_are_explained_on_paper() -> None:
    legend = "MCQ Management Commitment to Quality · BC Business Continuity · PQS"
    assert legend in said("_profile", report_of(), paper="A4")
    assert legend not in said("_profile", report_of())


def test_a_place_that_is_not_known_yet_is_marked_as_nothing() -> None:
    """On a phone the cell would say "at or above –"."""
    html = render_to_string("report/_areas.html", {"page": compose(KINDS["an area still open"]())})
    assert html.count('class="number nothing"') == 1


def test_all_alike_is_not_zero_apart() -> None:
    words = unevenness_words(report_of("3.5"))
    assert words.startswith("All five practice areas have the same score. In each of the cohort’s nine sites")
    assert words.endswith("lie 0.40 to 1.30 apart, with a mean of 0.66.")
    assert "All five" not in unevenness_words(KINDS["all scored"]())


@pytest.mark.parametrize(
    ("lowest", "scale"),
    [("3.0", "−1.00 to +1.00"), ("1.5", "−2.00 to +2.00"), ("1.0", "−4.00 to +4.00")],
)
def test_areas_out_of_line_are_drawn_on_the_smallest_scale_that_holds_them(lowest: str, scale: str) -> None:
    others = "3.5" if lowest != "1.0" else "5.0"
    report = report_of(dict.fromkeys(CODES, others) | dict.fromkeys(CODES[:4], lowest))
    assert {row.scale for row in compose(report).deviations} == {scale}


def test_what_raters_are_by_function_is_a_sentence_of_its_own() -> None:
    text = said("_method", KINDS["named raters"]())
    assert "sub-elements. By function they are quality 2, production 1, engineering 1 and site leadership 1. " in text
