"""The triggers of the audit trail in the words of PostgreSQL, which has one for all operations on a table."""

from assessments.database_rules.rules import quoted
from assessments.trail.audited import Audited
from assessments.trail.chain import NOTHING_BEFORE, SEALED
from assessments.trail.sqlite_words import ENTRY_COLUMNS, HIDDEN

NOW = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
# Who comes later waits until the chain of the organisation is theirs, at the very end of their transaction.
LOCK = "pg_advisory_xact_lock(hashtextextended('qmm trail', NEW.organisation_id))"


def recording_when(audited: Audited) -> str:
    return f'AFTER {" OR ".join(audited.operations)} ON "{audited.table}" FOR EACH ROW'


def recording_body(audited: Audited) -> str:
    values = (
        audited.organisation.format(row="told"),
        NOW,
        "CASE WHEN masked AND by_rater THEN 'rater' ELSE who END",
        f"CASE WHEN masked AND by_rater THEN '' ELSE {_announced('actor_name')} END",
        _announced("origin"),
        quoted(audited.kind),
        "CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END",
        f"CASE WHEN masked THEN '' ELSE {_hexadecimal(audited.key.format(row='told'))} END",
        _hexadecimal(audited.assessment.format(row="told")),
        f"CASE WHEN masked THEN '' ELSE coalesce({audited.about.format(row='told')}, '') END",
        "CASE WHEN masked THEN '{}' ELSE old_columns::text END",
        "CASE WHEN masked THEN '{}' ELSE new_columns::text END",
        _announced("reason"),
    )
    columns = ", ".join(f'"{column}"' for column in ENTRY_COLUMNS)
    key = audited.key.format(row="told").removeprefix("told.")
    return f"""\
DECLARE
  told "{audited.table}"%ROWTYPE;
  who text := current_setting('qmm.actor', true);
  by_rater boolean := who LIKE 'rater:%';
  masked boolean := false;
  old_columns jsonb := '{{}}';
  new_columns jsonb := '{{}}';
BEGIN
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
  IF coalesce(who, '') = '' THEN
    RAISE EXCEPTION 'A change of {audited.kind} says nobody who makes it.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN told := OLD; ELSE told := NEW; END IF;
  IF TG_OP <> 'INSERT' THEN old_columns := to_jsonb(OLD) - '{key}'; END IF;
  IF TG_OP <> 'DELETE' THEN new_columns := to_jsonb(NEW) - '{key}'; END IF;
  IF TG_OP = 'UPDATE' THEN
    SELECT coalesce(jsonb_object_agg(n.key, old_columns -> n.key), '{{}}'),
           coalesce(jsonb_object_agg(n.key, n.value), '{{}}')
      INTO old_columns, new_columns
      FROM jsonb_each(new_columns) n WHERE n.value IS DISTINCT FROM old_columns -> n.key;
  END IF;
{_hiding(audited)}  masked := {_masked(audited)};
  INSERT INTO assessments_auditentry ({columns})
    VALUES ({", ".join(values)});
  RETURN NULL;
END"""


SEALING_WHEN = "AFTER INSERT ON assessments_auditentry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"


def sealing_body() -> str:
    latest_or_none = f"coalesce(latest.hash, '{NOTHING_BEFORE}')"
    before = f"{_measured(latest_or_none)} || {_measured('place::text')}"
    texts = " || ".join(_measured(f'NEW."{column}"') for column in SEALED)
    return f"""\
DECLARE
  latest record;
  place bigint;
BEGIN
  PERFORM {LOCK};
  SELECT number, hash INTO latest FROM assessments_auditseal
    WHERE organisation_id = NEW.organisation_id ORDER BY number DESC LIMIT 1;
  place := coalesce(latest.number, 0) + 1;
  INSERT INTO assessments_auditseal (entry_id, organisation_id, number, hash)
    VALUES (NEW.id, NEW.organisation_id, place, encode(sha256(convert_to({before} || {texts}, 'UTF8')), 'hex'));
  RETURN NULL;
END"""


def _measured(text: str) -> str:
    return f"octet_length({text})::text || ':' || {text} || ','"


def _announced(name: str) -> str:
    return f"coalesce(current_setting('qmm.{name}', true), '')"


def _hiding(audited: Audited) -> str:
    return "".join(
        f"  IF {side} ? '{column}' THEN {side} := {side} || '{{\"{column}\": \"{HIDDEN}\"}}'; END IF;\n"
        for column in audited.hidden
        for side in ("old_columns", "new_columns")
    )


def _masked(audited: Audited) -> str:
    if not audited.is_anonymous:
        return "false"
    is_anonymous = f"coalesce({audited.is_anonymous.format(row='told')}, false)"
    return is_anonymous if audited.is_masked else f"by_rater AND {is_anonymous}"


def _hexadecimal(value: str) -> str:
    return "''" if value == "''" else f"replace(CAST({value} AS text), '-', '')"
