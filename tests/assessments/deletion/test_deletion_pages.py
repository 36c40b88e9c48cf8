"""The pages of a deletion: planning by the name, the notice on every page, stopping, mails, and the receipt."""

import smtplib
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from assessments.deletion_receipts import path_of
from assessments.models import (
    Assessment,
    DeletionReceipt,
    ExecutedBy,
    Membership,
    Organisation,
    Person,
    PlannedDeletion,
    Role,
    Site,
)
from assessments.planned_deletion import delete_due, plan_deletion
from assessments.rater_mails import CONSOLE
from tests.conftest import PASSWORD
from tests.raters import begun, invited, opened
from tests.second_factors import just_signed_in, signed_in_long_ago
from tests.sent_forms import shown

NOTICE = "will be deleted</strong> with everything in it after"


@pytest.fixture
def alice_client(alice: Person) -> Client:
    """Who it is is asked before anything of this kind is done."""
    return just_signed_in(alice)


@pytest.fixture
def page(acme: Organisation) -> str:
    return f"/organisations/{acme.pk}/deletion/"


@pytest.fixture
def second_owner(acme: Organisation, lars: Person) -> Person:
    Membership.objects.filter(person=lars).update(role=Role.OWNER)
    return lars


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


class TestPlanning:
    def test_the_page_tells_what_goes(self, alice_client: Client, page: str, assessment: Assessment) -> None:
        text = shown(alice_client.get(page))
        for words in ("seven days", "1 site.", "1 assessment, with all answers", "audit trail", "keep their accounts"):
            assert words in text
        assert "rater" not in text

    def test_with_its_name_it_is_planned(self, alice_client: Client, alice: Person, page: str) -> None:
        before = timezone.now()
        response = alice_client.post(page, {"name": "Acme"})
        assert (response.status_code, response["Location"]) == (302, page)
        planned = PlannedDeletion.objects.get()
        assert planned.planned_by == alice
        assert before + timedelta(days=7) <= planned.due_at <= timezone.now() + timedelta(days=7)

    @pytest.mark.parametrize("typed", ["", "acme", "Acme Ltd", "Northfield"])
    def test_with_another_name_it_is_not(self, alice_client: Client, page: str, typed: str) -> None:
        response = alice_client.post(page, {"name": typed})
        assert response.status_code == 422
        assert f'value="{typed}"' in response.text or not typed
        assert not PlannedDeletion.objects.exists()

    def test_a_name_is_typed_without_the_spaces_nobody_sees(
        self, alice_client: Client, acme: Organisation, page: str
    ) -> None:
        Organisation.objects.update(name=" Acme\u00a0 & Söhne ")
        assert alice_client.post(page, {"name": "Acme & Söhne"}).status_code == 302

    def test_every_owner_gets_a_mail_of_their_own(
        self,
        alice_client: Client,
        page: str,
        second_owner: Person,
        carol: Person,
        mailoutbox: list[EmailMessage],
    ) -> None:
        alice_client.post(page, {"name": "Acme"})
        alice_client.post(page, {"name": "Acme"})
        assert [mail.to for mail in mailoutbox] == [["alice@acme.example"], ["lars@acme.example"]]
        assert mailoutbox[0].subject.startswith("Acme: deletion planned for ")
        assert f"http://127.0.0.1:8000{page}" in mailoutbox[0].body
        assert "Alice Adler" in mailoutbox[0].body

    def test_a_mail_server_that_is_away_stops_nothing(
        self, alice_client: Client, page: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr(EmailMessage, "send", refuse)
        assert alice_client.post(page, {"name": "Acme"}).status_code == 302
        assert PlannedDeletion.objects.exists()
        assert "Not all owners could be told" in caplog.text

    def test_an_address_that_is_refused_keeps_no_other_owner_from_the_mail(
        self,
        alice_client: Client,
        page: str,
        second_owner: Person,
        monkeypatch: pytest.MonkeyPatch,
        mailoutbox: list[EmailMessage],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """Also where the mail server hangs up over it: until somebody opens another connection it takes nothing."""
        send, is_gone = EmailBackend.send_messages, threading.Event()

        def hang_up(backend: EmailBackend, messages: list[EmailMessage]) -> int:
            if is_gone.is_set() or messages[0].to == ["alice@acme.example"]:
                is_gone.set()
                raise smtplib.SMTPServerDisconnected
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", hang_up)
        monkeypatch.setattr(EmailBackend, "close", lambda _: is_gone.clear())
        alice_client.post(page, {"name": "Acme"})
        assert [mail.to for mail in mailoutbox] == [["lars@acme.example"]]
        assert "Not all owners could be told" in caplog.text

    def test_it_says_whether_the_owners_get_a_mail(self, alice_client: Client, page: str, settings: Any) -> None:
        assert "Every owner gets a mail now." in shown(alice_client.get(page))
        settings.EMAIL_BACKEND = CONSOLE
        assert "tell the other owners yourself" in shown(alice_client.get(page))
        planned = shown(alice_client.post(page, {"name": "Acme"}, follow=True))
        assert "This server sends no mail yet: tell the other owners yourself." in planned
        assert "gets a mail" not in planned

    @pytest.mark.parametrize("who", ["lars", "bob", "carol"])
    def test_nobody_but_an_owner_may(
        self, who: str, page: str, acme: Organisation, request: pytest.FixtureRequest
    ) -> None:
        client = signed_in(request.getfixturevalue(who))
        for method in ("get", "post"):
            assert getattr(client, method)(page, {"name": "Acme"}).status_code == 404
            assert getattr(client, method)(f"{page}stop/").status_code == 404
        assert not PlannedDeletion.objects.exists()
        assert page not in client.get("/organisations/").text


class TestWhileItIsPlanned:
    def test_its_people_see_a_notice_on_every_page(
        self, planned: PlannedDeletion, assessment: Assessment, northfield: Site, alice_client: Client, carol: Person
    ) -> None:
        base = f"/assessments/{assessment.pk}/"
        read = ["/assessments/", "/organisations/", base, f"{base}MCQ/", f"{base}report/"]
        changed = [f"/organisations/{northfield.organisation_id}/", f"/sites/{northfield.pk}/", f"{base}raters/"]
        changed += [f"{base}sharing/", f"{base}edit/", f"{base}answers/management-review/history/"]
        for address in read + changed:
            assert NOTICE in alice_client.get(address).text, address
        for address in read[:3]:
            assert NOTICE in signed_in(carol).get(address).text, address

    def test_nobody_else_sees_it(
        self, planned: PlannedDeletion, assessment: Assessment, alice: Person, mallory_client: Client
    ) -> None:
        rater = invited(opened(assessment, alice))
        for client, address in (
            (mallory_client, "/assessments/"),
            (mallory_client, "/organisations/"),
            (begun(rater), f"/rate/{rater.pk}/"),
            (Client(), "/"),
        ):
            response = client.get(address)
            assert response.status_code == 200
            assert NOTICE not in response.text

    def test_the_notice_costs_no_query(
        self, planned: PlannedDeletion, assessment: Assessment, alice_client: Client, django_assert_num_queries: object
    ) -> None:
        alice_client.get(f"/assessments/{assessment.pk}/edit/")
        with django_assert_num_queries(3):  # type: ignore[operator]  # session, person, assessment
            assert NOTICE in alice_client.get(f"/assessments/{assessment.pk}/edit/").text

    def test_its_name_is_inert(self, planned: PlannedDeletion, alice_client: Client) -> None:
        Organisation.objects.update(name="<b>{{ Acme }}</b>")
        text = alice_client.get("/organisations/").text
        assert "&lt;b&gt;{{ Acme }}&lt;/b&gt;</bdi> will be deleted" in text

    def test_any_owner_stops_it_with_one_press(
        self, planned: PlannedDeletion, page: str, second_owner: Person, mailoutbox: list[EmailMessage]
    ) -> None:
        client = signed_in(second_owner)
        assert "Stop the deletion" in client.get(page).text
        response = client.post(f"{page}stop/", follow=True)
        assert "has been stopped" in response.text
        assert NOTICE not in response.text
        assert not PlannedDeletion.objects.exists()
        assert [mail.subject for mail in mailoutbox] == ["Acme: deletion stopped"] * 2
        assert "Lars Lind has stopped" in mailoutbox[0].body

    def test_who_comes_second_is_told(
        self, page: str, alice_client: Client, acme: Organisation, mailoutbox: list[EmailMessage]
    ) -> None:
        assert "another owner was quicker" in alice_client.post(f"{page}stop/", follow=True).text
        assert mailoutbox == []


class TestTheReceipt:
    @pytest.fixture
    def receipt(self, acme: Organisation, assessment: Assessment, alice: Person) -> DeletionReceipt:
        now = timezone.now()
        plan_deletion(organisation=acme, person=alice, now=now - timedelta(days=7))
        (deleted,) = delete_due(now=now, executed_by=ExecutedBy.SERVER)
        return deleted.receipt

    def test_its_link_shows_it_to_whoever_has_it(self, client: Client, receipt: DeletionReceipt) -> None:
        response = client.get(path_of(receipt))
        assert response.status_code == 200
        for words in (str(receipt.pk), receipt.name_digest, "in its hourly round", "Alice Adler", "answers", "20"):
            assert words in response.text
        assert "Acme" not in response.text
        assert "no-store" in response["Cache-Control"]

    def test_without_the_secret_there_is_none(self, client: Client, receipt: DeletionReceipt) -> None:
        wrong = client.get(f"/deleted/{receipt.pk}/wrong/")
        absent = client.get("/deleted/00000000-0000-4000-8000-000000000000/wrong/")
        assert wrong.status_code == absent.status_code == 404
        assert wrong.content == absent.content

    def test_who_planned_it_finds_it_without_the_mail(
        self, receipt: DeletionReceipt, alice_client: Client, mallory_client: Client
    ) -> None:
        assert 'href="/deleted/"' in alice_client.get("/set-up/").text
        assert 'href="/deleted/"' not in mallory_client.get("/organisations/").text
        assert path_of(receipt) in alice_client.get("/deleted/").text
        assert path_of(receipt) not in mallory_client.get("/deleted/").text

    def test_a_table_that_is_no_longer_known_keeps_its_line(self, client: Client, receipt: DeletionReceipt) -> None:
        DeletionReceipt.objects.update(rows={"assessments.Forgotten": 7})
        assert "assessments.Forgotten" in client.get(path_of(receipt)).text


def test_who_it_is_is_asked_before_it_is_planned_and_not_before_it_is_stopped(
    alice: Person, page: str, acme: Organisation, settings: Any
) -> None:
    """Then it goes on with the name that was typed."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    client = signed_in_long_ago(alice)
    asked = client.post(page, {"name": "Acme"})
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, "/accounts/again/")
    assert not PlannedDeletion.objects.exists()
    client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert PlannedDeletion.objects.exists()
    signed_in_long_ago(alice).post(f"{page}stop/")
    assert not PlannedDeletion.objects.exists()
