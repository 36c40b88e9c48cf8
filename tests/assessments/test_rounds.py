"""Rounds of ratings: one open at a time, never anonymous afterwards, compared only when nobody is given away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import (
    RefusedError,
    change_deadline,
    close_round,
    expiry_of_link,
    is_late,
    open_comparison,
    reopen_round,
)
from tests.raters import LEADERSHIP, PRODUCTION, QUALITY, invited, opened, score
from tests.signing import sign_off

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
THREE = (("Rita Roth", QUALITY), ("Omar Olsen", PRODUCTION), ("Lena Lang", LEADERSHIP))


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def anonymous(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice, is_anonymous=True)


def three_scored(rating_round: RatingRound) -> list[Rater]:
    raters = [invited(rating_round, name, function) for name, function in THREE]
    for rater in raters:
        score(rater)
    return raters


class TestOpening:
    def test_a_round_is_open_and_says_how_it_was_opened(self, anonymous: RatingRound, alice: Person) -> None:
        assert anonymous.is_open
        assert anonymous.is_anonymous
        assert not anonymous.is_compared
        assert anonymous.opened_by == alice

    def test_only_one_is_open_at_a_time(self, named: RatingRound, alice: Person) -> None:
        with pytest.raises(RefusedError, match="open already"):
            opened(named.assessment, alice)
        close_round(rating_round=named, now=NOW)
        assert opened(named.assessment, alice).is_open

    def test_none_is_opened_for_a_signed_off_assessment(self, assessment: Assessment, alice: Person) -> None:
        sign_off()
        with pytest.raises(RefusedError, match="signed off"):
            opened(assessment, alice)
        assert not RatingRound.objects.exists()

    def test_none_is_opened_for_a_deleted_assessment(self, assessment: Assessment, alice: Person) -> None:
        gone = Assessment.objects.get()
        Assessment.objects.all().delete()
        with pytest.raises(RefusedError, match="deleted"):
            opened(gone, alice)


class TestDeadline:
    def test_the_last_day_is_in_time_to_its_end(self, named: RatingRound) -> None:
        named.deadline = date(2026, 12, 1)
        assert not is_late(named, datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC))
        assert is_late(named, datetime(2026, 12, 2, tzinfo=UTC))

    def test_without_one_nothing_is_late(self, named: RatingRound) -> None:
        assert not is_late(named, datetime(2126, 1, 1, tzinfo=UTC))

    def test_a_day_ends_where_the_site_is(self, named: RatingRound) -> None:
        named.deadline = date(2026, 12, 1)
        with timezone.override("Pacific/Auckland"):  # thirteen hours ahead
            assert is_late(named, datetime(2026, 12, 1, 11, 0, tzinfo=UTC))
            assert not is_late(named, datetime(2026, 12, 1, 10, 59, tzinfo=UTC))

    def test_a_link_lasts_thirty_days_or_two_weeks_beyond_the_deadline(self, named: RatingRound) -> None:
        assert expiry_of_link(named, NOW) == NOW + timedelta(days=30)
        named.deadline = date(2026, 12, 1)
        assert expiry_of_link(named, NOW) == NOW + timedelta(days=30)
        named.deadline = date(2027, 1, 31)
        assert expiry_of_link(named, NOW) == datetime(2027, 2, 15, tzinfo=UTC)

    def test_a_later_one_lengthens_links_and_an_earlier_one_shortens_none(self, named: RatingRound) -> None:
        rater = invited(named)
        first = rater.expires_at
        far = timezone.localdate() + timedelta(days=90)
        change_deadline(rating_round=named, deadline=far)
        rater.refresh_from_db()
        later = rater.expires_at
        assert later > first
        change_deadline(rating_round=named, deadline=timezone.localdate())
        rater.refresh_from_db()
        named.refresh_from_db()
        assert (rater.expires_at, named.deadline) == (later, timezone.localdate())

    def test_a_closed_round_keeps_its_own(self, named: RatingRound) -> None:
        close_round(rating_round=named, now=NOW)
        with pytest.raises(RefusedError, match="closed"):
            change_deadline(rating_round=named, deadline=date(2027, 1, 1))


class TestClosing:
    def test_closing_twice_keeps_the_first_time(self, named: RatingRound) -> None:
        close_round(rating_round=named, now=NOW)
        close_round(rating_round=named, now=NOW + timedelta(hours=1))
        named.refresh_from_db()
        assert named.closed_at == NOW

    def test_it_can_be_re_opened(self, named: RatingRound) -> None:
        close_round(rating_round=named, now=NOW)
        reopen_round(rating_round=named)
        reopen_round(rating_round=named)
        named.refresh_from_db()
        assert named.is_open

    def test_not_when_another_has_been_opened_since(self, named: RatingRound, alice: Person) -> None:
        close_round(rating_round=named, now=NOW)
        second = opened(named.assessment, alice)
        close_round(rating_round=second, now=timezone.now())
        with pytest.raises(RefusedError, match="newest"):
            reopen_round(rating_round=named)
        reopen_round(rating_round=second)

    def test_not_when_the_assessment_has_been_signed_off(self, named: RatingRound) -> None:
        sign_off()
        close_round(rating_round=named, now=NOW)
        with pytest.raises(RefusedError, match="signed off"):
            reopen_round(rating_round=named)


class TestComparison:
    def test_it_closes_the_round(self, named: RatingRound) -> None:
        score(invited(named))
        open_comparison(rating_round=named, now=NOW)
        named.refresh_from_db()
        assert (named.closed_at, named.comparison_opened_at, named.is_compared) == (NOW, NOW, True)

    def test_it_keeps_the_time_at_which_the_round_was_closed(self, named: RatingRound) -> None:
        score(invited(named))
        close_round(rating_round=named, now=NOW)
        open_comparison(rating_round=named, now=NOW + timedelta(days=1))
        named.refresh_from_db()
        assert named.closed_at == NOW

    def test_there_must_be_something_to_compare(self, named: RatingRound) -> None:
        invited(named)
        with pytest.raises(RefusedError, match="nothing to compare"):
            open_comparison(rating_round=named, now=NOW)
        named.refresh_from_db()
        assert named.is_open

    def test_a_named_one_closes_when_the_round_is_re_opened_and_is_opened_anew(self, named: RatingRound) -> None:
        score(invited(named))
        open_comparison(rating_round=named, now=NOW)
        reopen_round(rating_round=named)
        named.refresh_from_db()
        assert (named.is_open, named.comparison_opened_at) == (True, None)
        close_round(rating_round=named, now=NOW)
        named.refresh_from_db()
        assert not named.is_compared
        open_comparison(rating_round=named, now=NOW)
        named.refresh_from_db()
        assert named.is_compared

    def test_an_anonymous_one_needs_three_raters_with_a_score(self, anonymous: RatingRound) -> None:
        raters = [invited(anonymous, name, function) for name, function in THREE]
        for rater in raters[:2]:
            score(rater)
            score(rater, "change-management")
        with pytest.raises(RefusedError, match="at least three raters"):
            open_comparison(rating_round=anonymous, now=NOW)
        anonymous.refresh_from_db()
        assert anonymous.is_open
        score(raters[2])
        open_comparison(rating_round=anonymous, now=NOW)

    def test_a_withdrawn_rater_is_not_one_of_the_three(self, anonymous: RatingRound) -> None:
        raters = three_scored(anonymous)
        Rater.objects.filter(pk=raters[0].pk).update(withdrawn_at=NOW)
        with pytest.raises(RefusedError, match="at least three raters"):
            open_comparison(rating_round=anonymous, now=NOW)

    def test_an_anonymous_round_that_was_compared_stays_closed(self, anonymous: RatingRound, alice: Person) -> None:
        three_scored(anonymous)
        open_comparison(rating_round=anonymous, now=NOW)
        with pytest.raises(RefusedError, match="Open a new round instead"):
            reopen_round(rating_round=anonymous)
        assert opened(anonymous.assessment, alice).is_open
