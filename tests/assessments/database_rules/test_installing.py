"""Rules that the database keeps: put in force, taken away, missed by the check, asked for what was announced."""

import pytest
from django.core import checks
from django.db import DatabaseError, connection, transaction

from assessments.database_rules import rule_list
from assessments.database_rules.announcing import announced
from assessments.database_rules.checks import check_database_rules
from assessments.database_rules.installing import install, install_after_migrating, missing, suspend, suspended
from assessments.database_rules.rules import DatabaseRule, by_name
from assessments.models import Organisation

SAID = "renaming is not for today"
NO_RENAMING = DatabaseRule(
    name="qmm_tests_no_renaming",
    table="assessments_organisation",
    sqlite=(
        "BEFORE UPDATE OF name ON assessments_organisation WHEN qmm_announced('renaming') IS NULL"
        f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    ),
    postgresql_when="BEFORE UPDATE OF name ON assessments_organisation FOR EACH ROW",
    postgresql_body=(
        "BEGIN IF coalesce(current_setting('qmm.renaming', true), '') = '' THEN"
        f" RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END"
    ),
)
ONLY_POSTGRESQL = DatabaseRule(
    name="qmm_tests_no_emptying",
    table="assessments_organisation",
    postgresql_when="BEFORE TRUNCATE ON assessments_organisation FOR EACH STATEMENT",
    postgresql_body="BEGIN RAISE EXCEPTION 'no'; END",
)


@pytest.fixture
def in_force(acme: Organisation, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(rule_list, "LISTS", (*rule_list.LISTS, lambda: (NO_RENAMING, ONLY_POSTGRESQL)))
    install("default")
    return acme


def renamed(organisation: Organisation) -> str:
    """What it is called after an attempt to rename it."""
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk).update(name="Renamed")
    except DatabaseError as refusal:
        assert SAID in str(refusal)
    organisation.refresh_from_db()
    return organisation.name


class TestInForce:
    def test_a_rule_refuses_what_it_is_there_to_refuse(self, in_force: Organisation) -> None:
        assert renamed(in_force) == "Acme"
        assert missing("default") == []

    def test_installing_twice_changes_nothing(self, in_force: Organisation) -> None:
        install("default")
        assert renamed(in_force) == "Acme"

    def test_a_rule_taken_away_no_longer_holds_and_is_missed(self, in_force: Organisation) -> None:
        suspend("default")
        assert NO_RENAMING in missing("default")
        assert renamed(in_force) == "Renamed"

    def test_what_a_migration_took_away_comes_back_after_it(self, in_force: Organisation) -> None:
        suspend("default")
        install_after_migrating(using="default")
        assert renamed(in_force) == "Acme"

    def test_it_comes_back_after_a_while_without_also_when_that_fails(self, in_force: Organisation) -> None:
        with pytest.raises(ZeroDivisionError), suspended("default"):
            raise ZeroDivisionError
        assert missing("default") == []

    def test_words_that_were_changed_count_as_missing(self, in_force: Organisation) -> None:
        weaker = DatabaseRule(
            name=NO_RENAMING.name,
            table=NO_RENAMING.table,
            sqlite=NO_RENAMING.sqlite.replace("IS NULL", "= 'never'"),
            postgresql_when=NO_RENAMING.postgresql_when,
            postgresql_body="BEGIN RETURN NEW; END",
        )
        with connection.cursor() as cursor:
            for statement in (*NO_RENAMING.drop(connection.vendor), *weaker.create(connection.vendor)):
                cursor.execute(statement)
        assert missing("default") == [NO_RENAMING]


class TestCheck:
    def test_it_is_silent_while_every_rule_is_in_force(self, in_force: Organisation) -> None:
        assert check_database_rules(databases=["default"]) == []

    def test_it_names_the_rule_and_the_table(self, in_force: Organisation) -> None:
        with connection.cursor() as cursor:
            for statement in NO_RENAMING.drop(connection.vendor):
                cursor.execute(statement)
        (warning,) = check_database_rules(databases=["default"])
        assert isinstance(warning, checks.Warning)
        assert "qmm_tests_no_renaming on assessments_organisation" in warning.msg

    def test_no_database_is_asked_unless_it_is_named(self) -> None:
        assert check_database_rules() == []


class TestAnnouncing:
    def test_a_rule_hears_what_is_announced_and_no_longer_afterwards(self, in_force: Organisation) -> None:
        with transaction.atomic(), announced(renaming="yes"):
            assert renamed(in_force) == "Renamed"
        Organisation.objects.filter(pk=in_force.pk)
        with pytest.raises(DatabaseError, match=SAID), transaction.atomic():
            Organisation.objects.filter(pk=in_force.pk).update(name="Again")

    def test_an_inner_announcement_ends_before_the_outer_one(self, in_force: Organisation) -> None:
        with transaction.atomic(), announced(renaming="outer"):
            with announced(renaming="inner", other="too"):
                pass
            assert renamed(in_force) == "Renamed"

    def test_another_name_does_not_count(self, in_force: Organisation) -> None:
        with transaction.atomic(), announced(other="yes"):
            assert renamed(in_force) == "Acme"

    @pytest.mark.django_db(transaction=True)
    def test_outside_a_transaction_nothing_can_be_announced(self) -> None:
        with pytest.raises(RuntimeError, match="inside a transaction"), announced(renaming="yes"):
            pass


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        by_name((NO_RENAMING, NO_RENAMING))
