"""How access to a rating ends, what a key opens, and that all who have neither link nor key see the same."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assessments.invitations import withdraw_rater
from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import open_comparison
from tests.raters import begun, invited, link_path, opened, path, score
from tests.sent_forms import shown

EMAIL = "rita@acme.example"


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def rita(named: RatingRound) -> Rater:
    return invited(named, email=EMAIL)


def browser_cookie(browser: Client) -> Any:
    return browser.cookies["rater"]


class TestEnding:
    def test_a_wrong_secret_and_an_unknown_rater_are_the_same_answer(self, client: Client, rita: Rater) -> None:
        secret = link_path(rita).split("/")[-2]
        for part in (f"{secret}/", f"{secret[:-1]}/", f"{secret.swapcase()}/", "x/", f"{secret[:8]}/", "", "PQS/"):
            unknown = client.get(f"/rate/{uuid4()}/{part}")
            response = unknown if secret in part else client.get(path(rita, part))
            assert response.status_code == unknown.status_code == 404
            assert response.content == unknown.content
            assert response.headers == unknown.headers

    def test_nothing_of_it_is_named_there(self, client: Client, rita: Rater) -> None:
        page = client.get(path(rita)).text
        for secret in ("Acme", "Northfield", "Rita", "Alice", str(rita.pk)):
            assert secret not in page

    def test_a_link_that_was_withdrawn_says_so(self, client: Client, rita: Rater) -> None:
        link = link_path(rita)
        withdraw_rater(rater=rita, now=timezone.now())
        for method in ("get", "post"):
            response = getattr(client, method)(link)
            assert response.status_code == 410
            assert "This invitation has been withdrawn" in shown(response)

    def test_a_link_that_has_expired_says_so(self, client: Client, rita: Rater) -> None:
        Rater.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        response = client.get(link_path(rita))
        assert response.status_code == 410
        assert "This link has expired" in shown(response)
        assert client.post(link_path(rita)).status_code == 410

    def test_with_a_wrong_secret_nobody_learns_that_it_was_withdrawn(self, client: Client, rita: Rater) -> None:
        withdraw_rater(rater=rita, now=timezone.now())
        assert client.get(path(rita, "wrong/")).status_code == 404

    @pytest.mark.parametrize("ended", [{"withdrawn_at": timezone.now()}, {"expires_at": timezone.now()}])
    def test_a_browser_ends_at_once(self, rita: Rater, ended: dict[str, Any]) -> None:
        browser = begun(rita)
        Rater.objects.update(**ended)
        for part in ("", "PQS/"):
            assert browser.get(path(rita, part)).status_code == 410
        for part in ("done/", "device/", "address/"):
            assert browser.post(path(rita, part)).status_code == 410

    def test_a_deleted_assessment_was_never_there(self, client: Client, rita: Rater) -> None:
        browser = begun(rita)
        link = link_path(rita)
        Assessment.objects.all().delete()
        assert client.get(link).status_code == browser.get(path(rita)).status_code == 404

    def test_after_the_comparison_the_page_says_that_nothing_changes(self, rita: Rater, named: RatingRound) -> None:
        browser = begun(rita)
        score(rita)
        open_comparison(rating_round=named, now=timezone.now())
        page = shown(browser.get(path(rita)))
        assert "Alice Adler closed the round on" in page
        assert "has opened the comparison: your rating can no longer change" in page
        assert "I am done" not in page


class TestKeys:
    def test_one_rater_s_key_opens_no_other_rating(self, rita: Rater, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen")
        begun(omar)
        browser = begun(rita)
        browser.cookies["rater"]["path"] = "/"  # a browser would not send it there
        assert browser.get(path(rita)).status_code == 200
        for part in ("", "PQS/"):
            assert browser.get(path(omar, part)).status_code == 404

    @pytest.mark.parametrize("key", ["", "x", "\0", "é", "a" * 5000])
    def test_a_made_up_key_opens_nothing(self, client: Client, rita: Rater, key: str) -> None:
        begun(rita)
        client.cookies["rater"] = key
        assert client.get(path(rita)).status_code == 404

    def test_the_hash_is_no_key(self, client: Client, rita: Rater) -> None:
        begun(rita)
        rita.refresh_from_db()
        client.cookies["rater"] = rita.browser_key
        assert client.get(path(rita)).status_code == 404

    def test_who_is_signed_in_has_no_key(self, alice_client: Client, mallory_client: Client, rita: Rater) -> None:
        begun(rita)
        for stranger in (alice_client, mallory_client):
            for part in ("", "PQS/"):
                assert stranger.get(path(rita, part)).status_code == 404
