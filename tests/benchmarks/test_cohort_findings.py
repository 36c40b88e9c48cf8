"""Sentences about a cohort: true of its own figures, whatever its size and its gaps."""

import pytest

from benchmarks import cohort_findings as findings
from benchmarks.cohorts import CohortFigures, read_cohort
from tests.benchmarks.made_up import WITH_GAPS, Scores, figures, many

EVEN = ("3.0", "3.0", "3.0", "3.0", "3.0")


@pytest.fixture
def fda(db: None) -> CohortFigures:
    return read_cohort("fda-2024")


@pytest.mark.parametrize(
    ("scores", "heading"),
    [
        ({}, "No sites yet"),
        ({"A": ("3.0", "", "", "", "")}, "One site without a score in every practice area"),
        ({"A": EVEN}, "One site averages 3.00"),
        ({"A": EVEN, "B": EVEN}, "Two sites all average 3.00"),
        ({"A": EVEN, "B": ("", "", "", "", "")}, "One of two sites has an average: 3.00"),
        (WITH_GAPS, "Two of four sites have an average, from 2.56 to 3.56"),
        ({f"S{number}": EVEN for number in range(12)} | {"T": ("4.0",) * 5}, "13 sites average from 3.00 to 4.00"),
    ],
)
def test_the_heading_says_what_was_found(scores: Scores, heading: str) -> None:
    assert findings.heading(figures(scores)) == heading


def test_the_2024_cohort_in_words(fda: CohortFigures) -> None:
    assert findings.heading(fda) == "Nine sites average from 2.40 to 4.62"
    assert findings.lede(fda) == (
        "The median is 3.98, the mean 3.79. The sites differ more from one another than any of them does within "
        "itself: 1.7 to 2.6 in one practice area, 0.4 to 1.3 within one site."
    )
    assert findings.what_they_show(fda) == (
        "The averages lie 2.22 apart, from G 2.40 to E 4.62.",
        (
            "Their lowest practice area, ties counted in each, is Advanced Pharmaceutical Quality System at five sites "
            "(A, C, D, G and H), Technical Excellence at five sites (B, C, E, F and I), and Management Commitment to "
            "Quality at one site (G)."
        ),
        (
            "The mean correlation between two practice areas is 0.91 (1: they rise and fall together); "
            "without G and A, the two lowest sites, it is 0.69."
        ),
    )
    assert findings.sub_element_words(fda) == (
        "Six scores of single sub-elements were published, of three sites. An empty cell was not published; "
        "nothing is estimated."
    )


def test_the_spreads_of_the_2024_cohort_in_words(fda: CohortFigures) -> None:
    words = findings.spread_words(fda)
    assert "Within one site it is 0.4 to 1.3 (mean 0.66, median 0.50)." in words
    assert "in one practice area, it is 1.7 to 2.6." in words
    assert "among nine scores" in words


def test_it_never_repeats_what_does_not_follow_from_the_table(fda: CohortFigures) -> None:
    """The source counts five sites from 3.5 to 4.1, a range of four times the variance, and tight clusters."""
    said = " ".join(
        [findings.heading(fda), findings.lede(fda), findings.spread_words(fda), *findings.what_they_show(fda)]
    )
    assert not [word for word in ("3.5", "4.1 ", "cluster", "variance", "four times", "tight") if word in said]


def test_sites_that_differ_less_than_their_areas_are_not_said_to_differ_more() -> None:
    cohort = figures({"A": ("1.0", "5.0", "3.0", "3.0", "3.0"), "B": ("1.5", "4.5", "3.0", "3.0", "3.0")})
    assert findings.sites_or_areas(cohort) == (
        "Scores of one practice area lie 0.0 to 0.5 apart between sites, those of one site 3.0 to 4.0."
    )
    assert "arithmetic" not in findings.spread_words(cohort)


def test_one_site_is_compared_with_nothing() -> None:
    cohort = figures({"A": EVEN})
    assert (findings.lede(cohort), findings.what_they_show(cohort)) == ("", ())
    assert findings.spreads_between(cohort) == []


def test_without_figures_there_are_no_sentences_with_figures() -> None:
    assert findings.lede(figures({})) == findings.spread_words(figures({})) == ""
    assert findings.sub_element_words(figures({})) == "No score of a single sub-element was published."


def test_many_ties_are_counted_and_not_listed() -> None:
    cohort = figures({f"S{number}": EVEN for number in range(8)} | {"Z": ("4.0", "3.0", "3.0", "3.0", "3.0")})
    shape = cohort.area("MCQ")
    assert shape is not None
    assert findings.ends(cohort.by_area("MCQ"), shape, str) == ("eight sites 3.00", "Z 4.00")


def test_a_small_cohort_has_no_correlation() -> None:
    assert not [sentence for sentence in findings.what_they_show(figures(many(6))) if "correlation" in sentence]
    assert [sentence for sentence in findings.what_they_show(figures(many(7))) if "correlation" in sentence]
