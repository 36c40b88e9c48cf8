"""The lead's page of the raters: opens, closes and compares a round, and shows who is how far and never a score."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import open_comparison
from tests.raters import (
    LEADERSHIP,
    PRODUCTION,
    RITA,
    SECRET,
    begun,
    invited,
    lead_page,
    lead_path,
    link_path,
    opened,
    press,
    rate,
    refused,
    score,
)
from tests.sent_forms import shown
from tests.signing import sign_off

WITHOUT_SCORES = {
    "capa-choice": "unknown",
    "change-management-choice": "not_applicable",
    "change-management-reason": "Nothing was changed.",
}


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def anonymous(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice, is_anonymous=True)


class TestARound:
    def test_at_first_there_is_none_and_the_page_says_what_one_is(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        html = lead_page(alice_client, assessment)
        assert "Open a round of ratings" in html
        assert "Who was invited" not in html
        assert f'href="{lead_path(assessment)}"' in alice_client.get(f"/assessments/{assessment.pk}/").text

    def test_it_is_opened_with_names_or_anonymous(self, alice_client: Client, assessment: Assessment) -> None:
        day = timezone.localdate() + timedelta(days=20)
        html = press(alice_client, assessment, "round/", mode="anonymous", deadline=day.isoformat())
        assert f"An anonymous round is open, with the deadline {day.day} " in html
        assert "never names" in html
        opened_round = RatingRound.objects.get()
        assert (opened_round.is_anonymous, opened_round.deadline) == (True, day)

    def test_neither_is_chosen_for_the_lead(self, alice_client: Client, assessment: Assessment) -> None:
        html = refused(alice_client, assessment, "round/", 422, deadline="")
        assert "Choose one of the two." in html
        assert not RatingRound.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ("1.12.2026", "like 2026-12-01"),
            ("2026-13-01", "like 2026-12-01"),
            ("２０２６-12-01", "like 2026-12-01"),
            ("2020-01-01", "This day is over."),
            ("9999-12-31", "within the next two years"),
        ],
    )
    def test_a_deadline_that_cannot_be_is_refused_and_kept(
        self, alice_client: Client, assessment: Assessment, typed: str, message: str
    ) -> None:
        html = refused(alice_client, assessment, "round/", 422, mode="named", deadline=typed)
        assert message in html
        assert f'value="{typed}"' in html
        assert not RatingRound.objects.exists()

    def test_a_second_one_at_the_same_time_is_refused(self, alice_client: Client, named: RatingRound) -> None:
        assert "A round is open already" in refused(alice_client, named.assessment, "round/", mode="named", deadline="")

    def test_closed_re_opened_and_another_deadline(self, alice_client: Client, named: RatingRound) -> None:
        assessment = named.assessment
        assert "round was closed on" in press(alice_client, assessment, "close/")
        assert "closed" in refused(alice_client, assessment, "deadline/", deadline="")
        assert "A round with names is open" in press(alice_client, assessment, "reopen/")
        day = timezone.localdate() + timedelta(days=3)
        assert f"with the deadline {day.day} " in press(alice_client, assessment, "deadline/", deadline=day.isoformat())
        assert "without a deadline" in press(alice_client, assessment, "deadline/", deadline="")
        assert "like 2026-12-01" in refused(alice_client, assessment, "deadline/", 422, deadline="soon")

    def test_earlier_rounds_are_listed(self, alice_client: Client, named: RatingRound, alice: Person) -> None:
        invited(named)
        score(invited(named, "Omar Olsen"))
        open_comparison(rating_round=named, now=timezone.now())
        opened(named.assessment, alice)
        html = lead_page(alice_client, named.assessment)
        assert "Earlier rounds" in html
        assert "with names · 2 raters · <a" in html
        earlier = alice_client.get(lead_path(named.assessment, f"comparison/?round={named.pk}")).text
        assert "One of two raters rated in a named round." in earlier
        assert "not open yet" in alice_client.get(lead_path(named.assessment, "comparison/?round=4711")).text

    def test_a_signed_off_assessment_offers_nothing(self, alice_client: Client, named: RatingRound) -> None:
        invited(named)
        sign_off()
        html = lead_page(alice_client, named.assessment)
        assert "This assessment has been signed off" in html
        assert "<form" not in html.split("<main")[1]
        assert "signed off" in refused(alice_client, named.assessment, "invite/", **RITA)

    @pytest.mark.parametrize("part", ["deadline/", "close/", "reopen/", "remind/", "invite/"])
    def test_without_a_round_there_is_nothing_to_do(
        self, alice_client: Client, assessment: Assessment, part: str
    ) -> None:
        assert "There is no round of ratings yet." in refused(alice_client, assessment, part)


class TestTheList:
    def test_of_a_named_round_tells_how_far_each_is(self, alice_client: Client, named: RatingRound) -> None:
        rita, omar = invited(named), invited(named, "Omar Olsen", PRODUCTION, areas=("PQS",))
        invited(named, "Lena Lang", LEADERSHIP)
        browser = begun(rita)
        rate(browser, rita, capa__exact="3.7", capa__choice="between", capa__rationale="Seen on the floor")
        other = begun(omar)
        rate(other, omar, **WITHOUT_SCORES)
        browser.post(f"/rate/{rita.pk}/done/", {"done": "yes"})
        html = lead_page(alice_client, named.assessment)
        assert "<strong>Done</strong>, 1 of 20 rated" in html
        assert "Begun, 0 of 3 rated, 1 “don’t know yet”, 1 not applicable" in html
        assert "Invited" in html
        assert "0 of 3 rated, 1 “don’t know yet”, 1 not applicable" in shown(other.get(f"/rate/{omar.pk}/"))
        assert "Seen on the floor" not in html
        assert "3.7" not in html

    def test_of_an_anonymous_round_counts_nothing(self, alice_client: Client, anonymous: RatingRound) -> None:
        rita, omar = invited(anonymous), invited(anonymous, "Omar Olsen", PRODUCTION)
        invited(anonymous, "Lena Lang", LEADERSHIP)
        RatingRound.objects.update(deadline=timezone.localdate() - timedelta(days=1))
        browser = begun(rita)
        rate(browser, rita, capa__choice="4")
        browser.post(f"/rate/{rita.pk}/done/", {"done": "yes"})
        begun(omar)
        html = lead_page(alice_client, anonymous.assessment)
        states = re.findall(r"<p>(?:<strong>)?(Done|Begun|Not begun)\b", html)
        assert states == ["Done", "Begun", "Not begun"]
        assert not re.search(r"\d+ of \d+|rated<|after the deadline", html)

    def test_late_ratings_are_counted_in_a_named_round(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named)
        browser = begun(rita)
        rate(browser, rita, capa__choice="4")
        assert "after the deadline" not in lead_page(alice_client, named.assessment)
        RatingRound.objects.update(deadline=timezone.localdate() - timedelta(days=1))
        assert "1 of 20 rated, 1 after the deadline" in lead_page(alice_client, named.assessment)

    def test_a_link_is_shown_until_somebody_has_begun_with_it(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named)
        assert SECRET.findall(lead_page(alice_client, named.assessment)) == [link_path(rita)]
        browser = begun(rita)
        assert SECRET.findall(lead_page(alice_client, named.assessment)) == []
        browser.post(f"/rate/{rita.pk}/device/")
        assert SECRET.findall(lead_page(alice_client, named.assessment)) == []

    @pytest.mark.parametrize("ended", [{"withdrawn_at": timezone.now()}, {"expires_at": timezone.now()}])
    def test_a_link_that_has_ended_is_not_shown(
        self, alice_client: Client, named: RatingRound, ended: dict[str, Any]
    ) -> None:
        invited(named)
        Rater.objects.update(**ended)
        assert SECRET.findall(lead_page(alice_client, named.assessment)) == []

    def test_names_are_inert(self, alice_client: Client, named: RatingRound) -> None:
        invited(named, "<script>alert(1)</script> {{ 7 }}")
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in lead_page(alice_client, named.assessment)

    def test_queries_do_not_grow_with_raters(self, alice_client: Client, named: RatingRound) -> None:
        invited(named)
        counts = []
        for number in (0, 5):
            for each in range(number):
                score(invited(named, f"Rater {each}"))
            with CaptureQueriesContext(connection) as queries:
                lead_page(alice_client, named.assessment)
            counts.append(len(queries))
        assert counts[0] == counts[1] == 7


class TestOthers:
    def test_a_rater_of_another_assessment_does_not_exist_here(
        self, alice_client: Client, named: RatingRound, mallory_client: Client
    ) -> None:
        rita = invited(named)
        other = Assessment.objects.create(
            site=named.assessment.site, questionnaire=named.assessment.questionnaire, title="Other", period="2026"
        )
        for part in ("remind/", "renew/", "withdraw/"):
            assert alice_client.post(lead_path(other, f"{rita.pk}/{part}")).status_code == 404
            assert mallory_client.post(lead_path(named.assessment, f"{rita.pk}/{part}")).status_code == 404
        assert Rater.objects.filter(withdrawn_at=None).count() == 1

    def test_nobody_keeps_the_page_with_the_links(self, alice_client: Client, named: RatingRound) -> None:
        kept = alice_client.get(lead_path(named.assessment))["Cache-Control"]
        assert {"private", "no-store"} <= set(kept.split(", "))
