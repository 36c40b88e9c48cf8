"""What is said of the raters, word by word."""

from decimal import Decimal as D

import pytest

from assessments.agreement import agreement_of
from assessments.comparison import Comparison, SubElementRatings
from assessments.models import RaterFunction
from assessments.rating_words import function_words, gap_words, raters_words, sentences, verdict
from tests.rating_rounds import CLOSED


def ratings(*scores: str, unknown: int = 0, not_applicable: int = 0, is_withheld: bool = False) -> SubElementRatings:
    agreement = None if is_withheld else agreement_of([D(score) for score in scores])
    return SubElementRatings(
        "capa",
        len(scores),
        is_withheld=is_withheld,
        agreement=agreement,
        unknown=unknown,
        not_applicable=not_applicable,
    )


@pytest.mark.parametrize(
    ("given", "said", "short"),
    [
        (ratings(), "Nobody gave a score.", "no scores"),
        (ratings("3.0"), "One rating, 3.0.", "one score"),
        (ratings("3.0", "3.0"), "Two ratings, all 3.0, not far apart (average deviation 0.00).", "not far apart"),
        (
            ratings("2.0", "4.5", not_applicable=2),
            "Two ratings, 2.0 to 4.5, median 3.25, far apart (average deviation 1.25). Two “not applicable”.",
            "far apart",
        ),
        (
            ratings(unknown=1, not_applicable=2),
            "Nobody gave a score. One “don’t know yet”, two “not applicable”.",
            "no scores",
        ),
        (ratings("3.0", is_withheld=True), "One rating: fewer than three, so not shown.", "not shown"),
        (ratings(is_withheld=True), "Nobody gave a score.", "no scores"),
    ],
)
def test_the_ratings_of_a_sub_element(given: SubElementRatings, said: str, short: str) -> None:
    assert sentences(given) == said
    assert verdict(given) == short


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (None, ""),
        (D("0.00"), "Site leadership level with the others"),
        (D("0.75"), "Site leadership 0.75 above the others"),
        (D("-1.25"), "Site leadership 1.25 below the others"),
    ],
)
def test_the_leadership_gap(gap: D | None, said: str) -> None:
    assert gap_words(gap) == said


@pytest.mark.parametrize(
    ("rated", "shown", "said"),
    [
        (2, {"quality": 2}, "quality 2"),
        (3, {"quality": 2, "site_leadership": 1}, "quality 2 and site leadership 1"),
        (7, {"quality": 3}, "quality 3 and other functions together 4"),
        (2, {}, ""),
    ],
)
def test_how_many_of_each_function(rated: int, shown: dict[str, int], said: str) -> None:
    by_function = tuple((RaterFunction(function), count) for function, count in shown.items())
    assert function_words(Comparison(False, CLOSED, CLOSED, rated, rated, by_function, ())) == said


def test_how_many_rated_it_and_how_far_apart_they_lay() -> None:
    nobody = Comparison(False, CLOSED, CLOSED, 1, 1, (), (ratings(unknown=1),))
    assert raters_words(nobody) == "One rater rated it"
    several = Comparison(False, CLOSED, CLOSED, 2, 2, (), (ratings("1.0", "5.0"), ratings("3.0", "3.0")))
    assert raters_words(several) == "Two raters rated it; their scores lie far apart on one of two sub-elements"
    agreeing = Comparison(False, CLOSED, CLOSED, 2, 2, (), (ratings("3.0", "3.0"),))
    assert raters_words(agreeing) == "Two raters rated it; their scores lie far apart on none of one sub-element"
