"""docs/workbook.md against the code: every column, every word, every limit."""

import re
from pathlib import Path

from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH
from assessments.workbook import admission, cells, layout
from assessments.workbook.carrying import LASTS

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "workbook.md").read_text(encoding="utf-8")


def table(number: int) -> dict[str, str]:
    section = DOCUMENT.split(f"\n### Table {number}: ")[1].split("\n#")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][1:]
    return {first.strip(): second.strip() for first, second in rows}


def test_every_column_that_is_read_is_described() -> None:
    described = set()
    for key in table(1):
        first, _, last = key.replace("`", "").partition(" to ")
        pairs = range(1, int(last.split("_")[1]) + 1) if last else ()
        described |= {first, *(first.replace("_1_", f"_{pair}_") for pair in pairs)}
    assert described == set(layout.READ)


def test_the_words_are_those_of_the_drop_downs() -> None:
    columns = table(1)
    for key, words in (
        (layout.STATE, layout.STATES),
        (layout.CONFIDENCE, layout.CONFIDENCES),
        (layout.STRENGTH, layout.STRENGTHS),
    ):
        assert re.findall(r"`(\w+)`", columns[f"`{key}`"]) == list(words)


def test_the_lengths_are_those_of_the_pages() -> None:
    columns = table(1)
    assert f"at most {REASON_LENGTH:,} characters" in columns["`reason`"]
    assert f"at most {RATIONALE_LENGTH:,} characters" in columns["`rationale`"]
    assert columns["`evidence_1_location` to `evidence_30_location`"].endswith(f"at most {EVIDENCE_LENGTH} characters")


def test_the_limits_are_those_of_the_code() -> None:
    assert table(2) == {
        "size of the file": f"{admission.MOST_BYTES // admission.MEGABYTE} MB",
        "unpacked, all parts together": f"{admission.MOST_UNPACKED // admission.MEGABYTE} MB",
        "parts": str(admission.MOST_PARTS),
        "sheets": str(admission.MOST_SHEETS),
        "rows that say something, in a sheet": str(admission.MOST_ROWS),
        "columns that say something, in a sheet": str(cells.MOST_COLUMNS),
        "XML elements": f"{admission.MOST_ELEMENTS:,}",
    }
    assert f"for {LASTS.total_seconds() / 3600:.0f} hours" in DOCUMENT
    assert f"`{layout.NO_CODE}`" in DOCUMENT
