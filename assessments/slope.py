"""Pure: the geometry of two columns with a line for each area and a heavy one for the overall; coordinates as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from assessments.charts import spread_out
from benchmarks.formatting import signed, two_decimals
from benchmarks.letters import FALL, RISE, text_width
from benchmarks.scores import HIGHEST, LOWEST
from benchmarks.strip import number

LEADER = 22  # between a column and its labels
SPACE = 5
AREA_DIAMOND, OVERALL_DIAMOND = 4, 7
OVERALL = "Overall"
LEAST_RANGE = 2  # points of the scale: on less, a small change would look like a large one


@dataclass(frozen=True, slots=True)
class SlopeFrame:
    """How large a slope chart is drawn."""

    name: str
    width: int
    height: int
    text: int  # of the overall's labels
    small: int  # of those of the areas
    room: int  # for a label on the left; where a name does not fit, all areas are called by their codes
    has_changes: bool  # whether the labels on the right say the change


SLOPE_WIDE = SlopeFrame("wide", 760, 330, text=16, small=13, room=370, has_changes=True)
SLOPE_NARROW = SlopeFrame("narrow", 340, 300, text=14, small=13, room=90, has_changes=False)


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """One figure then and now; None where there is no score."""

    code: str
    name: str
    then: Decimal | None
    now: Decimal | None
    is_overall: bool = False

    @property
    def in_words(self) -> str:
        """Name and values, for those who listen to the picture and those who point at it."""
        change = "" if self.then is None or self.now is None else f" ({signed(self.now - self.then)})"
        return f"{self.name}: {_words(self.then)} then, {_words(self.now)} now{change}"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside one end of a line, with a leader to it because labels are moved apart."""

    x: str
    y: str
    text: str
    leader: str
    is_overall: bool


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line with a diamond at each end; only a diamond where there is no score at the other end."""

    points: str
    diamonds: tuple[str, ...]
    in_words: str
    is_overall: bool


@dataclass(frozen=True, slots=True)
class Slope:
    """A drawing ready for `charts/slope.svg`; the overall is last of the lines, so that nothing covers it."""

    frame: SlopeFrame
    left: str
    right: str
    top: str
    bottom: str
    heading: str
    low: str  # the scale, from one whole number to another
    high: str
    ticks: tuple[str, ...]
    lines: tuple[DrawnLine, ...]
    labels_then: tuple[Label, ...]
    labels_now: tuple[Label, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class _Plane:
    """From scores to the drawing, and where labels may stand."""

    frame: SlopeFrame
    left: Decimal
    right: Decimal
    low: Decimal
    high: Decimal

    @property
    def top(self) -> Decimal:
        return Decimal(self.frame.small + 22)

    @property
    def bottom(self) -> Decimal:
        return Decimal(self.frame.height - OVERALL_DIAMOND - 5)

    @property
    def gap(self) -> Decimal:
        """The least distance between two labels: the larger of them with a little air."""
        return self.frame.text * (RISE + FALL) + 2

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        return self.top, self.frame.height - self.gap / 2

    def y(self, score: Decimal) -> Decimal:
        return self.bottom - (score - self.low) * (self.bottom - self.top) / (self.high - self.low)


def draw_slope(lines: Sequence[SlopeLine], *, frame: SlopeFrame, title: str) -> Slope:
    """Lay out the figures, in the order in which they are described; the values beside them make up for a scale."""
    has_names = all(text_width(_text_then(line, has_name=True), _size(line, frame)) <= frame.room for line in lines)
    then = {line: _text_then(line, has_name=has_names) for line in lines if line.then is not None}
    now = {line: _text_now(line, frame) for line in lines if line.now is not None}
    low, high = scale_of([score for line in lines for score in (line.then, line.now) if score is not None])
    plane = _Plane(frame, _room(then, frame), frame.width - _room(now, frame), low, high)
    return Slope(
        frame=frame,
        left=number(plane.left),
        right=number(plane.right),
        top=number(plane.top),
        bottom=number(plane.bottom),
        heading=number(Decimal(frame.small + 2)),
        low=str(int(low)),
        high=str(int(high)),
        ticks=tuple(number(plane.y(low + whole)) for whole in range(int(high - low) + 1)),
        lines=tuple(_line(line, plane) for line in sorted(lines, key=lambda each: each.is_overall)),
        labels_then=_labels(then, plane, is_then=True),
        labels_now=_labels(now, plane, is_then=False),
        title=title,
        description=". ".join(line.in_words for line in lines) + ".",
    )


def scale_of(scores: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The whole numbers around all scores, wide enough that no change is magnified more than twice."""
    low = Decimal(int(min(scores, default=LOWEST)))
    high = max(scores, default=HIGHEST).to_integral_value(ROUND_CEILING)
    high = min(HIGHEST, max(high, low + LEAST_RANGE))
    return min(low, high - LEAST_RANGE), high


def _words(score: Decimal | None) -> str:
    return "no score" if score is None else two_decimals(score)


def _size(line: SlopeLine, frame: SlopeFrame) -> int:
    return frame.text if line.is_overall else frame.small


def _text_then(line: SlopeLine, *, has_name: bool) -> str:
    """With the name where there is room, so that whoever reads from the left needs no key."""
    called = (line.name if has_name or not line.code else "", line.code, _words(line.then))
    return " ".join(part for part in called if part)


def _text_now(line: SlopeLine, frame: SlopeFrame) -> str:
    change = f" {signed(line.now - line.then)}" if line.now is not None and line.then is not None else ""
    return f"{_words(line.now)} {line.code or line.name}{change if frame.has_changes else ''}"


def _room(texts: dict[SlopeLine, str], frame: SlopeFrame) -> Decimal:
    """What the labels of one side take, with their leaders."""
    widest = max((text_width(text, _size(line, frame)) for line, text in texts.items()), default=Decimal(0))
    return widest + LEADER + SPACE


def _labels(texts: dict[SlopeLine, str], plane: _Plane, *, is_then: bool) -> tuple[Label, ...]:
    """From the highest score down; of equal ones the overall first, then in the order given."""
    points = [(plane.y(score), line) for line in texts if (score := line.then if is_then else line.now) is not None]
    points.sort(key=lambda each: (each[0], not each[1].is_overall))
    placed = spread_out([y for y, _ in points], plane.gap, plane.bounds)
    column, outward = (plane.left, -1) if is_then else (plane.right, 1)
    edge = column + outward * LEADER
    return tuple(
        Label(
            x=number(edge + outward * SPACE),
            y=number(y + _size(line, plane.frame) * (RISE - FALL) / 2),
            text=texts[line],
            leader=f"{number(column)},{number(point)} {number(edge)},{number(y)}",
            is_overall=line.is_overall,
        )
        for (point, line), y in zip(points, placed, strict=True)
    )


def _line(line: SlopeLine, plane: _Plane) -> DrawnLine:
    half = OVERALL_DIAMOND if line.is_overall else AREA_DIAMOND
    ends = ((plane.left, line.then), (plane.right, line.now))
    known = [(x, plane.y(score)) for x, score in ends if score is not None]
    return DrawnLine(
        points=" ".join(f"{number(x)},{number(y)}" for x, y in known) if len(known) == len(ends) else "",
        diamonds=tuple(_diamond(x, y, half) for x, y in known),
        in_words=line.in_words,
        is_overall=line.is_overall,
    )


def _diamond(x: Decimal, y: Decimal, half: int) -> str:
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return " ".join(f"{number(px)},{number(py)}" for px, py in corners)
