"""A trail that was recorded on several servers: each number is read by whose it was there, or by nobody's name."""

from collections.abc import Mapping

import pytest
from django.test import Client

from assessments.database_rules.acting import acting_as
from assessments.database_rules.installing import install, suspend
from assessments.models import Answer, Assessment, AuditEntry, Organisation, Person
from assessments.trail.events import note_event
from assessments.trail.places import LOADED, NUMBERS
from assessments.trail.reading import Asked, actors_in, entries_of, lines_of
from assessments.trail.verifying import faults_of

pytestmark = pytest.mark.django_db


def saved(assessment: Assessment, person: Person | None) -> None:
    Answer.objects.filter(pk=assessment.answers.order_by("pk")[0].pk).update(saved_by=person)


def loaded(organisation: Organisation, numbers: Mapping[int, int]) -> AuditEntry:
    details = {NUMBERS: {str(there): here for there, here in numbers.items()}}
    note_event(organisation_id=organisation.pk, event=LOADED, about=organisation.name, details=details)
    return AuditEntry.objects.order_by("-pk")[0]


def savers(organisation: Organisation) -> list[str]:
    """Of each change of an answer whom it names afterwards, the newest first."""
    lines = lines_of(organisation.pk, entries_of(organisation.pk, Asked(kind="Answer")))
    return [change.after for line in lines for change in line.changes if change.label == "Saved by"]


def test_numbers_of_before_lead_to_whose_they_are_here(
    acme: Organisation, assessment: Assessment, alice: Person, bob: Person, carol: Person
) -> None:
    saved(assessment, alice)
    loaded(acme, {alice.pk: bob.pk, carol.pk: carol.pk})
    saved(assessment, None)
    saved(assessment, alice)
    assert savers(acme)[:3] == ["Alice Adler", "–", "Bob Brand"]
    assert faults_of(acme.pk) == []


def test_through_every_server_that_lies_between(
    acme: Organisation, assessment: Assessment, alice: Person, bob: Person, carol: Person
) -> None:
    saved(assessment, alice)
    loaded(acme, {alice.pk: bob.pk})
    saved(assessment, carol)
    loaded(acme, {bob.pk: carol.pk, carol.pk: alice.pk})
    saved(assessment, bob)
    assert savers(acme)[:3] == ["Bob Brand", "Alice Adler", "Carol Chen"]


def test_a_number_that_was_somebody_unknown_names_nobody(
    acme: Organisation, assessment: Assessment, alice: Person, bob: Person
) -> None:
    saved(assessment, bob)
    loaded(acme, {alice.pk: alice.pk})
    assert savers(acme)[0] == f"number {bob.pk} on the server it came from"


@pytest.mark.parametrize("told", ["{}", "[]", "no JSON", f'{{"{NUMBERS}": 7}}'])
def test_without_the_numbers_nobody_is_named(
    told: str, acme: Organisation, assessment: Assessment, alice: Person
) -> None:
    saved(assessment, alice)
    entry = loaded(acme, {alice.pk: alice.pk})
    suspend("default")
    AuditEntry.objects.filter(pk=entry.pk).update(after=told)
    install("default")
    assert savers(acme)[0] == f"number {alice.pk} on the server it came from"


def test_the_filter_keeps_people_of_different_servers_apart(
    acme: Organisation, assessment: Assessment, alice: Person, alice_client: Client
) -> None:
    with acting_as(actor=f"person:{alice.pk}", actor_name="Otto"):
        saved(assessment, alice)
    entry = loaded(acme, {alice.pk + 50: alice.pk})
    with acting_as(actor=f"person:{alice.pk}", actor_name="Alice Adler"):
        saved(assessment, None)
    choices = dict(actors_in(acme.pk))
    there = f"person:{alice.pk}@{entry.pk}"
    assert choices[there] == f"Otto, on another server until {entry.at[:10]}"
    assert choices[f"person:{alice.pk}"].startswith("Alice Adler")
    assert list(choices).count("tests") == 1
    for actor, name, other in ((there, "Otto", "Alice"), (f"person:{alice.pk}", "Alice", "Otto")):
        names = {each.actor_name.split(" ")[0] for each in entries_of(acme.pk, Asked(actor=actor, kind="Answer"))}
        assert (name in names, other in names) == (True, False)
        assert alice_client.get(f"/organisations/{acme.pk}/trail/", {"actor": actor}).status_code == 200
    assert not entries_of(acme.pk, Asked(actor=f"person:{alice.pk}@1")).exists()


def test_everybody_is_called_as_they_were_last(acme: Organisation, alice: Person) -> None:
    for number, name in enumerate(["Alice Ahorn", "Alice Berg", "Alice Ahorn"]):
        with acting_as(actor=f"person:{alice.pk}", actor_name=name):
            Organisation.objects.filter(pk=acme.pk).update(name=f"Acme {number}")
    assert dict(actors_in(acme.pk))[f"person:{alice.pk}"] == "Alice Ahorn"
