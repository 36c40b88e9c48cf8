"""Who has lost the browser in which they began comes back by a reminder, and nobody else by what stands in it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessments.invitations import withdraw_rater
from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rater_links import lost_link_of
from assessments.rater_mails import remind
from assessments.rounds import close_round
from tests.raters import SECRET, begun, invited, link_path, opened, path
from tests.sent_forms import shown

EMAIL = "rita@acme.example"


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def rita(named: RatingRound) -> Rater:
    """She has begun, and then made a link for another device, which ended the link of her invitation."""
    rater = invited(named, email=EMAIL)
    invitation = link_path(rater)
    begun(rater).post(path(rater, "device/"))
    assert Client().get(invitation).status_code == 404
    rater.refresh_from_db()
    return rater


def lost_path(rater: Rater) -> str:
    return re.sub(r"^https?://[^/]+", "", lost_link_of(rater))


def test_a_reminder_leads_back(client: Client, rita: Rater, named: RatingRound) -> None:
    remind(named, timezone.now())
    body = str(mail.outbox[-1].body)
    (link,) = re.findall(r"\nhttp://127.0.0.1:8000(/rate/\S+/lost/\S+/)\n", body)
    page = shown(client.get(link))
    assert "Your rating opens in another browser" in page
    assert "Send a new link to r…@acme.example" in page
    assert EMAIL not in page
    response = client.post(link)
    assert (response.status_code, [sent.to for sent in mail.outbox]) == (200, [[EMAIL], [EMAIL]])
    assert link_path(rita) in mail.outbox[-1].body
    assert link_path(rita) not in response.text
    begun(rita, client)
    assert client.get(path(rita)).status_code == 200


def test_by_itself_it_opens_nothing(client: Client, alice_client: Client, rita: Rater, named: RatingRound) -> None:
    """As when a rater answers the lead, with the reminder quoted below."""
    remind(named, timezone.now())
    assert SECRET.findall(str(mail.outbox[-1].body)) == []
    for stranger in (client, alice_client):
        response = stranger.post(lost_path(rita))
        assert "rater" not in response.cookies
        assert SECRET.findall(response.text) == []
        assert stranger.get(lost_path(rita).replace("lost/", "")).status_code == 404
        assert stranger.get(path(rita)).status_code == 404


def test_it_sends_no_second_mail_within_minutes(client: Client, rita: Rater) -> None:
    client.post(lost_path(rita))
    response = client.post(lost_path(rita))
    assert response.status_code == 409
    assert "a few minutes ago" in shown(response)
    assert len(mail.outbox) == 1


def test_a_mail_that_fails_is_told(client: Client, rita: Rater, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    response = client.post(lost_path(rita))
    assert response.status_code == 409
    assert "could not be sent" in shown(response)


def test_the_browser_in_which_it_was_begun_goes_on(named: RatingRound) -> None:
    omar = invited(named, "Omar Olsen", email="omar@acme.example")
    browser = begun(omar)
    for method in ("get", "post"):
        response = getattr(browser, method)(lost_path(omar))
        assert (response.status_code, response["Location"]) == (302, path(omar))
    assert mail.outbox == []


def test_it_ends_with_the_address(client: Client, rita: Rater) -> None:
    link = lost_path(rita)
    Rater.objects.update(email="")
    rita.refresh_from_db()
    for address in (link, lost_path(rita)):
        assert client.get(address).status_code == client.post(address).status_code == 404


def test_it_ends_with_the_access(client: Client, rita: Rater) -> None:
    Rater.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(lost_path(rita)).status_code == 410
    withdraw_rater(rater=rita, now=timezone.now())
    assert client.post(lost_path(rita)).status_code == 410
    assert mail.outbox == []


def test_a_closed_round_sends_none(client: Client, rita: Rater, named: RatingRound) -> None:
    close_round(rating_round=named, now=timezone.now())
    page = shown(client.get(lost_path(rita)))
    assert "The round was closed on" in page
    assert "Send a new link" not in page
    assert client.post(lost_path(rita)).status_code == 409
    assert mail.outbox == []
