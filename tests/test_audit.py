"""The audit of dependencies: that it passes, and that it would not if something were wrong."""

import re
from pathlib import Path

import pytest

from tests.audit import (
    Locked,
    all_locked,
    in_order,
    is_allowed,
    locked,
    problems,
    rules,
    unhashed,
    unlicensed,
    vulnerable,
)

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.asvs("15.2.1", "15.1.2")
def test_nothing_that_is_locked_is_vulnerable_unhashed_or_of_another_licence() -> None:
    assert problems() == []


def test_every_floor_is_of_a_package_that_is_locked_and_names_its_advisory() -> None:
    names = {package.name for package in all_locked()}
    for name, floor in rules()["floors"].items():
        assert name in names, f"{name} is not a dependency any more"
        assert re.match(r"(CVE|GHSA|PYSEC)-", floor["advisory"])
    assert set(rules()["licences"]["by_hand"]) <= names


def test_an_older_version_is_found() -> None:
    floors = {"django": {"version": "5.2.17", "advisory": "CVE-2026-15307"}}
    assert list(vulnerable([Locked("django", "5.2.17", 1), Locked("django", "5.3", 1)], floors)) == []
    (found,) = vulnerable([Locked("django", "5.2.9", 1)], floors)
    assert found == "django 5.2.9 has CVE-2026-15307; 5.2.17 does not"


def test_versions_are_compared_as_numbers() -> None:
    assert in_order("5.2.9") < in_order("5.2.17") < in_order("5.10")
    assert in_order("2026.10.19") < in_order("2026.10.19.post1")
    with pytest.raises(AssertionError):
        in_order("6.0rc1")


def test_a_package_without_a_hash_is_found() -> None:
    text = "one==1.0 \\\n    --hash=sha256:aa\ntwo[extra]==2.0\n"
    assert [package.name for package in locked(text)] == ["one", "two"]
    assert list(unhashed(locked(text))) == ["two has no hash"]


@pytest.mark.parametrize(
    ("expression", "is_fine"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND (GPL-3.0-only OR BSD-3-Clause)", True),
        ("", False),
    ],
)
def test_a_licence_that_is_not_allowed_is_found(expression: str, is_fine: bool) -> None:
    assert is_allowed(expression, {"MIT", "BSD-3-Clause"}) is is_fine


def test_a_package_of_another_licence_is_found() -> None:
    licences = {"allowed": ["Apache-2.0"], "by_hand": {"pytest": "Apache-2.0"}}
    (found,) = unlicensed([Locked("django", "5.2", 1), Locked("pytest", "9", 1), Locked("not-there", "1", 1)], licences)
    assert found.startswith("django is licensed as BSD")


def test_installing_checks_the_hashes_and_ci_runs_the_audit() -> None:
    run = (ROOT / "run").read_text(encoding="utf-8")
    assert "--require-hashes" in run
    assert '"dependencies" $python -m tests.audit' in run
    assert "./run check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
