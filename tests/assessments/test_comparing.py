"""Opening the comparison: what its page tells before, that it reaches no other round, and what re-opening hides."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.invitations import withdraw_rater
from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import close_round, open_comparison, reopen_round
from tests.raters import (
    LEADERSHIP,
    PRODUCTION,
    QUALITY,
    RITA,
    begun,
    invited,
    lead_page,
    lead_path,
    opened,
    path,
    press,
    rate,
    refused,
    score,
)
from tests.sent_forms import shown

FUNCTIONS = {"Rita Roth": QUALITY, "Omar Olsen": PRODUCTION, "Lena Lang": LEADERSHIP}


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def anonymous(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice, is_anonymous=True)


def three(rating_round: RatingRound) -> list[Rater]:
    return [invited(rating_round, name, function) for name, function in FUNCTIONS.items()]


def stored() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list()) for model in (RatingRound, Rater)]


def confirmation(client: Client, assessment: Assessment) -> str:
    response = client.get(lead_path(assessment, "compare/"))
    assert response.status_code == 200
    return shown(response)


class TestConfirming:
    def test_the_page_before_it_says_what_it_does(self, alice_client: Client, named: RatingRound) -> None:
        score(invited(named))
        html = confirmation(alice_client, named.assessment)
        assert "1 rater has given at least one score." in html
        assert "You can re-open the round later." in html
        assert "Tick the box" in refused(alice_client, named.assessment, "compare/", 422)
        html = press(alice_client, named.assessment, "compare/", confirmed="on")
        assert f'href="{lead_path(named.assessment, "comparison/")}">See the comparison' in html
        assert "Re-open the round" in html

    def test_an_anonymous_one_says_that_there_is_no_way_back(
        self, alice_client: Client, anonymous: RatingRound
    ) -> None:
        for rater in three(anonymous):
            score(rater)
        assert "cannot be re-opened afterwards" in confirmation(alice_client, anonymous.assessment)
        html = press(alice_client, anonymous.assessment, "compare/", confirmed="on")
        assert "Re-open the round" not in html
        assert "Open a new round instead." in refused(alice_client, anonymous.assessment, "reopen/")
        assert not RatingRound.objects.get().is_open

    def test_of_an_anonymous_one_it_tells_nothing_that_changes_when_somebody_rates(
        self, alice_client: Client, anonymous: RatingRound
    ) -> None:
        """With one rater begun, a number that grows would say who has given a score."""
        raters = three(anonymous)
        begun(raters[0])

        def told() -> list[str]:
            pages = [
                confirmation(alice_client, anonymous.assessment),
                refused(alice_client, anonymous.assessment, "compare/", confirmed="on"),
            ]
            return [page.split("<main")[1].split("csrfmiddlewaretoken")[0] for page in pages]

        before = told()
        for rater in raters[:2]:
            score(rater)
            assert told() == before
        assert "at least three raters have given a score" in before[1]

    def test_nor_when_a_rater_is_withdrawn(self, alice_client: Client, anonymous: RatingRound) -> None:
        raters = three(anonymous)
        for rater in raters:
            score(rater)
        before = confirmation(alice_client, anonymous.assessment)
        withdraw_rater(rater=raters[0], now=timezone.now())
        after = confirmation(alice_client, anonymous.assessment)
        assert before.split("<main")[1].split("csrf")[0] == after.split("<main")[1].split("csrf")[0]

    def test_without_a_round_there_is_nothing_to_compare(self, alice_client: Client, assessment: Assessment) -> None:
        assert alice_client.get(lead_path(assessment, "compare/")).status_code == 302
        assert "There is no round" in refused(alice_client, assessment, "compare/", confirmed="on")


class TestAnotherRoundMeanwhile:
    """The page shows a named round; then a colleague closes it and opens an anonymous one."""

    @pytest.fixture
    def seen(self, named: RatingRound) -> RatingRound:
        for rater in three(named):
            score(rater)
        return named

    @pytest.fixture
    def newer(self, seen: RatingRound, alice: Person) -> RatingRound:
        close_round(rating_round=seen, now=timezone.now())
        newer = opened(seen.assessment, alice, is_anonymous=True)
        for rater in three(newer):
            score(rater)
        return newer

    @pytest.mark.parametrize(
        ("part", "typed"),
        [
            ("compare/", {"confirmed": "on"}),
            ("close/", {}),
            ("reopen/", {}),
            ("deadline/", {"deadline": ""}),
            ("remind/", {}),
            ("invite/", RITA | {"name": "Mei Tanaka"}),
        ],
    )
    @pytest.mark.parametrize("key", [True, False])
    def test_nothing_happens_to_it(
        self,
        alice_client: Client,
        seen: RatingRound,
        newer: RatingRound,
        part: str,
        typed: dict[str, Any],
        key: bool,
    ) -> None:
        before = stored()
        html = refused(alice_client, seen.assessment, part, **typed, round=seen.pk if key else "")
        assert "This was meant for a round that is no longer the newest" in html
        assert "An anonymous round is open" in html
        assert stored() == before

    def test_an_invitation_stays_as_typed_and_now_belongs_to_the_newer_round(
        self, alice_client: Client, seen: RatingRound, newer: RatingRound
    ) -> None:
        typed = RITA | {"name": "Mei <b>", "email": "mei@acme.example", "round": seen.pk}
        html = refused(alice_client, seen.assessment, "invite/", **typed)
        assert 'value="Mei &lt;b&gt;"' in html
        assert 'value="mei@acme.example"' in html
        assert f'name="round" value="{newer.pk}"' in html
        assert f'name="round" value="{seen.pk}"' not in html

    def test_every_form_of_the_page_names_its_round(self, alice_client: Client, named: RatingRound) -> None:
        invited(named, email="rita@acme.example")
        key = f'name="round" value="{named.pk}"'
        assert lead_page(alice_client, named.assessment).count(key) == 4
        assert key in confirmation(alice_client, named.assessment)
        close_round(rating_round=named, now=timezone.now())
        assert lead_page(alice_client, named.assessment).count(key) == 1


class TestReOpening:
    def test_who_is_invited_after_it_is_seen_by_nobody_until_it_is_opened_anew(
        self, alice_client: Client, named: RatingRound
    ) -> None:
        assessment = named.assessment
        score(invited(named))
        open_comparison(rating_round=named, now=timezone.now())
        assert "Its comparison is closed until you open it anew." in press(alice_client, assessment, "reopen/")
        omar = invited(named, "Omar Olsen", PRODUCTION)
        browser = begun(omar)
        told = "Until the lead opens the comparison, nobody but you sees what you rate."
        assert told in shown(browser.get(path(omar)))
        rate(browser, omar, capa__choice="1", capa__rationale="Half a thought")
        press(alice_client, assessment, "close/")
        report = f"/assessments/{assessment.pk}/report/"
        for address in (lead_path(assessment, "comparison/"), f"/assessments/{assessment.pk}/PQS/", report):
            page = alice_client.get(address).text
            assert "Half a thought" not in page
            assert "rated it" not in page
        press(alice_client, assessment, "compare/", confirmed="on")
        assert "Half a thought" in alice_client.get(lead_path(assessment, "comparison/")).text
        assert "Two raters rated it" in alice_client.get(report).text

    def test_the_report_goes_back_to_the_round_that_was_compared_before(
        self, alice_client: Client, named: RatingRound, alice: Person
    ) -> None:
        score(invited(named))
        open_comparison(rating_round=named, now=timezone.now())
        second = opened(named.assessment, alice)
        for rater in three(second):
            score(rater)
        report = f"/assessments/{named.assessment_id}/report/"
        open_comparison(rating_round=second, now=timezone.now())
        assert "Three raters rated it" in alice_client.get(report).text
        reopen_round(rating_round=second)
        for _ in range(2):
            assert "One rater rated it" in alice_client.get(report).text
            close_round(rating_round=second, now=timezone.now())
