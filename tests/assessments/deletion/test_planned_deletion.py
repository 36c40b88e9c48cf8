"""The deletion of an organisation: planned, stopped in time, or carried out when due; once, by whoever is first."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from assessments import planned_deletion
from assessments.management.commands import delete_due as delete_due_command
from assessments.models import (
    Answer,
    Assessment,
    DeletionReceipt,
    ExecutedBy,
    Membership,
    Organisation,
    Person,
    PlannedDeletion,
    Role,
)
from assessments.planned_deletion import (
    Deleted,
    OrganisationGoneError,
    delete_due,
    plan_deletion,
    stop_deletion,
)
from tests.assessments.deletion.conftest import DUE, NOW
from tests.at_once import at_once

A_SECOND = timedelta(seconds=1)


def carry_out(now: object = DUE) -> list[Deleted]:
    return delete_due(now=now, executed_by=ExecutedBy.SERVER)  # type: ignore[arg-type]


def test_it_is_due_seven_days_after_it_was_planned(planned: PlannedDeletion, alice: Person) -> None:
    assert planned.due_at - planned.planned_at == timedelta(days=7)
    assert planned.planned_by == alice


def test_planning_it_again_neither_hastens_nor_delays_it(
    planned: PlannedDeletion, acme: Organisation, lars: Person
) -> None:
    again, is_new = plan_deletion(organisation=acme, person=lars, now=NOW + A_SECOND)
    assert (again, again.due_at, is_new) == (planned, DUE, False)


def test_nothing_is_deleted_a_second_too_early(planned: PlannedDeletion) -> None:
    assert carry_out(DUE - A_SECOND) == []
    assert Organisation.objects.exists()


def test_what_is_due_is_deleted_and_nothing_else(
    planned: PlannedDeletion, assessment: Assessment, other_organisation: Organisation, alice: Person, mallory: Person
) -> None:
    (deleted,) = carry_out()
    assert deleted.name == "Acme"
    assert list(Organisation.objects.all()) == [other_organisation]
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    assert list(Membership.objects.values_list("person", flat=True)) == [mallory.pk]
    assert set(Person.objects.all()) == {alice, mallory}


def test_what_is_stopped_is_never_deleted(planned: PlannedDeletion, acme: Organisation) -> None:
    assert stop_deletion(organisation=acme)
    assert carry_out(DUE + timedelta(days=365)) == []
    assert Organisation.objects.filter(pk=acme.pk).exists()


def test_stopping_twice_stops_once(planned: PlannedDeletion, acme: Organisation) -> None:
    assert [stop_deletion(organisation=acme), stop_deletion(organisation=acme)] == [True, False]


def test_after_stopping_the_wait_begins_anew(planned: PlannedDeletion, acme: Organisation, alice: Person) -> None:
    stop_deletion(organisation=acme)
    again, is_new = plan_deletion(organisation=acme, person=alice, now=DUE)
    assert is_new
    assert again.due_at == DUE + timedelta(days=7)


def test_of_an_organisation_that_is_gone_nothing_is_planned(
    planned: PlannedDeletion, acme: Organisation, alice: Person
) -> None:
    carry_out()
    with pytest.raises(OrganisationGoneError):
        plan_deletion(organisation=acme, person=alice, now=NOW)


def test_the_receipt_counts_what_went_and_names_nothing(
    planned: PlannedDeletion, assessment: Assessment, alice: Person
) -> None:
    carry_out()
    receipt = DeletionReceipt.objects.get()
    assert (receipt.planned_by, receipt.planned_at, receipt.due_at, receipt.deleted_at) == (alice, NOW, DUE, DUE)
    assert receipt.executed_by == ExecutedBy.SERVER
    expected = {"Answer": 20, "Assessment": 1, "Membership": 1, "Organisation": 1, "PlannedDeletion": 1, "Site": 1}
    assert receipt.rows == {f"assessments.{table}": count for table, count in expected.items()}
    assert receipt.name_digest == sha256(f"{receipt.pk}:Acme".encode()).hexdigest()
    assert "Acme" not in repr(vars(receipt))


def test_one_that_cannot_be_deleted_now_keeps_no_other_from_it(
    planned: PlannedDeletion,
    other_organisation: Organisation,
    mallory: Person,
    acme: Organisation,
    alice: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan_deletion(organisation=other_organisation, person=mallory, now=NOW)
    hold = planned_deletion._hold

    def refuse_acme(organisation_id: int) -> Organisation:
        if organisation_id == acme.pk:
            Membership.objects.create(organisation=acme, person=alice, role=Role.OWNER)
        return hold(organisation_id)

    monkeypatch.setattr(planned_deletion, "_hold", refuse_acme)
    assert [deleted.name for deleted in carry_out()] == ["Other"]
    monkeypatch.undo()
    assert [deleted.name for deleted in carry_out()] == ["Acme"]


@pytest.mark.parametrize("failure", [OperationalError("deadlock detected"), InterfaceError("already closed")])
def test_one_that_is_locked_takes_no_receipt_of_another_away(
    failure: DatabaseError | InterfaceError,
    acme: Organisation,
    alice: Person,
    other_organisation: Organisation,
    mallory: Person,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    plan_deletion(organisation=acme, person=alice, now=NOW - timedelta(days=8))
    plan_deletion(organisation=other_organisation, person=mallory, now=NOW - timedelta(days=8))
    hold = planned_deletion._hold

    def refuse_other(organisation_id: int) -> Organisation:
        if organisation_id == other_organisation.pk:
            raise failure
        return hold(organisation_id)

    monkeypatch.setattr(planned_deletion, "_hold", refuse_other)
    call_command("delete_due", verbosity=0)
    assert [mail.subject for mail in mailoutbox] == ["Acme: deleted"]
    assert list(Organisation.objects.all()) == [other_organisation]
    assert f"Organisation {other_organisation.pk} could not be deleted" in caplog.text


def test_a_file_that_cannot_be_written_anew_keeps_no_owner_from_the_receipt(
    acme: Organisation, alice: Person, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    def fail(**_: object) -> None:
        raise OperationalError("database is locked")

    plan_deletion(organisation=acme, person=alice, now=NOW - timedelta(days=8))
    monkeypatch.setattr(delete_due_command, "rewrite_file_after_deletions", fail)
    with pytest.raises(OperationalError):
        call_command("delete_due", verbosity=0)
    assert [mail.subject for mail in mailoutbox] == ["Acme: deleted"]


def test_the_command_deletes_what_is_due_and_tells_the_owners(
    acme: Organisation, alice: Person, lars: Person, mailoutbox: list[EmailMessage], capsys: pytest.CaptureFixture[str]
) -> None:
    plan_deletion(organisation=acme, person=alice, now=NOW - timedelta(days=8))
    call_command("delete_due")
    call_command("delete_due")
    assert capsys.readouterr().out == "One organisation was deleted.\nNo organisation was due.\n"
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([alice.email], "Acme: deleted")
    receipt = DeletionReceipt.objects.get()
    assert receipt.executed_by == ExecutedBy.COMMAND
    assert f"http://127.0.0.1:8000/deleted/{receipt.pk}/" in mail.body


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_stopping_under_way_is_waited_for_and_wins(self, planned: PlannedDeletion, acme: Organisation) -> None:
        is_stopping = threading.Event()

        def stop() -> bool:
            with transaction.atomic():
                stopped = stop_deletion(organisation=acme)
                is_stopping.set()
                time.sleep(0.3)  # long enough for the deletion to arrive
                return stopped

        def delete() -> list[Deleted]:
            assert is_stopping.wait(timeout=20)
            return carry_out()

        assert at_once([stop, delete]) == [True, []]
        assert Organisation.objects.filter(pk=acme.pk).exists()

    def test_a_deletion_under_way_is_too_late_to_stop(
        self, planned: PlannedDeletion, acme: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        is_deleting = threading.Event()
        hold = planned_deletion._hold

        def slow_hold(organisation_id: int) -> Organisation:
            held = hold(organisation_id)
            is_deleting.set()
            time.sleep(0.3)  # long enough for the owner to press the button
            return held

        monkeypatch.setattr(planned_deletion, "_hold", slow_hold)

        def stop() -> bool:
            assert is_deleting.wait(timeout=20)
            return stop_deletion(organisation=acme)

        deleted, stopped = at_once([carry_out, stop])
        assert (len(deleted), stopped) == (1, False)
        assert not Organisation.objects.exists()

    def test_two_at_once_delete_it_once(self, planned: PlannedDeletion) -> None:
        outcomes = at_once([carry_out, carry_out, carry_out])
        assert sorted(len(outcome) for outcome in outcomes) == [0, 0, 1]
        assert DeletionReceipt.objects.count() == 1

    def test_two_owners_plan_it_once(self, acme: Organisation, alice: Person, lars: Person) -> None:
        def plan(person: Person) -> Callable[[], bool]:
            return lambda: plan_deletion(organisation=acme, person=person, now=NOW)[1]

        assert sorted(at_once([plan(alice), plan(lars)])) == [False, True]
        assert PlannedDeletion.objects.count() == 1
