"""The save of ratings itself: a page or nothing, one's own alone, and only while the round is open."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assessments.answering import Change, Gone, PageConflict, SignedOff
from assessments.entries import Entry
from assessments.forms.ratings import RatingForm
from assessments.invitations import begin, withdraw_rater
from assessments.models import AnswerState, Assessment, Rater, Rating, RatingRound
from assessments.rating import AccessEnded, RatingsSaved, RoundClosed, save_ratings
from assessments.rounds import close_round
from tests.raters import invited, rated
from tests.signing import sign_off


class TestTheSaveItself:
    def change(self, rating: Rating, score: str = "3.0", version: int = 0) -> Change:
        answer = RatingForm(rating=rating).answer
        return Change(answer, Entry(state=AnswerState.SCORED, score=Decimal(score)), version)

    def both(self, rater: Rater) -> tuple[Rating, Rating]:
        ratings = rater.ratings.select_related("sub_element")
        return ratings.get(sub_element__code="capa"), ratings.get(sub_element__code="change-management")

    def test_all_of_a_page_or_nothing(self, rita: Rater) -> None:
        capa, other = self.both(rita)
        rita.ratings.filter(pk=other.pk).update(version=2, state=AnswerState.UNKNOWN)
        outcome = save_ratings(rater=rita, changes=[self.change(capa), self.change(other)], now=timezone.now())
        assert isinstance(outcome, PageConflict)
        assert [conflict.version for conflict in outcome.conflicts] == [2]
        assert rated(rita).version == 0

    def test_a_rating_of_someone_else_cannot_be_written(self, rita: Rater, named: RatingRound) -> None:
        theirs = self.both(invited(named, "Omar Olsen"))[0]
        with pytest.raises(Rating.DoesNotExist):
            save_ratings(rater=rita, changes=[self.change(theirs)], now=timezone.now())
        theirs.refresh_from_db()
        assert theirs.version == 0

    @pytest.mark.parametrize(
        ("happens", "outcome"),
        [
            (lambda rater: withdraw_rater(rater=rater, now=timezone.now()), AccessEnded()),
            (lambda _: Rater.objects.update(expires_at=timezone.now()), AccessEnded()),
            (lambda rater: begin(rater=rater, now=timezone.now()), AccessEnded()),
            (lambda rater: close_round(rating_round=rater.round, now=timezone.now()), RoundClosed()),
            (lambda _: sign_off(), SignedOff()),
            (lambda _: Rater.objects.all().delete(), Gone()),
            (lambda _: Assessment.objects.all().delete(), Gone()),
        ],
    )
    def test_why_nothing_is_stored(self, rita: Rater, happens: Callable[[Rater], object], outcome: object) -> None:
        capa, _ = self.both(rita)
        as_found = Rater.objects.select_related("round").get(pk=rita.pk)
        happens(rita)
        assert save_ratings(rater=as_found, changes=[self.change(capa)], now=timezone.now()) == outcome
        assert not Rating.objects.exclude(version=0).exists()

    def test_the_deadline_that_counts_is_the_one_of_this_moment(self, rita: Rater) -> None:
        capa, _ = self.both(rita)
        as_found = Rater.objects.select_related("round").get(pk=rita.pk)
        RatingRound.objects.update(deadline=timezone.localdate() - timedelta(days=1))
        outcome = save_ratings(rater=as_found, changes=[self.change(capa)], now=timezone.now())
        assert isinstance(outcome, RatingsSaved)
        assert outcome.is_late
