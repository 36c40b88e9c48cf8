"""The whole trail as CSV, from which anybody can compute its chain again (docs/audit-trail.md); pure text."""

import csv
import io
from collections.abc import Iterable, Iterator

from assessments.trail.chain import SEALED
from benchmarks.formatting import formula_safe

CSV_COLUMNS = ("number", *SEALED, "seal")
BYTE_ORDER_MARK = "\ufeff"


def csv_lines(rows: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """Line by line, with a mark first, so that a spreadsheet reads every letter."""
    yield (BYTE_ORDER_MARK + _line(CSV_COLUMNS)).encode()
    for row in rows:
        yield _line([safe(text) for text in row]).encode()


def safe(text: str) -> str:
    """Inert in a spreadsheet, and as it was once an apostrophe at its beginning is taken away."""
    return f"'{text}" if text.startswith("'") else formula_safe(text)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()
