"""What is read of a round, in named and in anonymous ones: which ratings count, and what is withheld."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from decimal import Decimal as D
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from assessments.anonymity import FEWEST
from assessments.comparison import GivenRating, SubElementRatings, compare
from assessments.entries import EvidenceReference
from assessments.models import Assessment, RaterFunction
from assessments.records import read_assessment, read_comparison
from tests.rating_rounds import CLOSED, E, Given, L, P, Q, add_round, comparison, entry, given

FUNCTIONS = list(RaterFunction)
MOMENTS = ["comparison_opened_at", "closed_at"]
GIVEN = st.tuples(st.sampled_from(FUNCTIONS), st.sampled_from(["1.0", "2.5", "3.0", "4.5", "5.0", "?", "n/a", "–"]))


def capa(*raters: tuple[RaterFunction, str], is_anonymous: bool = True) -> SubElementRatings:
    return comparison(*raters, is_anonymous=is_anonymous).of("capa")


def texts(value: object) -> list[str]:
    """Every text anywhere in frozen data."""
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [text for each in value for text in texts(each)]
    return [str(value)]


def test_a_named_round_shows_who_gave_what() -> None:
    ratings = capa((L, "4.5"), (Q, "3.0"), (P, "2.0"), is_anonymous=False)
    assert [(each.name, each.function, each.score) for each in ratings.scores] == [
        ("Name 2", "production", D("2.0")),
        ("Name 1", "quality", D("3.0")),
        ("Name 0", "site_leadership", D("4.5")),
    ]
    assert [(each.function, each.agreement.count) for each in ratings.by_function] == [(Q, 1), (P, 1), (L, 1)]
    assert ratings.leadership_gap == D("2.00")
    assert [(each.name, each.function, each.answer) for each in ratings.comments] == [
        ("Name 1", "quality", "3.0"),
        ("Name 2", "production", "2.0"),
        ("Name 0", "site leadership", "4.5"),
    ]


def test_words_without_a_level_are_shown_in_a_named_round_and_count_nothing() -> None:
    shown = comparison((Q, "3.0"), (P, "–"))
    ratings = shown.of("capa")
    assert [(each.name, each.text, each.answer) for each in ratings.comments] == [
        ("Name 0", "Wrote 0", "3.0"),
        ("Name 1", "Wrote 1", "not answered"),
    ]
    assert (shown.rated, ratings.count, ratings.unknown) == (1, 1, 0)


def test_words_without_a_level_are_not_shown_in_an_anonymous_round() -> None:
    ratings = capa(*[(Q, "3.0")] * 3, *[(P, "–")] * 3)
    assert [each.text for each in ratings.comments] == ["Wrote 0", "Wrote 1", "Wrote 2"]


def test_an_anonymous_round_shows_functions_and_no_names() -> None:
    shown = comparison(*[(Q, "3.0")] * 3, *[(L, "4.5")] * 3, is_anonymous=True)
    ratings = shown.of("capa")
    assert [each.function for each in ratings.by_function] == [Q, L]
    assert ratings.leadership_gap == D("1.50")
    assert shown.by_function == ((Q, 3), (L, 3))
    assert not any(text.startswith("Name") for text in texts(shown))


def test_a_function_of_two_is_seen_only_in_all() -> None:
    ratings = capa(*[(Q, "3.0")] * 3, *[(P, "2.0")] * 3, (L, "5.0"), (L, "5.0"))
    assert ratings.count == 8
    assert [each.function for each in ratings.by_function] == [Q]
    assert {each.function for each in ratings.scores if each.score == 5} == {""}
    assert ratings.leadership_gap is None


def test_there_is_no_gap_where_site_leadership_is_withheld_with_one_left_over() -> None:
    """Leadership and the others would be enough on both sides; but the gap would tell of the one."""
    assert capa(*[(Q, "3.0")] * 4, *[(L, "5.0")] * 3, (E, "1.0")).leadership_gap is None
    assert capa(*[(Q, "3.0")] * 4, *[(L, "5.0")] * 3).leadership_gap == 2


@pytest.mark.parametrize(("raters", "count"), [([(Q, "3.0"), (Q, "4.0")], 2), ([(Q, "3.0"), (P, "?")], 1)])
def test_of_fewer_than_three_scores_only_the_number_is_shown(
    raters: list[tuple[RaterFunction, str]], count: int
) -> None:
    assert capa(*raters) == SubElementRatings("capa", count, is_withheld=True)


def test_those_without_a_score_are_counted_only_when_they_are_enough() -> None:
    few = capa(*[(Q, "3.0")] * 3, (P, "?"), (P, "n/a"))
    assert (few.unknown, few.not_applicable) == (0, 0)
    assert [each.text for each in few.comments] == ["Wrote 0", "Wrote 1", "Wrote 2"]
    many = capa(*[(Q, "3.0")] * 3, (P, "?"), (P, "n/a"), (E, "n/a"))
    assert (many.unknown, many.not_applicable) == (1, 2)
    assert capa((Q, "?"), is_anonymous=False).unknown == 1


def test_comments_of_an_anonymous_round_stand_in_alphabetical_order_with_nothing_beside_them() -> None:
    ratings = [
        GivenRating(UUID(int=n), "Name", Q, "capa", entry("3.0", text), is_saved=True)
        for n, text in enumerate(["b", "C", "a", "b"])
    ]
    comments = compare(ratings, is_anonymous=True, closed_at=CLOSED, opened_at=CLOSED).of("capa").comments
    assert [each.text for each in comments] == ["a", "b", "b", "C"]
    assert {(each.name, each.function, each.answer) for each in comments} == {("", "", "")}


@any_of(st.lists(GIVEN, max_size=12))
def test_no_group_of_one_or_two_can_be_told_from_what_is_shown(raters: list[tuple[RaterFunction, str]]) -> None:
    shown = comparison(*raters, is_anonymous=True)
    ratings = shown.of("capa")
    marked = [each.function for each in ratings.scores]
    groups = [marked.count(function) for function in {*marked}] + [each.agreement.count for each in ratings.by_function]
    assert all(size >= FEWEST for size in groups)
    assert all(count >= FEWEST for _, count in shown.by_function)
    left = shown.rated - sum(count for _, count in shown.by_function)
    assert not shown.by_function or left == 0 or left >= FEWEST
    without_score = ratings.unknown + ratings.not_applicable
    assert without_score == 0 or without_score >= FEWEST
    assert not ratings.comments or ratings.count >= FEWEST
    if ratings.leadership_gap is not None:
        assert marked.count("site_leadership") >= FEWEST
        assert len(marked) - marked.count("site_leadership") >= FEWEST


@any_of(st.lists(GIVEN, max_size=8), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_in_which_ratings_come_shows_in_nothing(
    raters: list[tuple[RaterFunction, str]], is_anonymous: bool, chance: Any
) -> None:
    shuffled = raters[:]
    chance.shuffle(shuffled)
    one, other = (capa(*order, is_anonymous=is_anonymous) for order in (shuffled, raters))
    # Names and texts are given out in that order here; all but them must be the same.
    assert [replace(each, name="") for each in one.scores] == [replace(each, name="") for each in other.scores]
    assert (one.agreement, one.leadership_gap) == (other.agreement, other.leadership_gap)
    assert (one.unknown, one.not_applicable) == (other.unknown, other.not_applicable)


@pytest.mark.django_db
class TestReading:
    def test_the_latest_compared_round_is_read_in_one_query_however_many_rate(
        self, assessment: Assessment, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        add_round(assessment, given((Q, "1.0")), opened_at=CLOSED - timedelta(days=90))
        add_round(assessment, given(*[(Q, "3.0")] * 30))
        with django_assert_num_queries(1):
            found = read_comparison(assessment)
        assert found is not None
        assert (found.invited, found.rated, found.of("capa").count) == (30, 30, 30)
        assert str(found.of("capa").scores[0].score) == "3.0"

    @pytest.mark.parametrize(
        "missing", [["comparison_opened_at"], ["closed_at"], ["closed_at", "comparison_opened_at"]]
    )
    def test_a_round_that_is_open_or_not_compared_is_not_read(self, assessment: Assessment, missing: list[str]) -> None:
        add_round(assessment, given((Q, "3.0")), **dict.fromkeys(missing))
        assert read_comparison(assessment) is None
        assert read_assessment(assessment, with_ratings=True).comparison is None

    def test_an_open_round_leaves_the_one_before_it_shown(self, assessment: Assessment) -> None:
        add_round(assessment, given((Q, "1.0")), opened_at=CLOSED - timedelta(days=90))
        add_round(assessment, given((Q, "3.0")), closed_at=None, comparison_opened_at=None)
        found = read_comparison(assessment)
        assert found is not None
        assert found.of("capa").scores[0].score == 1

    def test_only_saved_ratings_of_those_not_withdrawn_count(self, assessment: Assessment) -> None:
        add_round(
            assessment,
            [
                Given("Alva", Q, {"capa": "3.0"}, "As written.", (EvidenceReference("Log", "7"),)),
                Given("Bert", Q, {"capa": "4.0"}, version=0),
                Given("Cleo", P, {"capa": "5.0"}, is_withdrawn=True),
                Given("Dora", P, {"capa": "–"}),
                Given("Emil", P, {"capa": "–"}, evidence=(EvidenceReference("Plan", "8"),)),
                Given("Fritz", P, {"capa": "–"}, "Never saved.", version=0),
            ],
        )
        found = read_comparison(assessment)
        assert found is not None
        assert (found.invited, found.rated) == (5, 1)
        ratings = found.of("capa")
        assert [(each.name, each.score) for each in ratings.scores] == [("Alva", D("3.0"))]
        assert [each.name for each in ratings.comments] == ["Alva"]
        assert ratings.evidence == (EvidenceReference("Log", "7"), EvidenceReference("Plan", "8"))
        assert found.of("management-review") == SubElementRatings("management-review")

    def test_without_raters_there_is_no_comparison(self, assessment: Assessment) -> None:
        add_round(assessment, [])
        assert read_comparison(assessment) is None
        assert read_assessment(assessment, with_ratings=True).comparison is None
