"""Ratings that arrive while their round is closed: once closing has returned, none is stored."""

import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from assessments.answering import Change
from assessments.entries import Entry
from assessments.forms.ratings import RatingForm
from assessments.models import AnswerState, Assessment, Person, Rater, Rating, RatingRound
from assessments.rating import RatingsSaved, RoundClosed, save_ratings
from assessments.rounds import close_round, hold_round, open_comparison
from tests.at_once import at_once
from tests.raters import begun, invited, opened, rated, score

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
FAR_TOO_MANY = 4000


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


def rating_of(rater: Rater) -> Rating:
    return rater.ratings.select_related("sub_element").get(sub_element__code="capa")


def save(rater: Rater, version: int) -> object:
    """As a request does, which has read the rater while the round was open."""
    entry = Entry(state=AnswerState.SCORED, score=Decimal("2.0"), rationale=f"Save {version}")
    change = Change(RatingForm(rating=rating_of(rater)).answer, entry, version)
    return save_ratings(rater=rater, changes=[change], now=NOW)


def arrived(rater: Rater) -> Rater:
    """With its round at hand, as it is when the request arrives."""
    begun(rater)
    return Rater.objects.select_related("round__assessment").get(pk=rater.pk)


@pytest.mark.django_db(transaction=True)
class TestClosing:
    @pytest.mark.asvs("2.3.4")
    def test_a_save_waits_for_a_closing_under_way_and_is_refused(self, named: RatingRound) -> None:
        """Without the lock it would see the open round of before, and write after the closing."""
        rita = arrived(invited(named))
        is_closing = threading.Event()

        def close() -> None:
            with transaction.atomic():
                close_round(rating_round=named, now=NOW)
                is_closing.set()
                time.sleep(0.3)  # long enough for the save to arrive

        def answer() -> object:
            assert is_closing.wait(timeout=20)
            return save(rita, 0)

        assert at_once([close, answer]) == [None, RoundClosed()]
        assert rated(rita).version == 0

    def test_closing_waits_for_a_save_under_way_and_keeps_it(self, named: RatingRound) -> None:
        rita = arrived(invited(named))
        is_saving = threading.Event()

        def answer() -> object:
            with transaction.atomic():
                outcome = save(rita, 0)
                is_saving.set()
                time.sleep(0.3)  # long enough for the closing to arrive
                return outcome

        def close() -> int:
            assert is_saving.wait(timeout=20)
            close_round(rating_round=named, now=NOW)
            return rated(rita).version

        outcome, version_once_closed = at_once([answer, close])
        assert isinstance(outcome, RatingsSaved)
        assert version_once_closed == 1

    @pytest.mark.asvs("2.3.1")
    def test_nothing_is_stored_once_it_has_returned(self, named: RatingRound) -> None:
        raters = [arrived(invited(named, f"Rater {number}")) for number in range(3)]
        has_begun = threading.Event()

        def stored() -> dict[Any, int]:
            return dict(Rating.objects.filter(version__gt=0).values_list("rater", "version"))

        def keep_saving(rater: Rater) -> int:
            for version in range(FAR_TOO_MANY):
                if isinstance(save(rater, version), RoundClosed):
                    return version
                has_begun.set()
                time.sleep(0.005)
            raise AssertionError("the round was never closed")

        def close() -> dict[Any, int]:
            assert has_begun.wait(timeout=20)
            close_round(rating_round=named, now=NOW)
            return stored()

        *saves, once_closed = at_once([*(lambda rater=rater: keep_saving(rater) for rater in raters), close])
        assert stored() == once_closed
        assert {rater.pk: saved for rater, saved in zip(raters, saves, strict=True) if saved} == once_closed

    def test_a_comparison_that_is_open_never_changes(self, named: RatingRound) -> None:
        rita = arrived(invited(named))
        score(rita)
        is_held = threading.Event()

        def compare() -> None:
            with transaction.atomic():
                hold_round(named)
                is_held.set()
                time.sleep(0.3)
                open_comparison(rating_round=named, now=NOW + timedelta(hours=1))

        def answer() -> object:
            assert is_held.wait(timeout=20)
            return save(rita, 1)

        assert at_once([compare, answer]) == [None, RoundClosed()]
        assert rated(rita).version == 1
