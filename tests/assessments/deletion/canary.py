"""An organisation in whose every text stands one word that stands nowhere else, and the search for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from assessments.answering import Change, save_page
from assessments.entries import Entry, EvidenceReference
from assessments.founding import found_organisation
from assessments.models import AnswerState, Organisation, Person, Rating
from assessments.opening import open_assessment
from assessments.revising import open_revision
from tests.raters import invited, opened
from tests.shared_reports import shared
from tests.signing import sign_off

CANARY = "zqxcanaryzqx"
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def found_canary(person: Person) -> Organisation:
    """A site with a draft that was saved twice, rated and shared, and an assessment that was signed and revised twice.

    And a note of it in the log of the admin.
    """
    organisation = found_organisation(
        person=person, name=f"{CANARY} Ltd", site_name=f"{CANARY} site", manufacturing=f"{CANARY} tablets"
    )
    assessment = open_assessment(site=organisation.sites.get(), title=f"{CANARY} title", period=f"{CANARY} period")
    for version in range(2):
        changes = [Change(answer, _entry(version), version) for answer in assessment.answers.all()]
        save_page(assessment=assessment, changes=changes, person=person, now=NOW)
    rater = invited(opened(assessment, person), f"{CANARY} rater")
    Rating.objects.filter(rater=rater).update(rationale=f"{CANARY} " * 300)
    shared(assessment, purpose=f"{CANARY} purpose")
    signed = open_assessment(site=organisation.sites.get(), title=f"{CANARY} signed", period=f"{CANARY} period")
    for number in range(2):
        sign_off(signed, person)
        signed = open_revision(assessment=signed, reason=f"{CANARY} reason {number}")
    LogEntry.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(Organisation),
        object_id=str(organisation.pk),
        object_repr=organisation.name,
        action_flag=CHANGE,
        change_message="[]",
    )
    return organisation


def _entry(version: int) -> Entry:
    return Entry(
        state=AnswerState.NOT_APPLICABLE,
        reason=f"{CANARY} reason {version}",
        rationale=f"{CANARY} rationale {version} " * 100,
        evidence=(EvidenceReference(f"{CANARY} evidence", f"{CANARY} place"),),
    )


def tables_with(text: str) -> set[str]:
    """The tables in any column of any row of which the text stands, read by their raw columns."""
    return {table for table in connection.introspection.table_names() if any(text in row for row in _rows(table))}


def _rows(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        for row in cursor.fetchall():
            yield repr(row)


def files_with(text: str) -> list[str]:
    """SQLite's own files, byte for byte."""
    name = str(connection.settings_dict["NAME"])
    files = [Path(f"{name}{ending}") for ending in ("", "-wal", "-shm", "-journal")]
    return [file.name for file in files if file.is_file() and text.encode() in file.read_bytes()]
