"""Invitations to an organisation: made, mailed, opened by a link, accepted once and by nobody else, withdrawn."""

import re
import smtplib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from assessments import member_invitations
from assessments.founding import add_site
from assessments.member_invitations import (
    InvitationEndedError,
    NotInvitedError,
    accept_invitation,
    invite_member,
    link_of,
    path_of,
    withdraw_invitation,
)
from assessments.membership import end_membership
from assessments.models import MemberInvitation, Membership, Organisation, Person, Role, Site
from assessments.signing_in.limits import RATES, Limit
from tests.assessments.test_people import NEW
from tests.conftest import PASSWORD
from tests.sent_forms import shown

VERA = "vera@acme.example"
SENT = {"email": VERA, "role": "viewer", "where": "all"}


def invited(organisation: Organisation, email: str = VERA, **facts: Any) -> MemberInvitation:
    owner = organisation.memberships.order_by("pk")[0].person
    chosen: dict[str, Any] = {
        "role": Role.VIEWER,
        "is_limited_to_sites": False,
        "sites": [],
        "now": timezone.now(),
    } | facts
    return invite_member(organisation=organisation, email=email, person=owner, **chosen)


@pytest.fixture
def invitation(acme: Organisation) -> MemberInvitation:
    return invited(acme)


@pytest.fixture
def vera(db: None) -> Person:
    return Person.objects.create_user(VERA, PASSWORD, name="Vera Voss")


@pytest.fixture
def vera_client(vera: Person) -> Client:
    client = Client()
    client.force_login(vera)
    return client


def invite(client: Client, organisation: Organisation, **sent: Any) -> Any:
    return client.post(f"/organisations/{organisation.pk}/people/invite/", SENT | sent, follow=True)


class TestInviting:
    def test_the_link_goes_to_the_address_and_is_on_the_page(self, alice_client: Client, acme: Organisation) -> None:
        page = shown(invite(alice_client, acme, email="Vera@ACME.example"))
        made = MemberInvitation.objects.get()
        assert (made.email, made.role, made.invited_by and made.invited_by.name) == (VERA, "viewer", "Alice Adler")
        assert made.expires_at - made.invited_at == timedelta(days=7)
        assert f"The mail went to {VERA}." in page
        assert link_of(made) in page
        (sent,) = mail.outbox
        assert sent.to == [VERA]
        assert sent.reply_to == ["alice@acme.example"]
        assert link_of(made) in sent.body
        assert "Acme" in sent.subject

    def test_when_the_mail_server_fails_the_invitation_stays_to_be_handed_over(
        self, alice_client: Client, acme: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> int:
            raise smtplib.SMTPServerDisconnected

        monkeypatch.setattr(EmailBackend, "send_messages", fail)
        page = shown(invite(alice_client, acme))
        assert f"The mail to {VERA} could not be sent" in page
        assert "Copy the link below and hand it over." in page
        assert link_of(MemberInvitation.objects.get()) in page

    def test_the_database_alone_gives_no_link_away(self, invitation: MemberInvitation) -> None:
        secret = path_of(invitation).split("/")[-2]
        assert secret not in {str(value) for value in MemberInvitation.objects.values_list()[0]}

    def test_a_name_cannot_write_headers(self, alice_client: Client, alice: Person, acme: Organisation) -> None:
        Person.objects.filter(pk=alice.pk).update(name="Alice\r\nBcc: all@acme.example")
        invite(alice_client, acme)
        assert "\n" not in mail.outbox[0].subject

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({"email": ""}, "This field is required."),
            ({"email": "vera"}, "This is not an e-mail address."),
            ({"email": "alice@acme.example"}, "alice@acme.example belongs to Acme already."),
            ({"email": "ALICE@acme.example"}, "alice@acme.example belongs to Acme already."),
            ({"role": ""}, "Choose a role."),
            ({"where": "some"}, "Tick at least one site, or choose all sites."),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field_and_the_rest_stays(
        self, alice_client: Client, acme: Organisation, sent: dict[str, str], message: str
    ) -> None:
        response = invite(alice_client, acme, **sent)
        assert response.status_code == 422
        assert message in response.text
        assert not MemberInvitation.objects.exists()
        assert mail.outbox == []

    def test_an_address_has_one_open_invitation(self, acme: Organisation, invitation: MemberInvitation) -> None:
        with pytest.raises(NotInvitedError, match="has been invited already"):
            invited(acme, "VERA@acme.example")
        withdraw_invitation(invitation=invitation, now=timezone.now())
        assert invited(acme).pk != invitation.pk

    def test_one_that_ran_out_makes_room_for_another(self, acme: Organisation) -> None:
        old = invited(acme, now=timezone.now() - timedelta(days=8))
        assert invited(acme).pk != old.pk
        old.refresh_from_db()
        assert old.withdrawn_at is not None

    def test_there_is_an_end_to_how_many_are_open(
        self, alice_client: Client, acme: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(member_invitations, "MOST_OPEN", 2)
        for number in range(2):
            invited(acme, f"v{number}@acme.example")
        response = invite(alice_client, acme)
        assert response.status_code == 422
        assert "2 invitations are open already." in response.text


class TestAccepting:
    def test_who_was_invited_joins_in_the_role_and_at_the_sites(
        self, vera_client: Client, vera: Person, acme: Organisation
    ) -> None:
        site = add_site(organisation=acme, name="Southgate", manufacturing="", size="")
        made = invited(acme, role=Role.CONTRIBUTOR, is_limited_to_sites=True, sites=[site])
        page = shown(vera_client.get(path_of(made)))
        assert "Contributor" in page
        assert "Southgate" in page
        assert not Membership.objects.filter(person=vera).exists()
        response = vera_client.post(path_of(made))
        assert (response.status_code, response["Location"]) == (302, "/assessments/")
        membership = Membership.objects.get(person=vera)
        assert (membership.role, membership.is_limited_to_sites) == (Role.CONTRIBUTOR, True)
        assert list(membership.sites.all()) == [site]

    def test_it_works_once(self, vera_client: Client, vera: Person, invitation: MemberInvitation) -> None:
        assert vera_client.post(path_of(invitation)).status_code == 302
        end_membership(membership=Membership.objects.get(person=vera), now=timezone.now())
        for method in ("get", "post"):
            assert getattr(vera_client, method)(path_of(invitation)).status_code == 404
        assert not Membership.objects.filter(person=vera).exists()

    def test_somebody_else_cannot_use_it(
        self, mallory_client: Client, mallory: Person, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        assert "You are signed in with another address" in mallory_client.get(path_of(invitation)).text
        assert mallory_client.post(path_of(invitation)).status_code == 403
        with pytest.raises(InvitationEndedError):
            accept_invitation(invitation=invitation, person=mallory, now=timezone.now())
        assert not acme.memberships.filter(person=mallory).exists()

    def test_it_ends_after_seven_days(self, vera: Person, invitation: MemberInvitation) -> None:
        late = invitation.invited_at + timedelta(days=7)
        with pytest.raises(InvitationEndedError):
            accept_invitation(invitation=invitation, person=vera, now=late)
        assert accept_invitation(invitation=invitation, person=vera, now=late - timedelta(seconds=1))

    def test_a_role_that_one_has_is_not_changed_by_it(
        self, acme: Organisation, vera: Person, invitation: MemberInvitation
    ) -> None:
        Membership.objects.create(person=vera, organisation=acme, role=Role.LEAD)
        assert accept_invitation(invitation=invitation, person=vera, now=timezone.now()).role == Role.LEAD

    def test_a_person_belongs_to_several_organisations(
        self, mallory_client: Client, mallory: Person, acme: Organisation, other_organisation: Organisation
    ) -> None:
        mallory_client.post(path_of(invited(acme, "mallory@other.example")))
        page = shown(mallory_client.get("/organisations/"))
        assert "Acme" in page
        assert "Other" in page
        roles = dict(Membership.objects.filter(person=mallory).values_list("organisation__name", "role"))
        assert roles == {"Other": "owner", "Acme": "viewer"}

    def test_a_site_that_was_deleted_meanwhile_leaves_none_and_not_all(
        self, vera: Person, acme: Organisation, northfield: Site
    ) -> None:
        made = invited(acme, is_limited_to_sites=True, sites=[northfield])
        northfield.delete()
        membership = accept_invitation(invitation=made, person=vera, now=timezone.now())
        assert membership.is_limited_to_sites
        assert not membership.sites.exists()


class TestWithoutAnAccount:
    def test_one_is_led_to_sign_up_with_the_address_and_back(
        self, client: Client, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        assert "/accounts/signup/" in client.get(path_of(invitation)).text
        page = client.get("/accounts/signup/").text
        assert f'value="{VERA}"' in page
        assert "Next you name your organisation" not in page
        sent = {"name": "Vera Voss", "email": VERA, "password1": NEW, "password2": NEW}
        response = client.post("/accounts/signup/", sent)
        assert (response.status_code, response["Location"]) == (302, path_of(invitation))
        client.post(path_of(invitation))
        assert acme.memberships.get(person__email=VERA).role == Role.VIEWER

    def test_signing_in_leads_back_as_well(self, client: Client, vera: Person, invitation: MemberInvitation) -> None:
        client.get(path_of(invitation))
        response = client.post("/accounts/login/", {"login": VERA, "password": PASSWORD})
        assert response["Location"] == path_of(invitation)

    def test_another_address_signs_up_and_does_not_join(
        self, client: Client, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        client.get(path_of(invitation))
        sent = {"name": "Vera", "email": "vera@home.example", "password1": NEW, "password2": NEW}
        assert client.post("/accounts/signup/", sent)["Location"] == path_of(invitation)
        assert client.post(path_of(invitation)).status_code == 403
        assert acme.memberships.count() == 1

    def test_an_ordinary_sign_up_is_as_before(self, client: Client, db: None) -> None:
        page = client.get("/accounts/signup/").text
        assert "Next you name your organisation" in page
        assert 'name="email" value' not in page


class TestLinksThatOpenNothing:
    def test_they_cannot_be_told_apart(
        self, client: Client, vera_client: Client, vera: Person, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        good = path_of(invitation)
        withdrawn, used = invited(acme, "w@acme.example"), invited(acme, "mallory@other.example")
        withdraw_invitation(invitation=withdrawn, now=timezone.now())
        mallory = Person.objects.create_user("mallory@other.example", PASSWORD)
        accept_invitation(invitation=used, person=mallory, now=timezone.now())
        expired = invited(acme, "e@acme.example", now=timezone.now() - timedelta(days=8))
        dead = [
            good[:-2] + "x/",
            good.replace(str(invitation.pk), str(uuid4())),
            path_of(withdrawn),
            path_of(used),
            path_of(expired),
        ]
        for reader in (client, vera_client):
            for method in ("get", "post"):
                answers = [getattr(reader, method)(address) for address in dead]
                assert {answer.status_code for answer in answers} == {404}
                assert len({answer.content for answer in answers}) == 1
                assert "Acme" not in answers[0].text

    def test_withdrawing_ends_it_at_once(
        self, alice_client: Client, vera_client: Client, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        address = f"/organisations/{acme.pk}/people/invitations/{invitation.pk}/withdraw/"
        page = alice_client.post(address, follow=True).text
        assert "has been withdrawn" in page
        assert vera_client.post(path_of(invitation)).status_code == 404

    def test_one_that_was_accepted_meanwhile_is_not_said_to_be_withdrawn(
        self, alice_client: Client, vera_client: Client, acme: Organisation, invitation: MemberInvitation
    ) -> None:
        vera_client.post(path_of(invitation))
        address = f"/organisations/{acme.pk}/people/invitations/{invitation.pk}/withdraw/"
        page = alice_client.post(address, follow=True).text
        assert "has joined meanwhile" in page
        assert "has been withdrawn" not in page

    def test_whoever_tries_many_has_to_wait(
        self, client: Client, invitation: MemberInvitation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrong = re.sub(r"[^/]+/$", "wrong/", path_of(invitation))
        monkeypatch.setitem(RATES, Limit.LINK, "3/m/key")
        statuses = [client.get(wrong).status_code for _ in range(4)]
        assert statuses == [404] * 3 + [429]
        assert client.get(path_of(invitation)).status_code == 429
