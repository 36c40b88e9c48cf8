"""The locked requirements: pinned, hashed, complete, and free of any registry's address."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,-]+\])?==(\S+)", re.MULTILINE)


@pytest.mark.asvs("15.1.2")
@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_and_hashed_and_names_no_registry(name: str) -> None:
    locked = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", locked, flags=re.MULTILINE)[1:]
    assert entries
    assert all(PINNED.match(entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in locked
    assert "--index-url" not in locked


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_that_is_asked_for_is_locked(name: str) -> None:
    asked = re.findall(r"^([A-Za-z][\w-]*)", (ROOT / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE)
    locked = dict(PINNED.findall((ROOT / f"{name}.txt").read_text(encoding="utf-8")))
    assert {package.lower() for package in asked} <= set(locked)


def test_product_and_tests_agree_on_every_version() -> None:
    product, tests = (
        dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert {name: version for name, version in tests.items() if product.get(name, version) != version} == {}
