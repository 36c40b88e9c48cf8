"""Two people on one answer, and a page that comes too late: nothing is overwritten unseen, nothing typed is lost."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assessments.answering import save_page
from assessments.models import Assessment, Membership, Organisation, Person, Role
from tests.sent_forms import Fields, address, fields_of, send, send_page, shown, stored
from tests.signing import sign_off


@pytest.fixture
def bob_client(acme: Organisation) -> Client:
    """Bob answers for Acme too."""
    bob = Person.objects.create_user("bob@acme.example", name="Bob Brandt")
    Membership.objects.create(person=bob, organisation=acme, role=Role.OWNER)
    client = Client()
    client.force_login(bob)
    return client


class TestConflict:
    def test_the_other_answer_is_shown_beside_what_was_typed(
        self, alice_client: Client, bob_client: Client, assessment: Assessment
    ) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        send(
            bob_client, assessment, capa__exact="2.5", capa__rationale="Bob <saw>", **{"capa-evidence-0-title": "QA-7"}
        )
        typed = {"capa__choice": "4", "capa__rationale": "Alice saw", "continual-improvement__choice": "1"}
        response = send_page(alice_client, assessment, page, **typed)
        assert response.status_code == 409
        html = shown(response)
        assert re.search(r"Bob Brandt answered meanwhile, \d+ \w+ \d{4}, \d\d:\d\d:\d\d UTC", html)
        for text in ("<strong>2.5</strong>", "Bob &lt;saw&gt;", "<li>QA-7</li>", '<a href="#capa-keep-mine">'):
            assert text in html
        kept = fields_of(response)
        assert {name.replace("__", "-"): text for name, text in typed.items()}.items() <= kept.items()
        assert (stored(assessment).score, stored(assessment, "continual-improvement").version) == (Decimal("2.5"), 0)

    def conflicting(self, alice_client: Client, bob_client: Client, assessment: Assessment) -> Fields:
        page = fields_of(alice_client.get(address(assessment)))
        send(bob_client, assessment, capa__choice="2")
        typed = {"capa__choice": "4", "continual-improvement__choice": "1"}
        return fields_of(send_page(alice_client, assessment, page, **typed))

    @pytest.mark.parametrize(("keep", "score"), [("mine", 4), ("theirs", 2)])
    def test_one_of_the_two_is_taken_and_the_rest_of_the_page_is_stored(
        self, alice_client: Client, bob_client: Client, assessment: Assessment, keep: str, score: int
    ) -> None:
        page = self.conflicting(alice_client, bob_client, assessment)
        assert send_page(alice_client, assessment, page, capa__keep=keep).status_code == 302
        assert stored(assessment).score == score
        assert stored(assessment, "continual-improvement").score == 1

    def test_saving_again_without_a_decision_stores_nothing(
        self, alice_client: Client, bob_client: Client, assessment: Assessment
    ) -> None:
        page = self.conflicting(alice_client, bob_client, assessment)
        assert send_page(alice_client, assessment, page).status_code == 409
        assert (stored(assessment).score, stored(assessment).version) == (Decimal(2), 1)

    def test_a_decision_is_asked_anew_when_a_third_answer_came(
        self, alice_client: Client, bob_client: Client, assessment: Assessment
    ) -> None:
        page = self.conflicting(alice_client, bob_client, assessment)
        send(bob_client, assessment, capa__choice="5")
        response = send_page(alice_client, assessment, page, capa__keep="mine")
        assert response.status_code == 409
        assert "<strong>5.0</strong>" in shown(response)
        assert "capa-keep" not in fields_of(response)
        assert stored(assessment).score == Decimal(5)

    def test_a_mistake_elsewhere_keeps_the_decision(
        self, alice_client: Client, bob_client: Client, assessment: Assessment
    ) -> None:
        page = self.conflicting(alice_client, bob_client, assessment)
        response = send_page(alice_client, assessment, page, capa__keep="mine", **{"change-management__exact": "9"})
        assert response.status_code == 422
        kept = fields_of(response)
        assert kept["capa-keep"] == "mine"
        assert send_page(alice_client, assessment, kept, **{"change-management__exact": ""}).status_code == 302
        assert stored(assessment).score == Decimal(4)

    def test_people_on_different_answers_of_a_page_do_not_disturb_each_other(
        self, alice_client: Client, bob_client: Client, assessment: Assessment
    ) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        send(bob_client, assessment, capa__choice="2")
        assert send_page(alice_client, assessment, page, **{"change-management__choice": "3"}).status_code == 302
        assert (stored(assessment).score, stored(assessment, "change-management").score) == (Decimal(2), Decimal(3))

    def test_one_s_own_other_tab_is_told_as_such(self, alice_client: Client, assessment: Assessment) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        send(alice_client, assessment, capa__choice="2")
        response = send_page(alice_client, assessment, page, capa__choice="3")
        assert response.status_code == 409
        html = shown(response)
        assert "Not saved: another answer was saved meanwhile" in html
        assert "You saved another answer meanwhile, perhaps in another tab," in html


class TestSignedOff:
    def test_the_page_can_be_read_and_offers_no_saving(self, alice_client: Client, assessment: Assessment) -> None:
        sign_off()
        page = shown(alice_client.get(address(assessment)))
        assert "This assessment has been signed off" in page
        assert '<button class="button" type="submit">Save' not in page

    def test_what_is_sent_all_the_same_is_refused_and_kept(self, alice_client: Client, assessment: Assessment) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        sign_off()
        response = send_page(alice_client, assessment, page, capa__rationale="Too late")
        assert response.status_code == 409
        assert fields_of(response)["capa-rationale"] == "Too late"
        assert stored(assessment).version == 0


class TestDeleted:
    TYPED = {"capa__choice": "3", "capa__rationale": "Seen on the floor"}

    def assert_it_can_be_copied(self, response: Any) -> None:
        assert response.status_code == 404
        html = shown(response)
        assert "Not saved: there is nothing at this address" in html
        assert "Seen on the floor</textarea>" in html
        assert "Corrective and preventive action" in html
        assert "csrfmiddlewaretoken" not in html
        assert "Save again" not in html

    def test_before_saving(self, alice_client: Client, assessment: Assessment) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        Assessment.objects.all().delete()
        self.assert_it_can_be_copied(send_page(alice_client, assessment, page, **self.TYPED))

    def test_while_saving(self, alice_client: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
        def save_too_late(**everything: Any) -> Any:
            Assessment.objects.all().delete()
            return save_page(**everything)

        monkeypatch.setattr("assessments.views.answers.save_page", save_too_late)
        self.assert_it_can_be_copied(send(alice_client, assessment, **self.TYPED))

    def test_a_hidden_assessment_looks_the_same(
        self, alice_client: Client, mallory_client: Client, assessment: Assessment
    ) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        hidden = send_page(mallory_client, assessment, page, **self.TYPED)
        Assessment.objects.all().delete()
        deleted = send_page(mallory_client, assessment, page, **self.TYPED)
        assert hidden.status_code == deleted.status_code == 404
        assert hidden.content == deleted.content

    def test_with_nothing_typed_it_is_any_missing_page(self, alice_client: Client, assessment: Assessment) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        Assessment.objects.all().delete()
        response = send_page(alice_client, assessment, page)
        assert response.status_code == 404
        assert "<h1>There is nothing at this address</h1>" in shown(response)
