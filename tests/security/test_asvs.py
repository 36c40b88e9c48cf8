"""The table of the OWASP ASVS: complete, as it would be written now, and with something to show in every row."""

import re

import pytest

from tests.security.asvs import DOCUMENT, ROOT, applicable, marked, requirements, with_table

# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has.
SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
MOST_DEVIATIONS = 3


def test_the_table_is_as_it_would_be_written_now() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == with_table(document), "run ./run asvs"


def test_every_requirement_is_there_once() -> None:
    said = requirements()
    elsewhere = [number for each in said["not_applicable"] for number in each["numbers"]]
    numbers = [*applicable(said), *elsewhere]
    assert len(numbers) == len(set(numbers)) == sum(SECTIONS.values()) == 253
    counted = dict.fromkeys(SECTIONS, 0)
    for number in numbers:
        counted[number.rpartition(".")[0]] += 1
    assert counted == SECTIONS


def test_every_row_has_something_to_show() -> None:
    tests = marked()
    bare = [number for number, entry in applicable(requirements()).items() if "shown" not in entry]
    assert [number for number in bare if number not in tests and number not in requirements()["deviations"]] == []


def test_no_test_is_marked_for_a_requirement_that_is_not_there() -> None:
    assert set(marked()) <= set(applicable(requirements()))


@pytest.mark.parametrize("test", requirements()["unmarked"])
def test_what_is_named_instead_of_marked_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")


def test_deviations_are_few_and_each_has_its_reason() -> None:
    deviations = requirements()["deviations"]
    assert len(deviations) <= MOST_DEVIATIONS
    assert set(deviations) <= set(applicable(requirements()))
    assert all(len(reason) > 100 for reason in deviations.values())


@pytest.mark.parametrize(("number", "entry"), applicable(requirements()).items())
def test_what_is_shown_is_there(number: str, entry: dict[str, str]) -> None:
    for target, anchor in re.findall(r"\]\(([^)#]+)(?:#([^)]+))?\)", entry.get("shown", "")):
        document = ROOT / "docs" / target
        assert document.exists(), f"{number}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_no_level_is_above_two() -> None:
    assert {entry["level"] for entry in applicable(requirements()).values()} == {1, 2}
