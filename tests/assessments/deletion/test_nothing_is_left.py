"""After a deletion nothing of the organisation is found: in no table, in no kept PDF, and not in SQLite's file."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from assessments.kept_pdfs import OF_A_LINK, OF_AN_ASSESSMENT, key_of
from assessments.models import Assessment, DeletionReceipt, Organisation, Person, ReportLink
from assessments.pdf_job import Paper
from assessments.planned_deletion import plan_deletion
from tests.assessments.deletion.canary import CANARY, files_with, found_canary, tables_with

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT_DAYS = timedelta(days=8)


@pytest.fixture
def canary(mallory: Person) -> Organisation:
    organisation = found_canary(mallory)
    plan_deletion(organisation=organisation, person=mallory, now=timezone.now() - EIGHT_DAYS)
    return organisation


def test_before_it_is_found_in_every_table_that_holds_its_texts(canary: Organisation) -> None:
    expected = {"organisation", "site", "assessment", "answer", "answerversion", "rater", "rating", "reportlink"}
    assert tables_with(CANARY) >= {f"assessments_{name}" for name in expected} | {"django_admin_log"}


def test_no_table_has_a_word_of_it(canary: Organisation, assessment: Assessment) -> None:
    call_command("delete_due", verbosity=0)
    assert tables_with(CANARY) == set()
    assert Assessment.objects.get() == assessment


def test_no_kept_pdf_of_it_stays(canary: Organisation) -> None:
    owners = [
        (str(Assessment.objects.get(title=f"{CANARY} title").pk), OF_AN_ASSESSMENT),
        (str(ReportLink.objects.get().pk), OF_A_LINK),
    ]
    keys = [key_of(owner, kind, paper) for owner, kinds in owners for kind in kinds for paper in Paper]
    for key in keys:
        caches["pdf"].set(key, ("digest", CANARY.encode()))
    call_command("delete_due", verbosity=0)
    assert [key for key in keys if caches["pdf"].get(key)] == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL clears its own files")
class TestTheFile:
    def test_not_a_byte_of_it_is_left(self, canary: Organisation) -> None:
        assert files_with(CANARY)
        call_command("delete_due", verbosity=0)
        assert files_with(CANARY) == []
        assert DeletionReceipt.objects.get().file_rewritten_at is not None

    def test_a_reader_who_is_in_the_way_only_delays_it(
        self, canary: Organisation, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Whoever reads an older state keeps it in the log; the next round writes the file anew."""
        reader = connection.copy()
        with reader.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        try:
            with reader.cursor() as cursor:
                reader.connection.isolation_level = None
                cursor.execute("BEGIN")
                cursor.execute("SELECT count(*) FROM assessments_organisation")
                cursor.fetchone()
                with connection.cursor() as ours:
                    ours.execute("PRAGMA busy_timeout = 50")
                call_command("delete_due", verbosity=0)
                assert tables_with(CANARY) == set()
                assert DeletionReceipt.objects.get().file_rewritten_at is None
                cursor.execute("ROLLBACK")
        finally:
            reader.close()
            connections["default"].close()
        call_command("delete_due", verbosity=0)
        assert files_with(CANARY) == []
        assert DeletionReceipt.objects.get().file_rewritten_at is not None
