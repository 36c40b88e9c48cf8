"""What changes about an account stands in the trail of each of its organisations, without what is secret."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from assessments.models import AuditEntry, Membership, Organisation, Person
from assessments.server_access import let_in
from assessments.trail.words import Names, changes_of, sentence_of
from tests.conftest import PASSWORD
from tests.second_factors import SECRET, with_app

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a brand new battery staple"
NAMELESS = Names({}, {}, {}, {}, {})


def events(organisation: Organisation, action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(organisation_id=organisation.pk, kind="Event", action=action))


def test_a_changed_password(acme: Organisation, alice: Person, alice_client: Client) -> None:
    sent = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    alice_client.post("/accounts/password/change/", sent)
    (entry,) = events(acme, "password changed")
    assert entry.actor == f"person:{alice.pk}"
    assert sentence_of(entry, NAMELESS) == "changed the password of alice@acme.example"
    assert NEW_PASSWORD not in entry.before + entry.after
    assert (entry.before, entry.after) == ("{}", "{}")


def test_a_password_that_is_hashed_anew_has_not_changed(acme: Organisation, alice: Person) -> None:
    Person.objects.filter(pk=alice.pk).update(password=f"pbkdf2_sha256$1{alice.password[3:]}")
    person = Person.objects.get(pk=alice.pk)
    person.save()
    assert events(acme, "password changed") == []


def test_a_changed_name_says_from_what_to_what(acme: Organisation, alice_client: Client) -> None:
    alice_client.post("/accounts/name/", {"name": "Alice Ahorn"})
    (entry,) = events(acme, "account changed")
    (change,) = changes_of(entry, NAMELESS)
    assert (change.label, change.before, change.after) == ("Name", "Alice Adler", "Alice Ahorn")
    alice_client.post("/accounts/name/", {"name": "Alice Ahorn"})
    assert len(events(acme, "account changed")) == 1


def test_an_account_that_is_switched_off(acme: Organisation, bob: Person, other_organisation: Organisation) -> None:
    bob.is_active, bob.email = False, "robert@acme.example"
    bob.save()
    (entry,) = events(acme, "account changed")
    assert {change.label: change.after for change in changes_of(entry, NAMELESS)} == {
        "E-mail address": "robert@acme.example",
        "May sign in": "no",
    }
    assert events(other_organisation, "account changed") == []


def test_a_second_factor_comes_and_goes(acme: Organisation, alice: Person) -> None:
    with_app(alice)
    said = [sentence_of(entry, NAMELESS) for entry in events(acme, "second factor added")]
    assert said == [
        "added a second factor, authenticator app of alice@acme.example",
        "added a second factor, recovery codes of alice@acme.example",
    ]
    call_command("forget_second_factor", alice.email)
    assert len(events(acme, "second factor removed")) == 2
    assert not Authenticator.objects.exists()
    assert not any(SECRET in entry.after for entry in AuditEntry.objects.all())


def test_who_was_let_in_is_in_the_trail_until_that_ends(acme: Organisation) -> None:
    stefan = Person.objects.create_user("stefan@server.example", PASSWORD, is_staff=True)
    let = let_in(organisation=acme, email=stefan.email, duration=timedelta(hours=1), now=timezone.now())
    client = Client()
    client.force_login(stefan)
    assert len(events(acme, "signed in")) == 1
    Membership.objects.filter(pk=let.pk).update(ends_at=timezone.now())
    client.force_login(stefan)
    client.logout()
    client.post("/accounts/login/", {"login": stefan.email, "password": "wrong wrong wrong"})
    stefan.set_password(NEW_PASSWORD)
    stefan.save()
    assert [len(events(acme, action)) for action in ("signed in", "signed out", "sign-in refused")] == [1, 0, 0]
    assert events(acme, "password changed") == []


def test_a_person_of_no_organisation_leaves_no_entry(mallory: Person) -> None:
    mallory.set_password(NEW_PASSWORD)
    mallory.save()
    assert not AuditEntry.objects.exists()
