"""`report.json` against its published schema: every kind of report keeps it, and nothing goes into it undescribed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from assessments.demonstration import ensure_demonstration
from assessments.exports.data import SCHEMA, as_data, report_json
from assessments.models import Assessment, RaterFunction
from assessments.records import read_assessment
from assessments.report import build_report
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from tests.report_kinds import KINDS, everything_typed
from tests.reports import NOW, report_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
THE_SCHEMA: dict[str, Any] = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
DOCUMENT = (DOCS / "report-data.md").read_text(encoding="utf-8")
VALIDATOR = Draft202012Validator(THE_SCHEMA, format_checker=FormatChecker())


def mistakes(data: Any) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in VALIDATOR.iter_errors(data)]


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside the schema, with where it stands."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for group in ("properties", "$defs"):
        for name, inner in schema.get(group, {}).items():
            yield from parts(inner, f"{path}/{name}")
    yield from parts(schema.get("items"), f"{path}[]")
    for choice in schema.get("anyOf", ()):
        yield from parts(choice, f"{path}|")


def objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from objects(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_report_keeps_the_schema(kind: str) -> None:
    assert mistakes(json.loads(report_json(KINDS[kind]()))) == []


@pytest.mark.django_db
def test_the_demonstration_keeps_the_schema() -> None:
    ensure_demonstration(password="enough-for-a-test", now=NOW)
    for stored in Assessment.objects.all():
        record = read_assessment(stored, with_ratings=True)
        report = build_report(assessment=record, cohort=read_cohort(DEFAULT_COHORT), now=NOW)
        assert mistakes(json.loads(report_json(report))) == []


def test_the_schema_is_sound_and_bears_the_name_of_the_contract() -> None:
    Draft202012Validator.check_schema(THE_SCHEMA)
    assert THE_SCHEMA["properties"]["schema"]["const"] == THE_SCHEMA["title"] == SCHEMA


def test_a_new_key_fails_until_it_is_described_wherever_it_stands() -> None:
    data = as_data(KINDS["named raters"]())
    assert mistakes(data) == []
    for each in objects(data):
        if set(each) <= set(RaterFunction.values):
            continue  # a count by function, whose keys are listed by name
        each["new"] = 1
        assert mistakes(data) != [], each
        del each["new"]


def test_no_key_may_disappear() -> None:
    data = as_data(KINDS["named raters"]())
    for each in objects(data):
        for key in [] if set(each) <= set(RaterFunction.values) else list(each):
            value = each.pop(key)
            assert mistakes(data) != [], key
            each[key] = value


def test_every_key_has_a_description() -> None:
    named = [(path, part) for path, part in parts(THE_SCHEMA) if not path.endswith(("[]", "|"))]
    assert len(named) > 100
    assert [path for path, part in named if not part.get("description")] == []


def test_the_document_names_every_key_where_it_stands() -> None:
    told: dict[str, set[str]] = {}
    for key, beneath in re.findall(r"^\| `(\w+)` \| (.+) \|$", DOCUMENT, re.MULTILINE):
        told.setdefault(key, set()).update(re.findall(r"`(\w+)`", beneath))
    shared = {name: part for name, part in THE_SCHEMA["$defs"].items() if "properties" in part}
    described = THE_SCHEMA["properties"] | shared
    assert list(told) == list(described)
    for key, schema in described.items():
        assert told[key] == {name for _, part in parts(schema) for name in part.get("properties", ())}, key


def test_the_functions_are_those_of_the_product() -> None:
    round_of_raters = THE_SCHEMA["properties"]["raters"]["anyOf"][0]
    assert round_of_raters["properties"]["by_function"]["propertyNames"]["enum"] == RaterFunction.values


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"overall": {"score": 3.78, "interval": None, "placement": None}}, "$.overall.score"),
        ({"overall": {"score": "3.8", "interval": None, "placement": None}}, "$.overall.score"),
        ({"generated_at": "2026-10-05 09:30"}, "$.generated_at"),
        ({"raters": {}}, "$.raters"),
    ],
)
def test_what_breaks_the_contract_is_seen(wrong: dict[str, Any], where: str) -> None:
    assert any(each.startswith(where) for each in mistakes(as_data(report_of("3.5")) | wrong))


def test_all_that_was_typed_is_in_it() -> None:
    report = everything_typed()
    data = json.loads(report_json(report))
    for answer, each in zip(report.assessment.answers, data["sub_elements"], strict=True):
        assert (each["rationale"], each["reason"]) == (answer.rationale, answer.reason)
        assert each["evidence"] == [str(reference) for reference in answer.evidence]
        assert (each["confidence"] or "", each["evidence_strength"]) == (answer.confidence, answer.evidence_strength)
