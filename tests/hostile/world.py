"""One organisation with something to send to every form: built once for a module, and as it was before each case."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.answering import Change, save_page
from assessments.entries import Entry
from assessments.founding import found_organisation
from assessments.member_invitations import invite_member
from assessments.member_invitations import path_of as invitation_path
from assessments.models import AnswerState, Assessment, Membership, Person, Rater, Role
from assessments.opening import open_assessment
from assessments.planned_deletion import plan_deletion
from assessments.rater_links import link_of, lost_link_of
from assessments.report_links import address_of
from assessments.server_access import let_in
from assessments.signing import next_meaning
from tests.conftest import PASSWORD
from tests.hostile.resolving import ADDRESSES
from tests.raters import QUALITY, begun, invited, opened
from tests.rating_rounds import Given, add_round
from tests.second_factors import just_signed_in, with_app
from tests.shared_reports import shared
from tests.signing import in_review, sign_off

# What changes with every visit, and what the database keeps for itself.
# When a session was last seen is noted of whoever asks, about once a minute.
NOT_COUNTED = re.compile(r"django_session|usersessions_usersession|cache|django_migrations|sqlite_.*")


class World:
    """Alice owns Acme, Lars leads, Bob answers, Carol looks, Rita and Omar rate; Nina is invited, Gina’s is going."""

    def __init__(self, now: datetime) -> None:
        self.alice = self._person("alice", "Alice Adler")
        self.nina = self._person("nina", "Nina Nowak")
        self.without_password = self._person("otto", "Otto Ohm")
        self.without_password.set_unusable_password()
        self.without_password.save()
        self.acme = found_organisation(person=self.alice, name="Acme", site_name="Northfield")
        self.lars = self._member("lars", "Lars Lind", Role.LEAD)
        self.bob = self._member("bob", "Bob Brand", Role.CONTRIBUTOR)
        self.carol = self._member("carol", "Carol Chen", Role.VIEWER)
        self.northfield = self.acme.sites.get()
        self.running = self._assessment("Running")
        for score in ("unknown", "unanswered"):
            self.answer("capa", AnswerState(score), now)
        self.round = opened(self.running, self.lars)
        self.rita = invited(self.round, "Rita Roth", email="rita@acme.example")
        self.omar = invited(self.round, "Omar Otis", QUALITY, email="omar@acme.example")
        self._browsers = {name: self._signed_in(name) for name in ("alice", "nina", "lars", "without_password")}
        self._browsers |= {"visitor": Client(), "omar": begun(self.omar), "resetting": self._resetting(self.bob)}
        self.omar.refresh_from_db()
        self.unrated = self._assessment("Unrated")
        raters = [Given(f"Person {place}", QUALITY, {"capa": "3.0"}) for place in range(3)]
        self.closed = self._assessment("Closed")
        self.closed_round = add_round(self.closed, raters, comparison_opened_at=None, opened_by=self.lars)
        self.compared = self._assessment("Compared")
        add_round(self.compared, raters, opened_by=self.lars)
        self.reviewed, self.signed = self._assessment("Reviewed"), self._assessment("Signed")
        review = in_review(self.reviewed, self.alice)
        self.signable = {"meaning": str(next_meaning(self.acme, [])), "digest": review.digest}
        sign_off(self.signed, self.alice)
        self.invitation = invite_member(
            organisation=self.acme,
            email=self.nina.email,
            role=Role.VIEWER,
            is_limited_to_sites=False,
            sites=[],
            person=self.alice,
            now=now,
        )
        self.gina = self._person("gina", "Gina Gut")
        self.going = found_organisation(person=self.gina, name="Going", site_name="Southgate")
        plan_deletion(organisation=self.going, person=self.gina, now=now)
        self.sam = self._person("sam", "Sam of the server")
        Person.objects.filter(pk=self.sam.pk).update(is_staff=True)
        self.let_in = let_in(organisation=self.going, email=self.sam.email, duration=timedelta(hours=1), now=now)
        with_app(self.gina)
        self._browsers["alice"] = just_signed_in(self.alice)
        self._browsers["gina"] = just_signed_in(self.gina)
        self.link = shared(self.running, hides_texts=False, hides_names=False)
        self.arguments = self._arguments()

    def _person(self, name: str, full_name: str) -> Person:
        return Person.objects.create_user(f"{name}@acme.example", PASSWORD, name=full_name)

    def _member(self, name: str, full_name: str, role: Role) -> Person:
        person = self._person(name, full_name)
        Membership.objects.create(person=person, organisation=self.acme, role=role)
        return person

    def _assessment(self, title: str) -> Assessment:
        return open_assessment(site=self.northfield, title=title, period="July to September 2026")

    def _signed_in(self, name: str) -> Client:
        client = Client()
        client.force_login(getattr(self, name))
        return client

    def _resetting(self, person: Person) -> Client:
        """A browser that has followed the link of a mail for a new password."""
        client = Client()
        key = EmailAwarePasswordResetTokenGenerator().make_token(person)
        client.get(reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key]))
        return client

    def answer(self, code: str, state: AnswerState, now: datetime) -> None:
        answer = self.running.answers.select_related("sub_element").get(sub_element__code=code)
        change = Change(answer, Entry(state=state), answer.version)
        save_page(assessment=self.running, changes=[change], person=self.alice, now=now)

    def _arguments(self) -> dict[str, Any]:
        secret, address_secret = (_path(link).split("/")[-2] for link in (link_of(self.rita), lost_link_of(self.omar)))
        return {
            "assessment_id": self.running.pk,
            "unrated": self.unrated.pk,
            "closed": self.closed.pk,
            "compared": self.compared.pk,
            "reviewed": self.reviewed.pk,
            "signed": self.signed.pk,
            "organisation_id": self.acme.pk,
            "going": self.going.pk,
            "let_in": self.let_in.pk,
            "membership_id": self.carol.memberships.get().pk,
            "invitation_id": self.invitation.pk,
            "invitation_secret": invitation_path(self.invitation).split("/")[-2],
            "receipt_id": uuid4(),
            "session_id": 1,
            "receipt_secret": "none",
            "confirmation": EmailConfirmationHMAC(
                EmailAddress.objects.create(user=self.nina, email=self.nina.email)
            ).key,
            "site_id": self.northfield.pk,
            "rater_id": self.rita.pk,
            "omar": self.omar.pk,
            "secret": secret,
            "used_secret": self.used_secret(self.omar),
            "address_secret": address_secret,
            "link_id": self.link.pk,
            "link_secret": _path(address_of(self.link)).split("/")[-2],
            "code": "capa",
            "area_code": "PQS",
            "version": "2026.1",
            "slug": "fda-2024",
            "anything": "anything",
            "uidb36": user_pk_to_url_str(self.bob),
            "key": "set-password",
        }

    def used_secret(self, rater: Rater) -> str:
        return _path(link_of(rater)).split("/")[-2]

    def address(self, name: str, at: Mapping[str, str]) -> str:
        """Of a page by its name; `at` says which of the arguments is meant, where it is not the usual one."""
        given = {argument: self.arguments[at.get(argument, argument)] for argument in ADDRESSES[name]}
        return reverse(name, kwargs=given)

    def browser(self, name: str) -> Client:
        """A fresh one with the same cookies."""
        client = Client()
        client.cookies.load({name: morsel.value for name, morsel in self._browsers[name].cookies.items()})
        return client


def _path(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def build_world() -> World:
    return World(timezone.now())


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if not NOT_COUNTED.fullmatch(name)]


def rows() -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Everything that is stored, table by table."""
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
            yield table, cursor.fetchall()


def digest() -> dict[str, str]:
    """A mark of what each table holds."""
    return {table: hashlib.sha256(repr(content).encode()).hexdigest() for table, content in rows()}
