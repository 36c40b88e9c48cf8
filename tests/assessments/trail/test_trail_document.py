"""docs/audit-trail.md: what it computes by hand is what the product computes, and it names what is recorded."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

from assessments.trail.chain import SEALED, sealed_chain
from assessments.trail.printing import MOST_ON_PAPER
from assessments.trail.requests import TAKEN_OF_ASSESSMENT
from assessments.views.trail import WALKED

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "audit-trail.md").read_text(encoding="utf-8")


def table() -> list[list[str]]:
    rows = [line for line in DOCUMENT.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_example_is_sealed_as_it_says() -> None:
    heading, *rows = table()
    assert heading == ["number", *SEALED]
    seals = re.findall(r"^- [12]: `([0-9a-f]{64})`$", DOCUMENT, re.MULTILINE)
    assert sealed_chain(row[1:] for row in rows) == seals


def test_the_command_computes_the_first_seal() -> None:
    (command,) = re.findall(r"^printf .*$", DOCUMENT, re.MULTILINE)
    said = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True).stdout
    assert f"- 1: `{said.split()[0]}`" in DOCUMENT


def test_the_columns_are_named_in_their_order() -> None:
    assert f"3. {', '.join(SEALED)}" in DOCUMENT


def test_what_is_taken_and_the_limits_are_named() -> None:
    for file in TAKEN_OF_ASSESSMENT.values():
        assert f"`{file}`" in DOCUMENT or f"`.{file.split('.')[1]}`" in DOCUMENT
    assert f"newest {MOST_ON_PAPER}\n" in DOCUMENT
    assert f"newest {WALKED:,} entries" in DOCUMENT
