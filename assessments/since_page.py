"""The part of a report on what moved since the earlier assessment: its sentences, its rows and its pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime

from assessments.report import Report
from assessments.since import Moved, Since
from assessments.since_words import caution_words, moved_words, place_words
from assessments.slope import OVERALL, Slope, SlopeFrame, SlopeLine, draw_slope
from benchmarks.formatting import MINUS, signed, two_decimals

NONE = "–"
WHICH = "Then is the latest earlier assessment of this site with nothing open"
TITLE = "Overall and practice areas, then and now"


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One figure as the table says it."""

    name: str
    then: str
    now: str
    change: str
    is_overall: bool = False


@dataclass(frozen=True, slots=True)
class SincePart:
    """Everything the part needs; no template computes."""

    since: Since
    moved: str
    place: str
    caution: str
    earlier: str  # which one it is, for files without mark-up; the template says the same
    rows: tuple[MovedRow, ...]
    slopes: tuple[Slope, ...]


def since_part(report: Report, frames: Sequence[SlopeFrame]) -> SincePart | None:
    """None where there is no earlier assessment to compare with."""
    since = report.since
    if since is None:
        return None
    return SincePart(
        since=since,
        moved=moved_words(since),
        place=place_words(since),
        caution=caution_words(since),
        earlier=_earlier(since),
        rows=tuple(_rows(since)),
        slopes=tuple(draw_slope(_lines(since), frame=frame, title=TITLE) for frame in frames),
    )


def _earlier(since: Since) -> str:
    earlier = since.earlier
    called = f"“{earlier.title}”" if earlier.title else ""
    when = f"opened on {localtime(earlier.opened_at):%-d %B %Y}"
    return ", ".join(part for part in (WHICH, called, earlier.period, when) if part)


def _lines(since: Since) -> list[SlopeLine]:
    overall = SlopeLine("", OVERALL, since.overall.then, since.overall.now, is_overall=True)
    return [overall, *(SlopeLine(each.code, each.name, each.score.then, each.score.now) for each in since.areas)]


def _rows(since: Since) -> Iterator[MovedRow]:
    for each in since.areas:
        yield _row(each.name, each.score)
    yield _row(OVERALL, since.overall, is_overall=True)
    then, now = since.place_then, since.place_now
    if then is not None and now is not None:
        change = now.at_or_above - then.at_or_above
        sign = "+" if change > 0 else MINUS if change < 0 else ""
        yield MovedRow(
            "At or above so many sites",
            f"{then.at_or_above} of {then.count}",
            f"{now.at_or_above} of {now.count}",
            f"{sign}{abs(change)}",
        )


def _row(name: str, score: Moved, *, is_overall: bool = False) -> MovedRow:
    then, now = (NONE if each is None else two_decimals(each) for each in (score.then, score.now))
    return MovedRow(name, then, now, NONE if score.change is None else signed(score.change), is_overall)
