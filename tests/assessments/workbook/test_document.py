"""docs/workbook.md against the code: every column, every word, every limit."""

import re
from pathlib import Path

from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH
from assessments.workbook import layout, limits
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
        "size of the file": f"{limits.MOST_BYTES // limits.MEGABYTE} MB",
        "unpacked, all parts together": f"{limits.MOST_UNPACKED // limits.MEGABYTE} MB",
        "parts": str(limits.MOST_PARTS),
        "sheets": str(limits.MOST_SHEETS),
        "rows that say something, in a sheet": str(limits.MOST_ROWS),
        "columns that say something, in a sheet": str(limits.MOST_COLUMNS),
        "characters of a text": f"{limits.LONGEST_TEXT:,}",
        "characters of a formula or a defined name": f"{limits.LONGEST_FORMULA:,}",
        "characters of a number format": str(limits.LONGEST_NUMBER_FORMAT),
        "number formats": f"{limits.MOST_NUMBER_FORMATS:,}",
        "XML elements": f"{limits.MOST_ELEMENTS:,}",
        "XML attributes": f"{limits.MOST_ATTRIBUTES:,}",
        "tags, line ends and escaped characters in the XML": f"{limits.MOST_BREAKS:,}",
    }
    assert f"for {LASTS.total_seconds() / 3600:.0f} hours" in DOCUMENT
    assert f"`{layout.NO_CODE}`" in DOCUMENT
