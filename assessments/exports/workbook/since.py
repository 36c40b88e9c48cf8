"""The sheet Since: overall and practice areas in the earlier assessment and now, where there is an earlier one."""

from collections.abc import Iterator

from assessments.exports.workbook.sheets import Column, Value
from assessments.since import Moved, Since
from assessments.slope import OVERALL

NAME = "Since"
COLUMNS = (
    Column("Area", 9),
    Column("Figure", 42),
    Column("Then", 9, "figure"),
    Column("Now", 9, "own"),
    Column("Change", 9, "difference"),
    Column("At or above so many sites then", 14, "count"),
    Column("At or above so many sites now", 14, "count"),
)


def since_rows(since: Since) -> Iterator[tuple[Value, ...]]:
    places = (None if each is None else each.at_or_above for each in (since.place_then, since.place_now))
    yield (*_row("", OVERALL, since.overall), *places)
    for area in since.areas:
        yield (*_row(area.code, area.name, area.score), None, None)


def _row(code: str, name: str, score: Moved) -> tuple[Value, ...]:
    return code, name, score.then, score.now, score.change
