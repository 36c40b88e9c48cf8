"""What a report says of the raters: in its data, in its sentences, and nothing where there were none."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from assessments.exports.data import as_data
from assessments.models import RaterFunction
from assessments.pdf_job import Paper
from assessments.printing import content_digest
from assessments.report import Report
from assessments.report_page import compose
from tests.rating_rounds import E, L, P, Q, comparison
from tests.reports import report_of

FIVE = [(L, "4.5"), (Q, "2.0"), (Q, "3.0"), (P, "1.5"), (E, "4.0")]


def rated(*raters: tuple[RaterFunction, str], is_anonymous: bool = False) -> Report:
    return report_of("3.0", comparison=comparison(*raters, is_anonymous=is_anonymous))


def ratings_of(report: Report, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each["ratings"] for each in as_data(report)["sub_elements"] if each["code"] == code)
    return found


def text_of(report: Report) -> str:
    return render_to_string("report/_parts.html", {"page": compose(report), "paper": None})


def test_the_data_say_how_many_stood_behind_each_score_and_how_far_apart_they_lay() -> None:
    report = rated(*FIVE)
    assert ratings_of(report, "capa") == {
        "count": 5,
        "lowest": "1.50",
        "median": "3.00",
        "highest": "4.50",
        "deviation": "1.00",
        "is_wide": True,
        "leadership_gap": "2.00",
    }
    assert as_data(report)["raters"] == {
        "count": 5,
        "anonymous": False,
        "by_function": {"quality": 2, "production": 1, "engineering": 1, "site_leadership": 1},
        "closed_at": "2026-10-02T16:00:00Z",
    }
    nobody = dict.fromkeys(("lowest", "median", "highest", "deviation", "is_wide", "leadership_gap"))
    assert ratings_of(report, "change-management") == {"count": 0, **nobody}


def test_without_raters_the_keys_stand_and_are_empty() -> None:
    report = report_of("3.0")
    assert as_data(report)["raters"] is None
    assert {each["ratings"] for each in as_data(report)["sub_elements"]} == {None}


def test_an_anonymous_round_keeps_small_groups_out_of_the_data() -> None:
    report = rated((Q, "2.0"), (Q, "3.0"), (Q, "3.0"), (Q, "4.0"), (L, "5.0"), (L, "5.0"), is_anonymous=True)
    assert as_data(report)["raters"]["by_function"] == {}
    assert ratings_of(report, "capa")["leadership_gap"] is None
    few = ratings_of(rated((Q, "2.0"), (L, "5.0"), is_anonymous=True), "capa")
    assert few.pop("count") == 2
    assert set(few.values()) == {None}


def test_the_page_says_it_in_words() -> None:
    text = text_of(rated(*FIVE))
    assert "Five raters rated it; their scores lie far apart on one of one sub-element." in text
    assert (
        "Raters: Five ratings, 1.5 to 4.5, median 3.0, far apart (average deviation 1.00). "
        "Site leadership 2.00 above the others."
    ) in text
    assert "By function they are quality 2, production 1, engineering 1 and site leadership 1" in text
    assert "Burke, Finkelstein and Dusig" in text
    assert "2 October 2026" in text


def test_who_gave_no_score_is_not_said_to_have_scored() -> None:
    report = rated((Q, "?"), (Q, "?"), (P, "3.0"), (P, "4.0"))
    text = text_of(report)
    assert "Four raters rated it; their scores lie far apart on none of one sub-element." in text
    assert "Two ratings, 3.0 to 4.0, median 3.5, not far apart (average deviation 0.50). Two “don’t know yet”." in text
    assert "scored it" not in text
    assert as_data(report)["raters"]["count"] == 4
    assert ratings_of(report, "capa")["count"] == 2


def test_no_report_names_a_rater_or_shows_what_one_wrote() -> None:
    text = text_of(rated(*FIVE)) + str(as_data(rated(*FIVE)))
    assert "Name " not in text
    assert "Wrote " not in text


def test_a_pdf_is_made_anew_when_raters_have_been_compared() -> None:
    assert content_digest(rated(*FIVE), Paper.A4) != content_digest(report_of("3.0"), Paper.A4)


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_only_an_anonymous_round_is_said_to_be_one(is_anonymous: bool) -> None:
    assert ("The round was anonymous" in text_of(rated(*FIVE, is_anonymous=is_anonymous))) is is_anonymous
