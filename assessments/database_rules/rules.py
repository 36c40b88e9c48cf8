"""What a rule is that the database itself keeps, as a trigger; which rules there are is in `rule_list.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

# PostgreSQL's triggers call a function; ours has the trigger's name.
POSTGRESQL_FUNCTION = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $rule$\n{body}\n$rule$"


@dataclass(frozen=True, slots=True)
class DatabaseRule:
    """One trigger on one table, in the words of both databases.

    `sqlite` is all that follows CREATE TRIGGER name. `postgresql_body` is what the function does, from DECLARE or BEGIN
    to END, and `postgresql_when` what follows CREATE TRIGGER name until EXECUTE. A database without words for a rule
    (SQLite has no TRUNCATE) leaves both empty.
    """

    name: str  # at most 63 characters, the same on both databases, beginning with qmm_
    table: str
    sqlite: str = ""
    postgresql_when: str = ""
    postgresql_body: str = ""
    postgresql_kind: str = "TRIGGER"  # or CONSTRAINT TRIGGER, for one that waits until the transaction ends

    def create(self, vendor: str) -> tuple[str, ...]:
        """The statements that put the rule in force, none where this database has no such rule."""
        if vendor == "sqlite":
            return (self.sqlite_statement,) if self.sqlite else ()
        if not self.postgresql_when:
            return ()
        function = POSTGRESQL_FUNCTION.format(name=self.name, body=self.postgresql_body)
        return (
            function,
            f"CREATE {self.postgresql_kind} {self.name} {self.postgresql_when} EXECUTE FUNCTION {self.name}()",
        )

    def drop(self, vendor: str) -> tuple[str, ...]:
        """The statements that take the rule away, also where it is not in force; its table must be there."""
        if vendor == "sqlite":
            return (f"DROP TRIGGER IF EXISTS {self.name}",)
        return (f'DROP TRIGGER IF EXISTS {self.name} ON "{self.table}"', f"DROP FUNCTION IF EXISTS {self.name}()")

    def expected(self, vendor: str) -> str:
        """What the database answers when it is asked for the rule in force; empty where it has none."""
        if vendor == "sqlite":
            return self.sqlite_statement if self.sqlite else ""
        return f"\n{self.postgresql_body}\n" if self.postgresql_when else ""

    @property
    def sqlite_statement(self) -> str:
        return f"CREATE TRIGGER {self.name} {self.sqlite}"


def quoted(text: str) -> str:
    """A text of our own inside a rule."""
    return "'" + text.replace("'", "''") + "'"


def by_name(rules: tuple[DatabaseRule, ...]) -> Mapping[str, DatabaseRule]:
    """The rules by their names, each of which is there once."""
    named = {rule.name: rule for rule in rules}
    if len(named) != len(rules):
        raise ValueError("Two database rules have the same name.")
    return named
