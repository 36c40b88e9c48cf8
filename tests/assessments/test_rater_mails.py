"""Mails to raters: plain, for one person, with the link at the site's own address, safe in every header."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rater_links import secret_of
from assessments.rater_mails import Kind, Sent, mail_link, remind
from assessments.rounds import RefusedError, close_round
from tests.raters import LEADERSHIP, PRODUCTION, RITA, begun, invited, link_path, opened, press, refused
from tests.sent_forms import shown

EMAIL = "rita@acme.example"


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice, deadline=timezone.localdate() + timedelta(days=9))


@pytest.fixture
def rita(named: RatingRound) -> Rater:
    return invited(named, email=EMAIL)


def sent_to(rater: Rater) -> str:
    (one,) = [message for message in mail.outbox if message.to == [rater.email]]
    return str(one.body)


class TestTheInvitation:
    def test_it_says_who_asks_what_until_when_and_who_will_see_what(self, rita: Rater, named: RatingRound) -> None:
        assert mail_link(Kind.INVITATION, rita, timezone.now()) is Sent.SENT
        (message,) = mail.outbox
        assert message.subject == "Alice Adler asks for your rating: Northfield, Autumn 2026"
        assert message.from_email == "QMM self-assessment <noreply@example.com>"
        assert message.reply_to == ["alice@acme.example"]
        assert named.deadline is not None
        for text in (
            "Dear Rita Roth,",
            "Autumn 2026, July to September 2026",
            "Northfield, Acme",
            "quality",
            f"{named.deadline.day} ",
            f"\nhttp://127.0.0.1:8000{link_path(rita)}\n",
            "the lead sees your name and function beside everything you gave",
        ):
            assert text in message.body
        assert "&" not in message.body

    def test_of_an_anonymous_round_it_promises_that(self, assessment: Assessment, alice: Person) -> None:
        rater = invited(opened(assessment, alice, is_anonymous=True), email=EMAIL)
        mail_link(Kind.INVITATION, rater, timezone.now())
        assert "This round is anonymous, and that cannot be changed." in sent_to(rater)
        assert "your name and function beside" not in sent_to(rater)

    def test_the_link_is_at_the_site_s_own_address_whatever_the_request_claims(
        self, alice_client: Client, named: RatingRound, settings: Any
    ) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        typed = RITA | {"email": EMAIL, "round": named.pk}
        address = f"/assessments/{named.assessment_id}/raters/invite/"
        assert alice_client.post(address, typed, headers={"host": "evil.example"}).status_code == 302
        assert "evil.example" not in mail.outbox[0].body
        assert "http://127.0.0.1:8000/rate/" in mail.outbox[0].body

    @pytest.mark.asvs("1.3.11")
    def test_no_name_breaks_a_header(self, rita: Rater, named: RatingRound) -> None:
        named.assessment.title = "Autumn\r\nBcc: everybody@acme.example\n\n" + "long " * 60
        rita.round = named
        rita.name = "Rita & <Roth>\nBcc: x@acme.example"
        assert mail_link(Kind.INVITATION, rita, timezone.now()) is Sent.SENT
        (message,) = mail.outbox
        assert "\n" not in message.subject
        assert message.recipients() == [EMAIL]
        assert "bcc" not in {name.lower() for name in message.message().keys()}  # noqa: SIM118
        assert "Dear Rita & <Roth>" in message.body

    def test_without_a_mail_server_it_is_printed_and_the_page_says_so(
        self, alice_client: Client, named: RatingRound, settings: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        typed = RITA | {"email": EMAIL, "round": named.pk}
        page = shown(alice_client.post(f"/assessments/{named.assessment_id}/raters/invite/", typed, follow=True))
        assert "This server sends no mail yet: it is printed in the window or log where the server runs." in page
        assert link_path(Rater.objects.get()) in capsys.readouterr().out

    @pytest.mark.asvs("16.5.2")
    @pytest.mark.parametrize("failure", [ConnectionRefusedError, TimeoutError, smtplib.SMTPAuthenticationError])
    def test_whatever_the_mail_server_does_is_told(
        self, rita: Rater, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
    ) -> None:
        def refuse(*_: Any, **__: Any) -> None:
            raise failure(535, b"no") if failure is smtplib.SMTPAuthenticationError else failure

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        assert mail_link(Kind.INVITATION, rita, timezone.now()) is Sent.FAILED
        rita.refresh_from_db()
        assert rita.mailed_at is None

    def test_a_mail_server_that_does_not_even_answer_is_told(
        self, rita: Rater, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", _refuse)
        assert mail_link(Kind.INVITATION, rita, timezone.now()) is Sent.FAILED


def _refuse(*_: Any, **__: Any) -> None:
    raise ConnectionRefusedError


class Particular(EmailBackend):
    """A mail server that refuses Bert's address and breaks off at Cleo's."""

    def send_messages(self, messages: Sequence[Any]) -> int:
        (address,) = messages[0].to
        if address.startswith("bert"):
            raise smtplib.SMTPRecipientsRefused({address: (550, b"no such user")})
        if address.startswith("cleo"):
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


class TestSeveral:
    @pytest.fixture(autouse=True)
    def particular(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "tests.assessments.test_rater_mails.Particular"

    def reminded(self, rating_round: RatingRound, *names: str) -> list[str]:
        for name in names:
            invited(rating_round, name, email=f"{name.lower()}@acme.example")
        return [f"{rater.name} {outcome}" for rater, outcome in remind(rating_round, timezone.now())]

    def test_a_refused_address_concerns_nobody_else(self, named: RatingRound) -> None:
        assert self.reminded(named, "Alva", "Bert", "Dora") == ["Alva sent", "Bert failed", "Dora sent"]
        assert [message.to for message in mail.outbox] == [["alva@acme.example"], ["dora@acme.example"]]
        noted = Rater.objects.order_by("name").values_list("reminded_at", flat=True)
        assert [moment is not None for moment in noted] == [True, False, True]

    def test_the_page_names_each_that_could_not_be_sent(self, named: RatingRound, alice_client: Client) -> None:
        for name in ("Alva", "Bert", "Dora"):
            invited(named, name, email=f"{name.lower()}@acme.example")
        page = press(alice_client, named.assessment, "remind/")
        assert "Reminded: Alva, Dora." in page
        assert "Bert was not reminded. The mail to bert@acme.example could not be sent" in page

    def test_a_connection_that_is_gone_ends_what_would_follow(self, named: RatingRound) -> None:
        assert self.reminded(named, "Alva", "Cleo", "Dora") == ["Alva sent", "Cleo failed", "Dora failed"]


class TestReminders:
    def test_all_who_are_not_done_and_have_an_address(self, rita: Rater, named: RatingRound) -> None:
        finished = invited(named, "Fritz Frei", email="fritz@acme.example")
        withdrawn = invited(named, "Wim Wolf", email="wim@acme.example")
        expired = invited(named, "Eva Ernst", email="eva@acme.example")
        invited(named, "Omar Olsen", PRODUCTION)
        now = timezone.now()
        Rater.objects.filter(pk=finished.pk).update(finished_at=now)
        Rater.objects.filter(pk=withdrawn.pk).update(withdrawn_at=now)
        Rater.objects.filter(pk=expired.pk).update(expires_at=now)
        told = remind(named, now)
        assert [(rater.name, outcome) for rater, outcome in told] == [("Rita Roth", Sent.SENT)]
        assert [message.to for message in mail.outbox] == [[EMAIL]]
        rita.refresh_from_db()
        assert rita.reminded_at == now

    def test_who_has_not_begun_gets_the_link_again(self, rita: Rater, named: RatingRound) -> None:
        remind(named, timezone.now())
        assert f"http://127.0.0.1:8000{link_path(rita)}" in sent_to(rita)

    def test_who_has_begun_gets_none(self, rita: Rater, named: RatingRound) -> None:
        browser = begun(rita)
        browser.post(f"/rate/{rita.pk}/device/")
        rita.refresh_from_db()
        remind(named, timezone.now())
        body = sent_to(rita)
        assert secret_of(rita) not in body
        assert f"http://127.0.0.1:8000/rate/{rita.pk}/\n" in body
        assert "Go on in the browser in which you began" in body

    def test_one_alone(self, rita: Rater, named: RatingRound) -> None:
        lena = invited(named, "Lena Lang", LEADERSHIP, email="lena@acme.example")
        remind(named, timezone.now(), only=lena)
        assert [message.to for message in mail.outbox] == [["lena@acme.example"]]

    def test_a_second_click_sends_nothing(self, rita: Rater, named: RatingRound) -> None:
        now = timezone.now()
        remind(named, now)
        with pytest.raises(RefusedError, match="less than a minute ago"):
            remind(named, now + timedelta(seconds=30))
        remind(named, now + timedelta(seconds=61))
        assert len(mail.outbox) == 2

    def test_nobody_to_remind_is_said(self, named: RatingRound) -> None:
        invited(named)
        with pytest.raises(RefusedError, match="Nobody was reminded"):
            remind(named, timezone.now())

    def test_not_in_a_closed_round(self, rita: Rater, named: RatingRound) -> None:
        close_round(rating_round=named, now=timezone.now())
        named.refresh_from_db()
        with pytest.raises(RefusedError, match="closed"):
            remind(named, timezone.now())

    def test_what_fails_is_not_noted_as_sent(
        self, rita: Rater, named: RatingRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.core.mail.EmailMessage.send", _refuse)
        assert [outcome for _, outcome in remind(named, timezone.now())] == [Sent.FAILED]
        rita.refresh_from_db()
        assert rita.reminded_at is None

    def test_the_page_says_who_was_reminded(self, alice_client: Client, rita: Rater, named: RatingRound) -> None:
        raters = f"/assessments/{named.assessment_id}/raters/"
        page = shown(alice_client.post(f"{raters}{rita.pk}/remind/", follow=True))
        assert "Reminded: Rita Roth." in page
        assert "· reminded" in page
        assert "less than a minute ago" in refused(alice_client, named.assessment, "remind/")

    def test_the_page_says_who_was_not(
        self, alice_client: Client, rita: Rater, named: RatingRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.core.mail.EmailMessage.send", _refuse)
        page = press(alice_client, named.assessment, "remind/")
        assert "Rita Roth was not reminded. The mail to rita@acme.example could not be sent" in page
