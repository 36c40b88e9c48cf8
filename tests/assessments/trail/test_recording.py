"""Whatever way a row is written, the trail says who did it, from what, to what; on both databases."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from assessments.database_rules.acting import acting_as
from assessments.database_rules.announcing import announced
from assessments.models import Answer, AnswerState, Assessment, AuditEntry, Membership, Organisation, Person, Site
from assessments.trail.audited import AUDITED, EXEMPT, leading_to_an_organisation
from assessments.trail.verifying import faults_of


def entries(organisation: Organisation, kind: str, action: str = "changed") -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(organisation_id=organisation.pk, kind=kind, action=action))


def by_instance(answer: Answer) -> None:
    answer.state, answer.score = AnswerState.SCORED, Decimal("3.5")
    answer.save()


def by_queryset(answer: Answer) -> None:
    Answer.objects.filter(pk=answer.pk).update(state="scored", score="3.5")


def in_bulk(answer: Answer) -> None:
    answer.state, answer.score = AnswerState.SCORED, Decimal("3.5")
    Answer.objects.bulk_update([answer], ["state", "score"])


def by_raw_statement(answer: Answer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_answer SET state = 'scored', score = 3.5 WHERE id = %s", [answer.pk])


def by_many_statements(answer: Answer) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE assessments_answer SET state = %s, score = 3.5 WHERE id = %s", [("scored", answer.pk)]
        )


WAYS = (by_instance, by_queryset, in_bulk, by_raw_statement, by_many_statements)


class TestEveryWayToWrite:
    @pytest.mark.asvs("16.2.1")
    @pytest.mark.parametrize("write", WAYS)
    def test_a_change_is_recorded(
        self, acme: Organisation, assessment: Assessment, write: Callable[[Answer], None]
    ) -> None:
        answer = assessment.answers.select_related("sub_element")[0]
        with acting_as(actor="person:7", actor_name="Alice", origin="here"):
            write(answer)
        (entry,) = entries(acme, "Answer")
        assert (entry.actor, entry.actor_name, entry.origin) == ("person:7", "Alice", "here")
        assert (entry.row, entry.assessment) == (str(answer.pk), assessment.pk.hex)
        assert entry.about == answer.sub_element.code
        assert json.loads(entry.before) == {"state": "unanswered", "score": None}
        assert json.loads(entry.after)["state"] == "scored"
        assert Decimal(str(json.loads(entry.after)["score"])) == Decimal("3.5")
        assert faults_of(acme.pk) == []

    def test_rows_added_in_bulk_are_recorded_each(self, acme: Organisation, assessment: Assessment) -> None:
        added = entries(acme, "Answer", "added")
        assert len(added) == 20
        assert {entry.about for entry in added} == set(assessment.answers.values_list("sub_element__code", flat=True))

    def test_a_cascade_is_recorded_with_what_was_lost(self, acme: Organisation, assessment: Assessment) -> None:
        assessment.answers.filter(sub_element__order=1).update(rationale="Kept whole. " * 500)
        assessment.delete()
        removed = entries(acme, "Answer", "removed")
        assert len(removed) == 20
        assert any("Kept whole. " * 500 in entry.before for entry in removed)
        (title,) = entries(acme, "Assessment", "removed")
        assert title.about == "Autumn 2026"

    def test_sites_of_a_membership_are_recorded(self, acme: Organisation, northfield: Site, bob: Person) -> None:
        membership = Membership.objects.get(person=bob)
        membership.sites.add(northfield)
        membership.sites.clear()
        for action in ("added", "removed"):
            (entry,) = entries(acme, "Membership_sites", action)
            assert entry.about == "Bob Brand"

    def test_a_write_that_changes_nothing_is_no_entry(self, acme: Organisation, assessment: Assessment) -> None:
        before = AuditEntry.objects.count()
        assessment.answers.update(state="unanswered")
        assert AuditEntry.objects.count() == before

    def test_what_is_rolled_back_is_not_recorded(self, acme: Organisation) -> None:
        with transaction.atomic():
            Organisation.objects.filter(pk=acme.pk).update(name="Other")
            transaction.set_rollback(True)
        assert entries(acme, "Organisation") == []
        assert faults_of(acme.pk) == []

    def test_a_reason_is_recorded_with_what_it_is_for(self, acme: Organisation) -> None:
        with transaction.atomic(), announced(reason="It has a new name."):
            Organisation.objects.filter(pk=acme.pk).update(name="Acme Two")
        Organisation.objects.filter(pk=acme.pk).update(name="Acme Three")
        assert [entry.reason for entry in entries(acme, "Organisation")] == ["It has a new name.", ""]


class TestWhoActs:
    def test_nobody_may_change_anything(self, acme: Organisation) -> None:
        with acting_as(actor=""), pytest.raises(DatabaseError, match="says nobody"), transaction.atomic():
            Organisation.objects.filter(pk=acme.pk).update(name="Other")
        acme.refresh_from_db()
        assert acme.name == "Acme"

    def test_it_is_known_again_after_a_savepoint_was_rolled_back(self, acme: Organisation) -> None:
        with transaction.atomic():
            with acting_as(actor="person:1"), transaction.atomic():
                Organisation.objects.filter(pk=acme.pk).update(name="One")
                transaction.set_rollback(True)
            with acting_as(actor="person:2"):
                Organisation.objects.filter(pk=acme.pk).update(name="Two")
            Organisation.objects.filter(pk=acme.pk).update(name="Three")
        assert [entry.actor for entry in entries(acme, "Organisation")] == ["person:2", "tests"]

    @pytest.mark.django_db(transaction=True)
    def test_it_is_known_outside_a_transaction_too(self, acme: Organisation) -> None:
        for actor in ("person:1", "person:2"):
            with acting_as(actor=actor):
                Organisation.objects.filter(pk=acme.pk).update(name=actor)
        with acting_as(actor=""), pytest.raises(DatabaseError):
            Organisation.objects.filter(pk=acme.pk).update(name="Nobody")
        assert [entry.actor for entry in entries(acme, "Organisation")] == ["person:1", "person:2"]
        assert faults_of(acme.pk) == []


class TestTheListOfTables:
    def test_every_table_of_an_organisation_is_audited_or_exempted_with_a_reason(self) -> None:
        audited = {each.model for each in AUDITED}
        assert leading_to_an_organisation() == audited | set(EXEMPT)
        assert not audited & set(EXEMPT)
        assert all(reason.strip() for reason in EXEMPT.values())

    @pytest.mark.asvs("16.2.5")
    def test_secrets_are_hidden(self) -> None:
        secrets = ("nonce", "browser_key", "password", "token", "secret", "key_hash", "digest_of_secret")
        for each in AUDITED:
            assert not {name for name in each.columns if name in secrets} - set(each.hidden), each.kind
