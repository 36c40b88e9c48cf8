"""Where the fixtures and the database differ, row by row and field by field; it only reads."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.core import serializers

FIXTURES = Path(__file__).parent / "fixtures"
NOTHING = "nothing"


class Kept(NamedTuple):
    """How rows of a model are told apart, whose part they are (and how many words name it), what to fetch along."""

    key: tuple[str, ...]
    parent: tuple[str, int] | None = None
    along: tuple[str, ...] = ()


KEPT = {
    "benchmarks.framework": Kept(("version",)),
    "benchmarks.practicearea": Kept(("code",)),
    "benchmarks.subelement": Kept(("framework", "code"), ("benchmarks.framework", 1), ("framework", "practice_area")),
    "benchmarks.cohort": Kept(("slug",), None, ("framework",)),
    "benchmarks.establishment": Kept(("cohort", "label"), ("benchmarks.cohort", 1), ("cohort",)),
    "benchmarks.areascore": Kept(
        ("establishment", "practice_area"),
        ("benchmarks.establishment", 2),
        ("establishment__cohort", "practice_area"),
    ),
    "benchmarks.subelementscore": Kept(
        ("establishment", "sub_element"),
        ("benchmarks.establishment", 2),
        ("establishment__cohort", "sub_element__framework"),
    ),
}


class RowKey(NamedTuple):
    """A row by its model and the words of its natural key."""

    model: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{apps.get_model(self.model)._meta.verbose_name} {' '.join(self.words)}"

    @property
    def parent(self) -> "RowKey | None":
        parent = KEPT[self.model].parent
        return None if parent is None else RowKey(parent[0], self.words[: parent[1]])


Fields = Mapping[str, Any]
Rows = dict[RowKey, Fields]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one row of which the fixture says one thing and the database another."""

    row: RowKey
    field: str  # empty when one side lacks the whole row
    in_fixture: str
    in_database: str

    def __str__(self) -> str:
        where = f"{self.row}, {self.field}" if self.field else f"{self.row}"
        return f"{where}: the fixture has {self.in_fixture}, the database {self.in_database}."


def read_fixtures(folder: Path = FIXTURES) -> dict[str, Rows]:
    """The rows of each fixture, by the name that `loaddata` knows it by."""
    return {path.stem: _keyed(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))}


def read_database(using: str) -> Rows:
    """All rows of the database, in one query for each model."""
    rows: Rows = {}
    for name, kept in KEPT.items():
        found = apps.get_model(name)._default_manager.using(using).select_related(*kept.along)
        as_data = serializers.serialize("python", found, use_natural_foreign_keys=True, use_natural_primary_keys=True)
        rows |= _keyed(as_data)
    return rows


def differences(fixture: Rows, database: Rows) -> Iterator[Difference]:
    """What differs, and what the database has on top within a row that the fixture describes."""
    for key, fields in fixture.items():
        if key in database:
            yield from _differing_fields(key, fields, database[key])
        else:
            yield Difference(key, "", _summary(key, fields), NOTHING)
    for key, fields in database.items():
        if key not in fixture and key.parent in fixture:
            yield Difference(key, "", NOTHING, _summary(key, fields))


def _keyed(rows: Iterable[dict[str, Any]]) -> Rows:
    return {RowKey(row["model"], tuple(_words(row))): row["fields"] for row in rows}


def _words(row: dict[str, Any]) -> Iterator[str]:
    for name in KEPT[row["model"]].key:
        value = row["fields"][name]
        yield from (value,) if isinstance(value, str) else value


def _differing_fields(key: RowKey, fixture: Fields, database: Fields) -> Iterator[Difference]:
    for name, value in fixture.items():
        expected, found = _shown(key, name, value), _shown(key, name, database[name])
        if expected != found:
            yield Difference(key, name, expected, found)


def _summary(key: RowKey, fields: Fields) -> str:
    """What a row says beyond its key: its score, if it has one."""
    return _shown(key, "score", fields["score"]) if "score" in fields else "this row"


def _shown(key: RowKey, name: str, value: Any) -> str:
    """A value in one spelling wherever it comes from: 2.8 and 2.80 are the same score."""
    if isinstance(value, list | tuple):
        return " ".join(value)
    converted = apps.get_model(key.model)._meta.get_field(name).to_python(value)
    if isinstance(converted, Decimal):
        return f"{converted:.2f}"
    return "an empty text" if converted == "" else str(converted)
