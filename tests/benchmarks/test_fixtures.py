"""The fixtures load twice without change, and hold the framework as it was published and inferred."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from benchmarks.fixture_rows import FIXTURES, KEPT, read_database
from benchmarks.models import AreaScore, Establishment, SubElement, SubElementScore


def rows_with_keys() -> dict[str, object]:
    """Everything stored, and under which primary keys."""
    keys = {name: sorted(apps.get_model(name)._default_manager.values_list("pk", flat=True)) for name in KEPT}
    return {"rows": read_database("default"), "keys": keys}


def test_they_load_again_without_change(db: None) -> None:
    before = rows_with_keys()
    call_command("loaddata", "framework", "fda_2024", verbosity=0)
    assert rows_with_keys() == before


def test_loading_again_mends_what_was_changed(db: None) -> None:
    before = rows_with_keys()
    AreaScore.objects.filter(establishment__label="A").update(score="1.0")
    SubElement.objects.filter(code="capa").update(name="Something else")
    call_command("loaddata", "framework", "fda_2024", verbosity=0)
    assert rows_with_keys() == before


def test_nine_sites_by_five_areas_and_six_sub_element_scores(db: None) -> None:
    assert (Establishment.objects.count(), AreaScore.objects.count(), SubElementScore.objects.count()) == (9, 45, 6)


def test_four_sub_elements_in_each_of_five_areas(db: None) -> None:
    areas = [each.practice_area.code for each in SubElement.objects.select_related("practice_area")]
    assert areas == [code for code in ("MCQ", "BC", "PQS", "TE", "EEE") for _ in range(4)]


@pytest.mark.parametrize(
    ("basis", "codes"),
    [
        (
            ("scorecard", "stated"),
            {"quality-risk-management", "data-excellence", "rewards-and-recognition"},
        ),
        (
            ("scorecard", "inferred"),
            {"continual-improvement", "technological-advancement", "knowledge-management"},
        ),
        (
            ("public", "inferred"),
            {
                "management-review",
                "resource-management",
                "supply-planning",
                "capa",
                "process-optimization",
                "patient-impact",
            },
        ),
        (
            ("working", "working"),
            {
                "quality-leadership",
                "quality-planning",
                "supplier-oversight",
                "shortage-contingency",
                "equipment-reliability",
                "change-management",
                "training-and-development",
                "empowerment",
            },
        ),
    ],
)
def test_each_sub_element_says_what_its_name_and_its_area_rest_on(
    db: None, basis: tuple[str, str], codes: set[str]
) -> None:
    name_basis, area_basis = basis
    found = SubElement.objects.filter(name_basis=name_basis, area_basis=area_basis).values_list("code", flat=True)
    assert set(found) == codes


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_no_row_stands_twice_in_a_fixture_and_none_has_a_number(path: Path) -> None:
    """A fixed primary key would collide with rows that somebody entered."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows)
    assert not [row for row in rows if "pk" in row]
