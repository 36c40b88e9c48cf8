"""The triggers of the audit trail in the words of SQLite, which has one for each operation."""

import json
from collections.abc import Sequence

from assessments.database_rules.rules import quoted
from assessments.trail.audited import Audited, Operation
from assessments.trail.chain import NOTHING_BEFORE, SEALED

HIDDEN = "hidden"
NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
ENTRY_COLUMNS = (
    *("organisation_id", "at", "actor", "actor_name", "origin", "kind", "action", "row", "assessment", "about"),
    *("before", "after", "reason"),
)
AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
SEAL_FUNCTION, CHANGES_FUNCTION = "qmm_seal", "qmm_differing"


def recording(audited: Audited, operation: Operation) -> str:
    """All that follows CREATE TRIGGER name."""
    row = "OLD" if operation is Operation.DELETE else "NEW"
    before, after = _contents(audited, operation)
    values = (
        audited.organisation.format(row=row),
        NOW,
        "CASE WHEN masked AND actor LIKE 'rater:%' THEN 'rater' ELSE actor END",
        "CASE WHEN masked AND actor LIKE 'rater:%' THEN '' ELSE coalesce(qmm_announced('actor_name'), '') END",
        "coalesce(qmm_announced('origin'), '')",
        quoted(audited.kind),
        quoted(operation.action),
        f"CASE WHEN masked THEN '' ELSE {_hexadecimal(audited.key.format(row=row))} END",
        _hexadecimal(audited.assessment.format(row=row)),
        f"CASE WHEN masked THEN '' ELSE coalesce({audited.about.format(row=row)}, '') END",
        f"CASE WHEN masked THEN '{{}}' ELSE {before} END",
        f"CASE WHEN masked THEN '{{}}' ELSE {after} END",
        "coalesce(qmm_announced('reason'), '')",
    )
    return (
        f'AFTER {operation} ON "{audited.table}"{_when(audited, operation)} BEGIN'
        f" SELECT RAISE(ABORT, 'A change of {audited.kind} says nobody who makes it.')"
        " WHERE coalesce(qmm_announced('actor'), '') = '';"
        f" INSERT INTO assessments_auditentry ({_listed(ENTRY_COLUMNS)}) SELECT {', '.join(values)}"
        f" FROM (SELECT qmm_announced('actor') AS actor, {_masked(audited, row)} AS masked); END"
    )


def sealing() -> str:
    texts = ", ".join(f'NEW."{column}"' for column in SEALED)
    return (
        "AFTER INSERT ON assessments_auditentry BEGIN"
        ' INSERT INTO assessments_auditseal ("entry_id", "organisation_id", "number", "hash")'
        " SELECT NEW.id, NEW.organisation_id, coalesce(latest.number, 0) + 1,"
        f" {SEAL_FUNCTION}(coalesce(latest.hash, '{NOTHING_BEFORE}'), coalesce(latest.number, 0) + 1, {texts})"
        " FROM (SELECT 1) LEFT JOIN (SELECT number, hash FROM assessments_auditseal"
        " WHERE organisation_id = NEW.organisation_id ORDER BY number DESC LIMIT 1) AS latest ON 1; END"
    )


def differing(side: int, names: str, hidden: str, *values: object) -> str:
    """The columns that differ, as JSON: of `values` each column has two, old and new, and `side` says which is told."""
    told = {}
    secret = hidden.split(",")
    for place, name in enumerate(names.split(",")):
        old, new = values[2 * place], values[2 * place + 1]
        if old != new:
            told[name] = HIDDEN if name in secret else (old, new)[side]
    return AS_JSON(told)


def _contents(audited: Audited, operation: Operation) -> tuple[str, str]:
    if operation is Operation.UPDATE:
        pairs = ", ".join(f'OLD."{column}", NEW."{column}"' for column in audited.columns)
        said = f"'{','.join(audited.columns)}', '{','.join(audited.hidden)}', {pairs}"
        return f"{CHANGES_FUNCTION}(0, {said})", f"{CHANGES_FUNCTION}(1, {said})"
    row = "OLD" if operation is Operation.DELETE else "NEW"
    whole = ", ".join(f"'{column}', {_shown(audited, row, column)}" for column in audited.columns)
    return (f"json_object({whole})", "'{}'") if row == "OLD" else ("'{}'", f"json_object({whole})")


def _shown(audited: Audited, row: str, column: str) -> str:
    return f"'{HIDDEN}'" if column in audited.hidden else f'{row}."{column}"'


def _when(audited: Audited, operation: Operation) -> str:
    """A row that is written as it was is no change."""
    if operation is not Operation.UPDATE:
        return ""
    differs = (f'OLD."{column}" IS NOT NEW."{column}"' for column in (*audited.columns, _key(audited)))
    return f" WHEN {' OR '.join(differs)}"


def _key(audited: Audited) -> str:
    return audited.key.removeprefix("{row}.")


def _masked(audited: Audited, row: str) -> str:
    if not audited.is_anonymous:
        return "0"
    is_anonymous = f"coalesce({audited.is_anonymous.format(row=row)}, 0)"
    return is_anonymous if audited.is_masked else f"{is_anonymous} AND qmm_announced('actor') LIKE 'rater:%'"


def _hexadecimal(value: str) -> str:
    return "''" if value == "''" else f"replace(CAST({value} AS text), '-', '')"


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
