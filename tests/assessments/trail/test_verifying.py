"""Whatever is altered, removed or slipped in shows; what was recorded by the triggers is sound."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.database_rules.announcing import announced
from assessments.database_rules.installing import install, suspend
from assessments.deletion import delete_for_good
from assessments.models import Answer, Assessment, AuditEntry, AuditSeal, Organisation
from assessments.trail.chain import NOTHING_BEFORE, SEALED, seal, sealed_chain
from assessments.trail.removal import remove_trail
from assessments.trail.sealing import head_of_trail, is_in_trail
from assessments.trail.verifying import faults_of, organisations_with_trail


@pytest.fixture
def trail(acme: Organisation, assessment: Assessment) -> Organisation:
    """With some thirty entries, and nobody who keeps them from being altered."""
    assessment.answers.filter(sub_element__order__lte=5).update(rationale="“Überprüft”, 100 %")
    head_of_trail(acme.pk)
    suspend("default")
    return acme


def run(sql: str, *parameters: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


class TestAChain:
    def test_what_the_triggers_made_is_what_python_makes(self, trail: Organisation) -> None:
        entries = AuditEntry.objects.filter(organisation_id=trail.pk).order_by("seal__number").values_list(*SEALED)
        seals = list(AuditSeal.objects.filter(organisation_id=trail.pk).values_list("hash", flat=True))
        assert sealed_chain(entries) == seals
        assert len(seals) > 25
        assert faults_of(trail.pk) == []

    def test_no_text_can_be_shifted_into_the_next(self) -> None:
        assert seal(NOTHING_BEFORE, 1, "ab", "c") != seal(NOTHING_BEFORE, 1, "a", "bc")
        assert seal(NOTHING_BEFORE, 1, "", "a") != seal(NOTHING_BEFORE, 1, "a", "")

    def test_its_head_names_the_latest_entry(self, acme: Organisation) -> None:
        before = head_of_trail(acme.pk)
        Organisation.objects.filter(pk=acme.pk).update(name="Acme Two")
        after = head_of_trail(acme.pk)
        assert after.number == before.number + 1
        assert is_in_trail(acme.pk, before)
        assert is_in_trail(acme.pk, after)
        assert head_of_trail(acme.pk + 1000).number == 0

    def test_organisations_have_chains_of_their_own(self, acme: Organisation, other_organisation: Organisation) -> None:
        first = AuditSeal.objects.filter(number=1).values_list("organisation_id", flat=True)
        head_of_trail(acme.pk)
        assert {acme.pk, other_organisation.pk} <= set(first)
        assert {acme.pk, other_organisation.pk} <= set(organisations_with_trail())


class TestWhatShows:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_one_changed_letter_anywhere(self, trail: Organisation, data: st.DataObject) -> None:
        pks = list(AuditEntry.objects.filter(organisation_id=trail.pk).order_by("pk").values_list("pk", flat=True))
        entry = AuditEntry.objects.get(pk=data.draw(st.sampled_from(pks)))
        column = data.draw(st.sampled_from(SEALED))
        text = str(getattr(entry, column))
        place = data.draw(st.integers(0, max(0, len(text) - 1)))
        letter = data.draw(st.characters(exclude_characters=text[place : place + 1] + "\0", exclude_categories=["Cs"]))
        altered = text[:place] + letter + text[place + 1 :]
        limit = vars(AuditEntry._meta.get_field(column))["max_length"]
        with transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(**{column: altered[:limit]})
            number = AuditSeal.objects.get(entry=entry).number
            faults = faults_of(trail.pk)
            transaction.set_rollback(True)
        assert len(faults) == 1
        assert faults[0].startswith(f"Entry {number} ")

    @pytest.mark.asvs("16.4.2")
    @pytest.mark.parametrize("place", [0, 7, -1])
    def test_a_removed_entry(self, trail: Organisation, place: int) -> None:
        numbers = list(AuditSeal.objects.filter(organisation_id=trail.pk).values_list("entry_id", "number"))
        entry, number = numbers[place]
        run("DELETE FROM assessments_auditentry WHERE id = %s", entry)
        assert faults_of(trail.pk) == [f"Entry {number} is missing; its seal is there."]

    def test_an_entry_removed_with_its_seal(self, trail: Organisation) -> None:
        entry = AuditSeal.objects.get(organisation_id=trail.pk, number=4).entry_id
        run("DELETE FROM assessments_auditentry WHERE id = %s", entry)
        run("DELETE FROM assessments_auditseal WHERE entry_id = %s", entry)
        assert "Entry 4 is missing, and its seal with it." in faults_of(trail.pk)

    def test_an_end_cut_off_when_its_head_was_written_down(self, trail: Organisation) -> None:
        head = head_of_trail(trail.pk)
        entry = AuditSeal.objects.get(organisation_id=trail.pk, number=head.number).entry_id
        run("DELETE FROM assessments_auditentry WHERE id = %s", entry)
        run("DELETE FROM assessments_auditseal WHERE entry_id = %s", entry)
        assert faults_of(trail.pk) == []
        assert not is_in_trail(trail.pk, head)

    def test_two_that_changed_places(self, trail: Organisation) -> None:
        first, second = AuditSeal.objects.filter(organisation_id=trail.pk, number__in=(5, 6)).order_by("number")
        run("UPDATE assessments_auditseal SET entry_id = -1 WHERE number = 5 AND organisation_id = %s", trail.pk)
        run("UPDATE assessments_auditseal SET entry_id = %s WHERE number = 6", first.entry_id)
        run("UPDATE assessments_auditseal SET entry_id = %s WHERE number = 5", second.entry_id)
        assert any(fault.startswith("Entry 5 ") for fault in faults_of(trail.pk))

    def test_an_entry_slipped_in_without_a_seal(self, trail: Organisation) -> None:
        AuditEntry.objects.create(organisation_id=trail.pk, at="2026-01-01T00:00:00.000Z", actor="x", kind="Answer")
        (fault,) = faults_of(trail.pk)
        assert "has no seal" in fault

    def test_an_entry_given_to_another_organisation(self, trail: Organisation) -> None:
        entry = AuditSeal.objects.get(organisation_id=trail.pk, number=3).entry_id
        run("UPDATE assessments_auditentry SET organisation_id = 999999 WHERE id = %s", entry)
        (fault,) = faults_of(trail.pk)
        assert fault.startswith("Entry 3 ")
        assert faults_of(999999)

    def test_an_altered_seal(self, trail: Organisation) -> None:
        run("UPDATE assessments_auditseal SET hash = %s WHERE number = 3", "f" * 64)
        assert any(fault.startswith("Entry 3 ") for fault in faults_of(trail.pk))


class TestOnlyGrowing:
    @pytest.mark.asvs("16.4.2")
    @pytest.mark.parametrize("table", ["assessments_auditentry", "assessments_auditseal"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET organisation_id = 1", "DELETE FROM {}", "TRUNCATE {}"])
    def test_the_database_refuses_all_else(self, acme: Organisation, table: str, statement: str) -> None:
        if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
            return  # it has no such statement
        head = head_of_trail(acme.pk)
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            run(statement.format(table))
        assert is_in_trail(acme.pk, head)

    def test_it_goes_with_its_organisation_and_not_before(
        self, acme: Organisation, other_organisation: Organisation
    ) -> None:
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            remove_trail(organisation_id=acme.pk)
        with (
            pytest.raises(DatabaseError, match="only grows"),
            transaction.atomic(),
            announced(removing_trail=str(acme.pk)),
        ):
            run("DELETE FROM assessments_auditentry WHERE organisation_id = %s", other_organisation.pk)
        delete_for_good(Organisation.objects.filter(pk=acme.pk))
        assert organisations_with_trail() == [other_organisation.pk]
        assert not AuditEntry.objects.filter(organisation_id=acme.pk).exists()

    def test_without_that_it_outlives_its_organisation(self, acme: Organisation) -> None:
        key = acme.pk
        acme.delete()
        assert AuditEntry.objects.get(organisation_id=key, kind="Organisation", action="removed").about == "Acme"
        assert faults_of(key) == []


class TestTheCommand:
    def verify(self, *arguments: str) -> str:
        said = StringIO()
        call_command("verify", *arguments, stdout=said, stderr=said)
        return said.getvalue()

    def test_it_says_that_all_is_sound(self, acme: Organisation, assessment: Assessment) -> None:
        assert "audit trail of every organisation: sound" in self.verify()

    def test_it_names_what_is_not(self, trail: Organisation) -> None:
        install("default")
        suspend("default")
        run("UPDATE assessments_auditentry SET actor = 'person:666' WHERE organisation_id = %s", trail.pk)
        install("default")
        said = StringIO()
        with pytest.raises(CommandError) as refusal:
            call_command("verify", stdout=said, stderr=said)
        assert refusal.value.returncode == 1
        assert f"Organisation {trail.pk}: Entry 1 " in said.getvalue()

    def test_it_misses_a_rule(self, acme: Organisation) -> None:
        if connection.vendor == "sqlite":
            run("DROP TRIGGER qmm_trail_answer_changed")
        else:
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run("DROP TRIGGER qmm_trail_answer ON assessments_answer")
        said = StringIO()
        with pytest.raises(CommandError):
            call_command("verify", stdout=said, stderr=said)
        assert "The database no longer keeps the rule qmm_trail_answer" in said.getvalue()

    def test_it_checks_a_head_that_was_written_down(self, acme: Organisation) -> None:
        head = head_of_trail(acme.pk)
        assert f"{acme.pk}:{head}" in self.verify("--heads")
        self.verify("--head", f"{acme.pk}:{head}")
        for wrong in (f"{acme.pk}:{head.number}:{'0' * 64}", f"{acme.pk}:{head.number + 1}:{head.hash}"):
            with pytest.raises(CommandError):
                self.verify("--head", wrong)
        with pytest.raises(CommandError, match="not written as"):
            self.verify("--head", "nonsense")


def test_the_triggers_come_back_after_a_migration(acme: Organisation) -> None:
    suspend("default")
    Answer.objects.update(reason="unseen")
    install("default")
    Organisation.objects.filter(pk=acme.pk).update(name="Seen")
    assert AuditEntry.objects.filter(organisation_id=acme.pk, kind="Organisation", action="changed").exists()
