"""A link for one person: looking at it uses nothing up, beginning binds it to one browser, and then it is taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessments.invitations import begin
from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import close_round
from tests.raters import begun, invited, link_path, opened, path
from tests.sent_forms import shown
from tests.signing import sign_off

EMAIL = "rita@acme.example"


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def rita(named: RatingRound) -> Rater:
    return invited(named, email=EMAIL)


def browser_cookie(browser: Client) -> Any:
    return browser.cookies["rater"]


class TestLookingAtIt:
    def test_it_says_who_asks_what_and_who_will_see_what(self, client: Client, rita: Rater) -> None:
        page = shown(client.get(link_path(rita)))
        for text in ("Alice Adler asks <bdi>Rita Roth</bdi>", "Acme · Northfield · Autumn 2026", "quality", "none"):
            assert text in page
        assert "Technical Excellence" in page
        assert "the lead sees your name and function beside everything you gave" in page
        assert "“The lead” means Alice Adler and whoever else manages assessments of Acme here." in page
        assert "r…@acme.example" in page
        assert EMAIL not in page

    def test_it_uses_nothing_up(self, client: Client, rita: Rater) -> None:
        for method in ("get", "head", "get"):
            response = getattr(client, method)(link_path(rita))
            assert response.status_code == 200
            assert "rater" not in response.cookies
        rita.refresh_from_db()
        assert (rita.is_claimable, rita.begun_at, rita.browser_key) == (True, None, "")

    def test_nobody_keeps_the_page(self, client: Client, rita: Rater) -> None:
        assert {"private", "no-store"} <= set(client.get(link_path(rita))["Cache-Control"].split(", "))

    def test_an_anonymous_round_says_other_things(self, client: Client, assessment: Assessment, alice: Person) -> None:
        page = shown(client.get(link_path(invited(opened(assessment, alice, is_anonymous=True)))))
        assert "This round is anonymous, and that cannot be changed." in page
        assert "A function with fewer than three raters is shown only as part of “all”" in page
        assert "with neither name nor function" in page
        assert "Whoever invites the raters could take part under several names" in page
        assert "your name and function beside" not in page

    def test_it_leads_nowhere_else(self, alice_client: Client, rita: Rater) -> None:
        """Not even for the lead, who is signed in beside it."""
        page = alice_client.get(link_path(rita)).text
        assert "/assessments/" not in page
        assert "Sign out" not in page

    def test_whoever_invited_may_have_no_account_any_more(self, client: Client, rita: Rater, alice: Person) -> None:
        link = link_path(rita)
        alice.delete()
        page = shown(client.get(link))
        assert "“The lead” means whoever manages assessments of Acme here." in page


class TestBeginning:
    def test_it_leads_to_the_rating_and_gives_the_browser_a_key_for_these_pages_alone(
        self, client: Client, rita: Rater
    ) -> None:
        response = client.post(link_path(rita))
        assert (response.status_code, response["Location"]) == (302, path(rita))
        cookie = browser_cookie(client)
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (path(rita), True, "Lax")
        assert not cookie["secure"]
        rita.refresh_from_db()
        assert rita.browser_key
        assert cookie.value not in rita.browser_key
        assert client.get(path(rita)).status_code == 200

    def test_under_https_the_key_travels_by_https_alone(self, client: Client, rita: Rater, settings: Any) -> None:
        settings.SESSION_COOKIE_SECURE = True
        client.post(link_path(rita))
        assert client.cookies[f"__Host-rater-{rita.pk.hex}"]["secure"]

    def test_the_link_leads_its_own_browser_back(self, rita: Rater) -> None:
        browser = begun(rita)
        for method in ("get", "post"):
            response = getattr(browser, method)(link_path(rita))
            assert (response.status_code, response["Location"]) == (302, path(rita))

    def test_the_form_needs_its_token(self, rita: Rater) -> None:
        assert Client(enforce_csrf_checks=True).post(link_path(rita)).status_code == 403
        rita.refresh_from_db()
        assert rita.is_claimable

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_another_browser_is_told_that_the_link_is_taken(self, client: Client, rita: Rater, method: str) -> None:
        begun(rita)
        response = getattr(client, method)(link_path(rita))
        assert response.status_code == 403
        page = shown(response)
        assert "This link has been opened in another browser" in page
        assert str(timezone.now().year) not in page.split("<main")[1].replace("Autumn 2026", "")
        assert "Send a new link to r…@acme.example" in page
        assert EMAIL not in page
        assert "rater" not in response.cookies
        assert client.get(path(rita)).status_code == 404

    def test_without_an_address_one_asks_whoever_invited(self, client: Client, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen")
        begun(omar)
        page = shown(client.get(link_path(omar)))
        assert "ask Alice Adler" in page
        assert "Send a new link" not in page

    def test_who_comes_second_at_the_same_moment_is_told_so(
        self, client: Client, rita: Rater, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("assessments.views.rater_links.begin", lambda **_: None)
        Rater.objects.update(begun_at=timezone.now())
        response = client.post(link_path(rita))
        assert response.status_code == 403
        assert "opened in another browser" in shown(response)

    def test_nobody_begins_while_the_round_is_closed(self, client: Client, rita: Rater, named: RatingRound) -> None:
        close_round(rating_round=named, now=timezone.now())
        page = shown(client.get(link_path(rita)))
        assert "The round was closed on" in page
        assert ">Begin</button>" not in page
        assert client.post(link_path(rita)).status_code == 409
        rita.refresh_from_db()
        assert rita.is_claimable

    def test_nobody_begins_once_the_assessment_is_signed_off(self, client: Client, rita: Rater) -> None:
        sign_off()
        assert "This assessment has been signed off" in shown(client.get(link_path(rita)))
        assert client.post(link_path(rita)).status_code == 409


class TestAnotherDevice:
    def test_the_first_browser_ends_when_the_second_begins(self, client: Client, rita: Rater) -> None:
        first = begun(rita)
        used = link_path(rita)
        assert first.post(path(rita, "device/")).status_code == 302
        link = link_path(rita)
        assert link in first.get(path(rita)).text
        assert first.get(path(rita)).status_code == 200
        assert "Go on in this browser" in shown(client.get(link))
        begun(rita, client)
        assert client.get(path(rita)).status_code == 200
        assert first.get(path(rita)).status_code == 404
        assert first.get(used).status_code == 404
        assert link not in client.get(path(rita)).text

    def test_nobody_else_makes_one(self, client: Client, alice_client: Client, rita: Rater) -> None:
        begun(rita)
        before = link_path(rita)
        for stranger in (client, alice_client):
            assert stranger.post(path(rita, "device/")).status_code == 404
        assert link_path(rita) == before


class TestANewLinkByMail:
    def test_it_goes_to_the_invited_address_and_is_shown_to_nobody(self, client: Client, rita: Rater) -> None:
        first = begun(rita)
        response = client.post(f"{link_path(rita)}new-link/")
        assert response.status_code == 200
        (sent,) = mail.outbox
        assert sent.to == [EMAIL]
        new = link_path(rita)
        assert f"http://127.0.0.1:8000{new}" in sent.body
        assert new not in response.text
        assert EMAIL not in response.text
        assert first.get(path(rita)).status_code == 200
        begun(rita, client)
        assert first.get(path(rita)).status_code == 404

    def test_not_again_within_minutes(self, client: Client, rita: Rater) -> None:
        begun(rita)
        client.post(f"{link_path(rita)}new-link/")
        begun(rita)
        link = link_path(rita)
        response = client.post(f"{link}new-link/")
        assert response.status_code == 409
        assert "a few minutes ago" in shown(response)
        assert len(mail.outbox) == 1
        Rater.objects.update(mailed_at=timezone.now() - timedelta(minutes=11))
        assert client.post(f"{link}new-link/").status_code == 200
        assert len(mail.outbox) == 2

    def test_when_the_mail_fails_the_link_still_leads_here(
        self, client: Client, rita: Rater, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun(rita)
        link = link_path(rita)
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", _refuse)
            response = client.post(f"{link}new-link/")
        assert response.status_code == 409
        assert "could not be sent" in shown(response)
        assert client.get(link).status_code == 403
        assert client.post(f"{link}new-link/").status_code == 200
        assert len(mail.outbox) == 1

    def test_none_for_a_link_that_has_not_been_used_or_has_no_address(self, client: Client, named: RatingRound) -> None:
        unused = invited(named, email=EMAIL)
        without = invited(named, "Omar Olsen")
        begun(without)
        for rater in (unused, without):
            response = client.post(f"{link_path(rater)}new-link/")
            assert (response.status_code, response["Location"]) == (302, link_path(rater))
        assert mail.outbox == []

    def test_none_in_a_closed_round(self, client: Client, rita: Rater, named: RatingRound) -> None:
        begun(rita)
        close_round(rating_round=named, now=timezone.now())
        assert "Send a new link" not in shown(client.get(link_path(rita)))
        assert client.post(f"{link_path(rita)}new-link/").status_code == 302
        assert mail.outbox == []

    def test_an_address_that_was_removed_gets_none(self, rita: Rater) -> None:
        browser = begun(rita)
        assert EMAIL in browser.get(path(rita)).text
        assert browser.post(path(rita, "address/")).status_code == 302
        page = shown(browser.get(path(rita)))
        assert EMAIL not in page
        assert "No e-mail address is known for you" in page


def _refuse(*_: Any, **__: Any) -> None:
    raise ConnectionRefusedError


def test_of_two_who_begin_at_once_one_is_bound(assessment: Assessment, alice: Person) -> None:
    rater = invited(opened(assessment, alice))
    assert begin(rater=rater, now=timezone.now())
    assert begin(rater=rater, now=timezone.now()) is None
