"""Pure: the geometry of a dot strip, scores on one line with yours among them; coordinates as text, no markup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.letters import text_width
from benchmarks.placement import LabelledScore
from benchmarks.scores import HIGHEST, LOWEST

MOST_NAMED_DOTS = 40
GAP = Decimal(1)


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of the axis and its whole-numbered ticks."""

    low: Decimal = LOWEST
    high: Decimal = HIGHEST
    step: Decimal = Decimal(1)

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * each for each in range(count + 1)]


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a strip is drawn; a page shows the one that fits, paper always the same one."""

    name: str
    width: int
    radius: Decimal
    letter: Decimal  # size of the label inside a dot; dots of 6 and less carry none
    diamond: Decimal
    text: int  # size of your value; 0 where it stands beside the strip
    small: int = 12  # size of the tick labels; 0 leaves them out


WIDE = Frame("wide", width=760, radius=Decimal(11), letter=Decimal(12), diamond=Decimal(11), text=19)
NARROW = Frame("narrow", width=340, radius=Decimal(9), letter=Decimal(11), diamond=Decimal(9), text=16)
ROW = Frame("row", width=400, radius=Decimal("7.5"), letter=Decimal("9.5"), diamond=Decimal(8), text=13, small=0)
# Paper has one width, so these are drawn in its own units so that their letters stay near 6 points.
PAPER = Frame("paper", width=480, radius=Decimal("9.5"), letter=Decimal("10.5"), diamond=Decimal(10), text=17, small=11)
# Small enough for five of them and the whole first page; without letters, which the table of all sites has.
PAPER_LINE = Frame(
    "paper-line", width=300, radius=Decimal("3.6"), letter=Decimal(0), diamond=Decimal("5.5"), text=0, small=0
)
PAPER_ROW = Frame(
    "paper-row", width=300, radius=Decimal("6.8"), letter=Decimal("9.5"), diamond=Decimal(7), text=0, small=0
)


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One establishment: where, and what it says."""

    x: str
    y: str
    letter_y: str
    label: str
    value: str
    name_x: str = ""  # of label and value, which show on request; "" for pictures in which they do not
    name_anchor: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """Your value: a diamond in a lane of its own above the dots, so that it hides none of them."""

    points: str
    x: str
    stem_top: str
    label_x: str
    label_y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The interval that open answers leave, in your lane."""

    x1: str
    x2: str
    y: str
    end_top: str
    end_bottom: str
    in_words: str


@dataclass(frozen=True, slots=True)
class Band:
    """The range of the cohort, as a wash."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A drawing ready for `charts/strip.svg`: every number is text, so that no locale can bend it."""

    frame: Frame
    width: str
    height: str
    left: str
    right: str
    axis: str
    tick_top: str
    tick_bottom: str
    tick_label: str
    ticks: tuple[Tick, ...]
    band: Band | None
    dots: tuple[Dot, ...]
    crowd: str  # all dots as one path, where they are too many for each to carry its name; then `dots` is empty
    has_letters: bool
    marker: Marker | None
    bar: Bar | None
    title: str
    description: str


def number(value: Decimal) -> str:
    """A coordinate: one decimal, a point, no grouping."""
    return f"{value:.1f}"


def lanes(positions: Sequence[Decimal], clearance: Decimal) -> list[int]:
    """For positions in ascending order the lowest lane in which none touches another."""
    last: list[Decimal] = []
    chosen: list[int] = []
    for position in positions:
        lane = next((k for k, end in enumerate(last) if position - end >= clearance), len(last))
        last[lane : lane + 1] = [position]
        chosen.append(lane)
    return chosen


def draw_strip(
    scores: Sequence[LabelledScore],
    *,
    frame: Frame,
    title: str,
    own: Decimal | None = None,
    interval: tuple[Decimal, Decimal] | None = None,
    scale: Scale = Scale(),
    written: Callable[[Decimal], str] = str,
) -> Strip:
    """Lay out a strip of any number of scores (also none); `own` and `interval` are yours, on the same scale."""
    margin = frame.radius + 4
    axis_width = frame.width - 2 * margin

    def x(score: Decimal) -> Decimal:
        return margin + (score - scale.low) * axis_width / (scale.high - scale.low)

    ordered = sorted(scores)
    lane_height = 2 * frame.radius + GAP
    placed = lanes([x(each.score) for each in ordered], lane_height)
    has_own = own is not None or interval is not None
    lane_y = frame.text + (6 if frame.text else 1) + frame.diamond
    axis = lane_y + frame.diamond + 4 + frame.radius if has_own else frame.radius + 6
    below = axis + frame.radius + lane_height * max(placed, default=0) + 4
    label_y = below + frame.small + 3 if frame.small else below - 4
    is_crowd = len(ordered) > MOST_NAMED_DOTS
    dots = tuple(
        _dot(each, written(each.score), x(each.score), axis + lane * lane_height, frame)
        for each, lane in zip(ordered, placed, strict=True)
    )
    return Strip(
        frame=frame,
        width=str(frame.width),
        height=number(label_y + 5),
        left=number(margin),
        right=number(frame.width - margin),
        axis=number(axis),
        tick_top=number(axis - 4),
        tick_bottom=number(axis + 4),
        tick_label=number(label_y),
        ticks=tuple(Tick(number(x(tick)), _tick_text(tick) if frame.small else "") for tick in scale.ticks),
        band=_band(x(ordered[0].score), x(ordered[-1].score), axis - frame.radius - 4, below) if ordered else None,
        dots=() if is_crowd else dots,
        crowd="".join(_circle(dot, frame.radius) for dot in dots) if is_crowd else "",
        has_letters=not is_crowd
        and frame.radius > 6
        and all(text_width(each.label, frame.letter) <= 2 * frame.radius for each in ordered),
        marker=None if own is None else marker_at(written(own), x(own), lane_y, frame),
        bar=None if interval is None else _bar(interval, x, lane_y, frame),
        title=title,
        description=describe_strip(ordered, own, interval, written),
    )


def describe_strip(
    ordered: Sequence[LabelledScore],
    own: Decimal | None,
    interval: tuple[Decimal, Decimal] | None,
    written: Callable[[Decimal], str] = str,
) -> str:
    """The same picture in words, for those who listen to it."""
    parts = []
    if own is not None:
        parts.append(f"Yours {written(own)}.")
    if interval is not None:
        parts.append(f"{_interval_words(interval)}.")
    if len(ordered) > MOST_NAMED_DOTS:
        parts.append(f"{len(ordered)} establishments from {ordered[0].score} to {ordered[-1].score}.")
    elif ordered:
        parts.append("Establishments: " + ", ".join(f"{each.label} {written(each.score)}" for each in ordered) + ".")
    return " ".join(parts)


def _interval_words(interval: tuple[Decimal, Decimal]) -> str:
    return f"Open answers leave {interval[0]} to {interval[1]}"


def _tick_text(tick: Decimal) -> str:
    return str(int(tick)) if tick == int(tick) else f"{tick.normalize():f}"


def _band(left: Decimal, right: Decimal, top: Decimal, bottom: Decimal) -> Band:
    return Band(number(left), number(top), number(right - left), number(bottom - top))


def _dot(score: LabelledScore, value: str, x: Decimal, y: Decimal, frame: Frame) -> Dot:
    half = text_width(f"{score.label} {value}", frame.letter) / 2
    anchor, name_x = anchored(x, half, frame.width)
    letter_y = number(y + frame.letter * Decimal("0.36"))
    return Dot(number(x), number(y), letter_y, score.label, value, number(name_x), anchor)


def anchored(x: Decimal, half: Decimal, width: int) -> tuple[str, Decimal]:
    """How to write a text of twice this width at x so that it stays inside the picture: centred where it can be."""
    if x < half:
        return "start", Decimal(0)
    return ("end", Decimal(width)) if x > width - half else ("middle", x)


def _circle(dot: Dot, radius: Decimal) -> str:
    """A full circle as two arcs of a path."""
    half = f"a{radius} {radius} 0 1 0 "
    return f"M{number(Decimal(dot.x) - radius)} {dot.y}{half}{2 * radius} 0{half}{-2 * radius} 0"


def marker_at(text: str, x: Decimal, y: Decimal, frame: Frame) -> Marker:
    """A diamond with its value above it, kept inside the picture at both ends."""
    half = frame.diamond
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    anchor, edge = anchored(x, text_width(text, frame.text) / 2, frame.width)
    # Near an end the value lines up with its diamond, which is inside.
    label_x = {"start": max(edge, x - half), "end": min(edge, x + half), "middle": x}[anchor]
    return Marker(
        points=" ".join(f"{number(px)},{number(py)}" for px, py in corners),
        x=number(x),
        stem_top=number(y + half),
        label_x=number(label_x),
        label_y=number(y - half - 5),
        anchor=anchor,
        text=text if frame.text else "",
    )


def _bar(interval: tuple[Decimal, Decimal], x: Callable[[Decimal], Decimal], y: Decimal, frame: Frame) -> Bar:
    left, right = (number(x(bound)) for bound in interval)
    half = frame.diamond * Decimal("0.7")
    return Bar(left, right, number(y), number(y - half), number(y + half), _interval_words(interval))
