"""The lead invites raters, renews their links and withdraws them; a link that was begun with is shown to no lead."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import close_round, open_comparison
from tests.raters import RITA, SECRET, begun, invited, lead_page, lead_path, link_path, opened, press, refused, score
from tests.sent_forms import shown


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def anonymous(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice, is_anonymous=True)


class TestInviting:
    def test_by_a_link_to_copy(self, alice_client: Client, named: RatingRound) -> None:
        html = press(alice_client, named.assessment, "invite/", **RITA)
        rita = Rater.objects.get()
        assert "Rita Roth has been invited. Copy the link below and hand it over." in html
        assert f'value="http://127.0.0.1:8000{link_path(rita)}" readonly' in html
        assert "Quality · all practice areas" in html
        assert mail.outbox == []
        assert rita.mailed_at is None

    def test_by_mail(self, alice_client: Client, named: RatingRound) -> None:
        html = press(alice_client, named.assessment, "invite/", **RITA | {"email": "rita@acme.example"})
        assert "Rita Roth has been invited. The mail went to rita@acme.example." in html
        assert [sent.to for sent in mail.outbox] == [["rita@acme.example"]]
        assert Rater.objects.get().mailed_at is not None

    def test_to_some_areas(self, alice_client: Client, named: RatingRound) -> None:
        html = press(alice_client, named.assessment, "invite/", **RITA | {"areas": ["TE", "PQS"]})
        assert "Quality · Advanced Pharmaceutical Quality System, Technical Excellence" in html
        assert Rater.objects.get().ratings.count() == 8

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"name": " "}, "This field is required."),
            ({"name": "Rita\nRoth"}, "Write this on one line."),
            ({"email": "rita at acme"}, "This is not an e-mail address."),
            ({"email": "rita@acme.example\nBcc: all@acme.example"}, "This is not an e-mail address."),
            ({"function": ""}, "This field is required."),
            ({"function": "spy"}, "Select a valid choice."),
            ({"areas": []}, "Choose at least one practice area."),
            ({"areas": ["XYZ"]}, "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(
        self, alice_client: Client, named: RatingRound, wrong: dict[str, Any], message: str
    ) -> None:
        typed = {"name": "Rita <b>", "email": "r@acme.example", "function": "quality", "areas": ["TE"]} | wrong
        html = refused(alice_client, named.assessment, "invite/", 422, **typed)
        assert message in html
        kept = "name" if "name" not in wrong else "email"
        assert f'value="{str(typed[kept]).replace("<", "&lt;").replace(">", "&gt;")}"' in html
        assert not Rater.objects.exists()
        assert mail.outbox == []

    def test_twice_is_told_at_the_field(self, alice_client: Client, named: RatingRound) -> None:
        invited(named)
        html = refused(alice_client, named.assessment, "invite/", 422, **RITA)
        assert "Rita Roth (quality) has been invited already." in html
        assert Rater.objects.count() == 1

    def test_to_a_closed_round_is_refused_with_what_was_typed(self, alice_client: Client, named: RatingRound) -> None:
        close_round(rating_round=named, now=timezone.now())
        html = refused(alice_client, named.assessment, "invite/", **RITA)
        assert "The round is closed. Re-open it first." in html
        assert 'value="Rita Roth"' in html

    def test_a_mail_that_fails_undoes_nothing(
        self, alice_client: Client, named: RatingRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any, **__: Any) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        html = press(alice_client, named.assessment, "invite/", **RITA | {"email": "rita@acme.example"})
        assert "The mail to rita@acme.example could not be sent" in html
        assert "Copy the link below and hand it over." in html
        rita = Rater.objects.get()
        assert link_path(rita) in html
        assert rita.mailed_at is None

    def test_a_get_of_a_button_s_address_leads_to_the_page(self, alice_client: Client, named: RatingRound) -> None:
        for part in ("invite/", "close/", "round/", "remind/", "deadline/", "reopen/"):
            response = alice_client.get(lead_path(named.assessment, part))
            assert (response.status_code, response["Location"]) == (302, lead_path(named.assessment))
        assert RatingRound.objects.get().is_open


class TestRenewing:
    def test_before_beginning_the_lead_gets_another_link(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named)
        before = link_path(rita)
        html = press(alice_client, named.assessment, f"{rita.pk}/renew/")
        assert "Rita Roth has a new link; the one before no longer works." in html
        assert link_path(rita) in html
        assert Client().get(before).status_code == 404

    def test_with_an_address_it_is_mailed_too(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named, email="rita@acme.example")
        press(alice_client, named.assessment, f"{rita.pk}/renew/")
        assert link_path(rita) in mail.outbox[0].body

    def test_after_beginning_it_goes_by_mail_alone(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named, email="rita@acme.example")
        browser = begun(rita)
        html = press(alice_client, named.assessment, f"{rita.pk}/renew/")
        assert "A new link for Rita Roth alone. The mail went to rita@acme.example." in html
        assert SECRET.findall(html) == []
        assert link_path(rita) in mail.outbox[0].body
        assert browser.get(f"/rate/{rita.pk}/").status_code == 200

    def test_without_an_address_there_is_more_time_and_no_link(self, alice_client: Client, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen")
        browser = begun(omar)
        Rater.objects.update(expires_at=timezone.now())
        assert "Give more time" in lead_page(alice_client, named.assessment)
        html = press(alice_client, named.assessment, f"{omar.pk}/renew/")
        assert "Omar Olsen has more time, in the browser in which they began." in html
        assert SECRET.findall(html) == []
        assert browser.get(f"/rate/{omar.pk}/").status_code == 200


class TestWithdrawing:
    def test_it_is_confirmed_first(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named)
        part = f"{rita.pk}/withdraw/"
        assert "cannot be undone" in shown(alice_client.get(lead_path(named.assessment, part)))
        assert "Tick the box" in refused(alice_client, named.assessment, part, 422)
        html = press(alice_client, named.assessment, part, confirmed="on")
        assert "Withdrawn on" in html
        assert Rater.objects.get().withdrawn_at is not None

    def test_not_once_the_comparison_is_open(self, alice_client: Client, named: RatingRound) -> None:
        rita = invited(named)
        score(rita)
        open_comparison(rating_round=named, now=timezone.now())
        assert ">Withdraw<" not in lead_page(alice_client, named.assessment)
        html = refused(alice_client, named.assessment, f"{rita.pk}/withdraw/", confirmed="on")
        assert "Re-open the round to withdraw a rater." in html
