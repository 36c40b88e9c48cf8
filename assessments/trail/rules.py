"""The audit trail as rules of the database: it records every change, seals every entry, and keeps what is written."""

from collections.abc import Iterator

from assessments.database_rules.rules import DatabaseRule, quoted
from assessments.models import AuditEntry, AuditSeal, Organisation
from assessments.trail import postgresql_words, sqlite_words
from assessments.trail.audited import AUDITED, Audited

ENTRIES, SEALS = AuditEntry._meta.db_table, AuditSeal._meta.db_table
ONLY_GROWS = "The audit trail only grows."
REFUSED = f"RAISE EXCEPTION '{ONLY_GROWS}' USING ERRCODE = 'integrity_constraint_violation'"
SEALING = "qmm_trail_seal"


def trail_rules() -> tuple[DatabaseRule, ...]:
    recording = (rule for audited in AUDITED for rule in _recording(audited))
    keeping = (rule for table in (ENTRIES, SEALS) for rule in _keeping(table))
    return *recording, *keeping, _sealing()


def _recording(audited: Audited) -> Iterator[DatabaseRule]:
    name = f"qmm_trail_{audited.kind.lower()}"
    for operation in audited.operations:
        yield DatabaseRule(
            name=f"{name}_{operation.action}",
            table=audited.table,
            sqlite=sqlite_words.recording(audited, operation),
        )
    yield DatabaseRule(
        name=name,
        table=audited.table,
        postgresql_when=postgresql_words.recording_when(audited),
        postgresql_body=postgresql_words.recording_body(audited),
    )


def _keeping(table: str) -> Iterator[DatabaseRule]:
    """No entry changes or goes; all go together once their organisation is gone and somebody said so."""
    name = f"qmm_trail_{table.removeprefix('assessments_')}"
    organisations = Organisation._meta.db_table
    there = f"EXISTS (SELECT 1 FROM {organisations} o WHERE o.id = OLD.organisation_id)"
    said = "coalesce({}, '') = CAST(OLD.organisation_id AS text)"
    on_sqlite = said.format("qmm_announced('removing_trail')")
    on_postgresql = said.format("current_setting('qmm.removing_trail', true)")
    yield DatabaseRule(
        name=f"{name}_unchanged",
        table=table,
        sqlite=f"BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, {quoted(ONLY_GROWS)}); END",
        postgresql_when=f"BEFORE UPDATE ON {table} FOR EACH ROW",
        postgresql_body=f"BEGIN {REFUSED}; END",
    )
    yield DatabaseRule(
        name=f"{name}_kept",
        table=table,
        sqlite=(
            f"BEFORE DELETE ON {table} WHEN {there} OR NOT {on_sqlite}"
            f" BEGIN SELECT RAISE(ABORT, {quoted(ONLY_GROWS)}); END"
        ),
        postgresql_when=f"BEFORE DELETE ON {table} FOR EACH ROW",
        postgresql_body=f"BEGIN IF {there} OR NOT {on_postgresql} THEN {REFUSED}; END IF; RETURN OLD; END",
    )
    yield DatabaseRule(
        name=f"{name}_not_emptied",
        table=table,
        postgresql_when=f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        postgresql_body=f"BEGIN {REFUSED}; END",
    )


def _sealing() -> DatabaseRule:
    return DatabaseRule(
        name=SEALING,
        table=ENTRIES,
        sqlite=sqlite_words.sealing(),
        postgresql_when=postgresql_words.SEALING_WHEN,
        postgresql_body=postgresql_words.sealing_body(),
        postgresql_kind="CONSTRAINT TRIGGER",
    )
