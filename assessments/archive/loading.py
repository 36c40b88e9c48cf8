"""Loads an archive into an empty product: everything or nothing, and only if every seal of it holds afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.models import Model

from assessments.archive.locking import OtherKeyError, unlock
from assessments.archive.people import Numbers, load_people
from assessments.archive.reading import MOST_OF_ONE, CheckedArchive, checked_rows, open_archive, read_json
from assessments.archive.refusals import RefusedError
from assessments.archive.rows import insert_rows, references_here
from assessments.archive.signers import renumber_signers
from assessments.archive.tables import TABLES, Table
from assessments.archive.writing import HIDDEN
from assessments.database_rules.installing import install, suspend
from assessments.models import Assessment, AuditEntry, Organisation, Person, SignedRecord
from assessments.signature_checks import check_sign_off
from assessments.signed_rows import forgettable, protected_rows
from assessments.trail.events import note_event
from assessments.trail.places import LOADED, NUMBERS
from assessments.trail.sealing import head_of_trail
from assessments.trail.verifying import faults_of

NOT_EMPTY = (
    "There is an organisation in this product already. An archive is loaded into an empty one: set up a new VAR_DIR or "
    "database, run ./run install, and load it there."
)
OTHER_KEY = (
    "Some ratings in this archive are locked with the key of the server that wrote it. Load it with that server’s key: "
    "set SECRET_KEY, or SECRET_KEY_FALLBACKS, to what it is in the .env there."
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came, to be told to whoever loaded it."""

    organisation: Organisation
    rows: int
    new_people: int
    head: str


def load_archive(source: IO[bytes], *, now: datetime) -> Loaded:
    """Raise RefusedError, with nothing changed, for an archive that does not fit or does not hold."""
    archive = open_archive(source)
    hidden = _hidden(archive)
    try:
        with transaction.atomic():
            return _load(archive, hidden, now)
    except DatabaseError as problem:
        raise RefusedError(
            f"The database does not take this archive: {str(problem).splitlines()[0][:300]}"
        ) from problem


def _load(archive: CheckedArchive, hidden: Mapping[str, Any], now: datetime) -> Loaded:
    """The rules of the database are suspended inside the transaction: they come back with whatever ends it."""
    if Organisation.objects.exists() or AuditEntry.objects.exists():
        raise RefusedError(NOT_EMPTY)
    suspend(DEFAULT_DB_ALIAS)
    before = Person.objects.count()
    people = load_people(archive.rows("people"))
    count = sum(_load_table(table, archive, hidden, people) for table in TABLES)
    organisation = _the_one()
    _refuse_strays(organisation, count)
    _forget_other_numbers(people)
    renumber_signers(people)
    connection.check_constraints()
    _reset_sequences()
    install(DEFAULT_DB_ALIAS)
    _refuse_unsound(organisation, str(archive.manifest.get("trail_head")))
    made_at = str(archive.manifest.get("made_at"))[:40]
    details = {"written at": made_at, NUMBERS: {str(there): here for there, here in people.items()}}
    note_event(organisation_id=organisation.pk, event=LOADED, about=organisation.name, details=details, now=now)
    head = str(head_of_trail(organisation.pk))
    return Loaded(organisation, count, Person.objects.count() - before, head)


def _hidden(archive: CheckedArchive) -> Mapping[str, Any]:
    try:
        content = read_json(unlock(archive.content(HIDDEN, MOST_OF_ONE)))
    except OtherKeyError as problem:
        raise RefusedError(OTHER_KEY) from problem
    if not isinstance(content, dict):
        raise RefusedError("What is locked in this archive is not what this product locks.")
    return content


def _load_table(table: Table, archive: CheckedArchive, hidden: Mapping[str, Any], people: Numbers) -> int:
    rows = archive.rows(table.name) + checked_rows(hidden.get(table.name, []), table.name)
    insert_rows(table, rows, people, references_here())
    return len(rows)


def _the_one() -> Organisation:
    organisations = list(Organisation.objects.all()[:2])
    if len(organisations) != 1:
        raise RefusedError("An archive holds one organisation; this one does not.")
    return organisations[0]


def _refuse_strays(organisation: Organisation, count: int) -> None:
    if sum(table.rows(organisation.pk).count() for table in TABLES) != count:
        raise RefusedError("The archive has rows that do not belong to its organisation.")


def _forget_other_numbers(people: Numbers) -> None:
    """What was signed names people by their numbers there. Of whom has another here it names nobody, as when an account
    is removed; their printed names stay."""
    others = [here for there, here in people.items() if here != there]
    if not others:
        return
    for record in SignedRecord.objects.select_related("assessment"):
        for rows in protected_rows(record.assessment):
            for column in forgettable(rows.model):
                rows.filter(**{f"{column}__in": others}).update(**{column: None})


def _reset_sequences() -> None:
    """PostgreSQL does not see that numbers were given; the next new row must not meet one of them."""
    numbered: list[type[Model]] = [*(table.model for table in TABLES), Person]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), numbered):
            cursor.execute(statement)


def _refuse_unsound(organisation: Organisation, head: str) -> None:
    faults = [*_faults(organisation, head)]
    if faults:
        raise RefusedError(
            f"What is in this archive does not hold, so nothing of it was loaded. {' '.join(faults[:5])}"
        )


def _faults(organisation: Organisation, head: str) -> Iterator[str]:
    yield from faults_of(organisation.pk)
    if str(head_of_trail(organisation.pk)) != head:
        yield "The audit trail does not end where the manifest says."
    for assessment in Assessment.objects.filter(site__organisation=organisation):
        for fault in check_sign_off(assessment):
            yield f"{assessment.title}: {fault}"
