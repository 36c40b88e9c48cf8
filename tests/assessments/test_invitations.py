"""Inviting, withdrawing, and the life of a link: for one person, once, for a time, and never by the database alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.invitations import (
    MOST_RATERS,
    InvitedAlreadyError,
    begin,
    forget_address,
    link_for_another_device,
    renew_link,
    withdraw_rater,
)
from assessments.models import Assessment, Person, Rater, Rating, RatingRound
from assessments.rater_links import hash_of, is_key_of, is_secret_of, link_of, secret_of
from assessments.rounds import RefusedError, close_round, open_comparison
from tests.raters import LEADERSHIP, PRODUCTION, QUALITY, invited, opened, score
from tests.signing import sign_off

EMAIL = "rita@acme.example"


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def rita(named: RatingRound) -> Rater:
    return invited(named, email=EMAIL)


def fresh(rater: Rater) -> Rater:
    return Rater.objects.get(pk=rater.pk)


class TestInviting:
    def test_a_rater_gets_an_untouched_rating_for_each_sub_element_asked(self, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen", PRODUCTION, areas=("PQS", "TE"))
        ratings = list(omar.ratings.select_related("sub_element__practice_area"))
        assert len(ratings) == 8
        assert {rating.sub_element.practice_area.code for rating in ratings} == {"PQS", "TE"}
        assert {(rating.state, rating.version) for rating in ratings} == {("unanswered", 0)}
        assert invited(named).ratings.count() == 20

    def test_what_the_questionnaire_does_not_ask_is_not_asked(self, named: RatingRound) -> None:
        named.assessment.answers.filter(sub_element__code="capa").delete()
        assert not invited(named).ratings.filter(sub_element__code="capa").exists()

    @pytest.mark.parametrize("email", [EMAIL, "RITA@acme.example"])
    def test_an_address_is_invited_once(self, named: RatingRound, rita: Rater, email: str) -> None:
        with pytest.raises(InvitedAlreadyError) as refused:
            invited(named, "R. Roth", PRODUCTION, email=email)
        assert refused.value.field == "email"

    def test_a_name_is_invited_once_for_a_function(self, named: RatingRound, rita: Rater) -> None:
        with pytest.raises(InvitedAlreadyError) as refused:
            invited(named)
        assert refused.value.field == "name"
        invited(named, function=PRODUCTION)

    def test_who_was_withdrawn_can_be_invited_anew(self, named: RatingRound, rita: Rater) -> None:
        withdraw_rater(rater=rita, now=timezone.now())
        assert invited(named, email=EMAIL).pk != rita.pk

    def test_a_round_has_an_end(self, named: RatingRound) -> None:
        Rater.objects.bulk_create(
            Rater(
                round=named, name=f"Rater {number}", function=QUALITY, practice_areas=["TE"], nonce="n",
                invited_at=timezone.now(), expires_at=timezone.now(),
            )
            for number in range(MOST_RATERS)
        )  # fmt: skip
        with pytest.raises(RefusedError, match="at most 100"):
            invited(named)

    def test_nobody_is_invited_to_a_closed_round(self, named: RatingRound) -> None:
        close_round(rating_round=named, now=timezone.now())
        with pytest.raises(RefusedError, match="closed"):
            invited(named)

    def test_nobody_is_invited_to_a_signed_off_assessment(self, named: RatingRound) -> None:
        sign_off()
        with pytest.raises(RefusedError, match="signed off"):
            invited(named)


class TestTheSecret:
    def test_it_is_not_in_the_database(self, rita: Rater) -> None:
        stored = [str(value) for value in Rater.objects.filter(pk=rita.pk).values_list()[0]]
        assert all(secret_of(rita) not in value and value not in secret_of(rita) for value in stored if len(value) > 8)

    def test_only_the_right_one_is_taken(self, rita: Rater, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen")
        right = secret_of(rita)
        assert is_secret_of(rita, right)
        for wrong in ("", right[:-1], f"{right}A", right.swapcase(), secret_of(omar), rita.nonce, "é", "a:b"):
            assert not is_secret_of(rita, wrong), wrong

    def test_another_key_of_the_site_makes_other_secrets(self, rita: Rater, settings: object) -> None:
        right = secret_of(rita)
        settings.SECRET_KEY = "x" * 60  # type: ignore[attr-defined]
        assert not is_secret_of(rita, right)
        settings.SECRET_KEY_FALLBACKS = ["only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"]  # type: ignore[attr-defined]
        assert is_secret_of(rita, right)

    def test_the_link_is_at_the_address_of_the_site(self, rita: Rater) -> None:
        assert link_of(rita) == f"http://127.0.0.1:8000/rate/{rita.pk}/{secret_of(rita)}/"


class TestBeginning:
    def test_it_binds_the_link_to_one_browser_whose_key_is_stored_as_a_hash(self, rita: Rater) -> None:
        key = begin(rater=rita, now=timezone.now())
        assert key is not None
        stored = fresh(rita)
        assert (stored.is_claimable, stored.browser_key) == (False, hash_of(key))
        assert is_key_of(stored, key)
        assert not is_key_of(stored, stored.browser_key)
        assert stored.begun_at is not None

    def test_the_second_is_too_late(self, rita: Rater) -> None:
        key = begin(rater=rita, now=timezone.now())
        assert begin(rater=rita, now=timezone.now()) is None
        assert is_key_of(fresh(rita), key or "")

    def test_nobody_begins_with_a_replaced_an_expired_or_a_withdrawn_link(self, rita: Rater) -> None:
        assert begin(rater=rita, now=rita.expires_at) is None
        before = fresh(rita)
        renew_link(rater=rita, now=timezone.now())
        assert begin(rater=before, now=timezone.now()) is None
        withdraw_rater(rater=rita, now=timezone.now())
        assert begin(rater=fresh(rita), now=timezone.now()) is None

    def test_who_has_not_begun_has_no_key_to_match(self, rita: Rater) -> None:
        assert not is_key_of(rita, "")

    def test_a_link_for_another_device_ends_the_browser_once_it_is_used(self, rita: Rater) -> None:
        first = begin(rater=rita, now=timezone.now()) or ""
        begun_at = fresh(rita).begun_at
        link_for_another_device(rater=fresh(rita))
        assert is_key_of(fresh(rita), first)
        second = begin(rater=fresh(rita), now=timezone.now() + timedelta(hours=1)) or ""
        assert is_key_of(fresh(rita), second)
        assert not is_key_of(fresh(rita), first)
        assert fresh(rita).begun_at == begun_at

    def test_a_browser_that_has_ended_makes_no_link(self, rita: Rater) -> None:
        begin(rater=rita, now=timezone.now())
        ended = fresh(rita)
        link_for_another_device(rater=ended)
        begin(rater=fresh(rita), now=timezone.now())
        link_for_another_device(rater=ended)
        forget_address(rater=ended)
        assert (fresh(rita).is_claimable, fresh(rita).email) == (False, EMAIL)

    def test_an_address_can_be_forgotten_and_a_link_sent_there_ends(self, rita: Rater) -> None:
        begin(rater=rita, now=timezone.now())
        renew_link(rater=rita, now=timezone.now())
        sent = secret_of(fresh(rita))
        forget_address(rater=fresh(rita))
        assert fresh(rita).email == ""
        assert not is_secret_of(fresh(rita), sent)


class TestRenewing:
    def test_before_beginning_the_old_link_ends(self, rita: Rater) -> None:
        before = secret_of(rita)
        renewed = renew_link(rater=rita, now=timezone.now())
        assert not is_secret_of(renewed, before)
        assert renewed.is_claimable

    def test_after_beginning_the_browser_goes_on_until_the_new_one_is_used(self, rita: Rater) -> None:
        key = begin(rater=rita, now=timezone.now()) or ""
        renewed = renew_link(rater=rita, now=timezone.now())
        assert (renewed.is_claimable, is_key_of(renewed, key)) == (True, True)

    def test_without_an_address_there_is_more_time_and_no_link(self, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen")
        begin(rater=omar, now=timezone.now())
        before = fresh(omar)
        renewed = renew_link(rater=omar, now=timezone.now() + timedelta(days=40))
        assert (renewed.nonce, renewed.is_claimable) == (before.nonce, False)
        assert renewed.expires_at > before.expires_at + timedelta(days=39)

    def test_it_never_shortens(self, rita: Rater) -> None:
        far = timezone.now() + timedelta(days=300)
        Rater.objects.update(expires_at=far)
        assert renew_link(rater=rita, now=timezone.now()).expires_at == far

    def test_not_for_who_was_withdrawn_nor_in_a_closed_round(self, named: RatingRound, rita: Rater) -> None:
        withdraw_rater(rater=rita, now=timezone.now())
        with pytest.raises(RefusedError, match="withdrawn"):
            renew_link(rater=rita, now=timezone.now())
        close_round(rating_round=named, now=timezone.now())
        with pytest.raises(RefusedError, match="closed"):
            renew_link(rater=rita, now=timezone.now())


class TestWithdrawing:
    def test_the_ratings_stay_stored(self, rita: Rater) -> None:
        score(rita)
        withdraw_rater(rater=rita, now=timezone.now())
        assert fresh(rita).withdrawn_at is not None
        assert Rating.objects.filter(rater=rita, version=1).exists()

    def test_twice_keeps_the_first_time(self, rita: Rater) -> None:
        first = timezone.now()
        withdraw_rater(rater=rita, now=first)
        withdraw_rater(rater=rita, now=first + timedelta(hours=1))
        assert fresh(rita).withdrawn_at == first

    @pytest.mark.parametrize("is_anonymous", [True, False])
    def test_not_once_the_comparison_is_open(self, assessment: Assessment, alice: Person, is_anonymous: bool) -> None:
        rating_round = opened(assessment, alice, is_anonymous=is_anonymous)
        raters = [invited(rating_round, f"Rater {number}", LEADERSHIP) for number in range(3)]
        for rater in raters:
            score(rater)
        open_comparison(rating_round=rating_round, now=timezone.now())
        with pytest.raises(RefusedError, match="comparison has been opened"):
            withdraw_rater(rater=raters[0], now=timezone.now())
        assert fresh(raters[0]).withdrawn_at is None
