"""Pure: the geometry of the raters' scores on one line, with their median and the agreed score; coordinates as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.formatting import one_decimal
from benchmarks.letters import text_width
from benchmarks.strip import ROW, Band, Dot, Frame, Marker, Scale, Tick, anchored, lanes, marker_at, number

GAP = Decimal(1)
SCALE = Scale()
# Letters need room: where many rated, the dots carry none and stay small enough to be stacked.
CROWDED = Frame("crowded", width=ROW.width, radius=Decimal(5), letter=ROW.letter, diamond=ROW.diamond, text=ROW.text)
MOST_LETTERED = 12


@dataclass(frozen=True, order=True, slots=True)
class RatedDot:
    """One score, the letter of its function (empty where it may not be told), and whose it is in words."""

    score: Decimal
    letter: str = ""
    whose: str = ""

    @property
    def in_words(self) -> str:
        return f"{self.whose} {one_decimal(self.score)}".strip()


@dataclass(frozen=True, slots=True)
class MedianLine:
    """A line through the dots with its value beneath them, where no dot and no diamond can be."""

    x: str
    top: str
    bottom: str
    label_x: str
    label_y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class RatingStrip:
    """A drawing ready for `charts/ratings.svg`."""

    frame: Frame
    width: str
    height: str
    left: str
    right: str
    axis: str
    tick_top: str
    tick_bottom: str
    ticks: tuple[Tick, ...]
    band: Band | None
    dots: tuple[Dot, ...]
    median: MedianLine | None
    marker: Marker | None
    title: str
    description: str


def draw_ratings(
    given: Sequence[RatedDot], *, title: str, median: Decimal | None = None, agreed: Decimal | None = None
) -> RatingStrip:
    """Lay out any number of scores: equal ones stacked, the agreed score in a lane above, the median's value below."""
    frame = ROW if len(given) <= MOST_LETTERED else CROWDED
    margin = ROW.radius + 4  # the same for all, so that strips beneath each other share one axis

    def x(score: Decimal) -> Decimal:
        return margin + (score - SCALE.low) * (frame.width - 2 * margin) / (SCALE.high - SCALE.low)

    ordered = sorted(given)
    lane_height = 2 * frame.radius + GAP
    placed = lanes([x(each.score) for each in ordered], lane_height)
    lane_y = frame.text + 6 + frame.diamond
    axis = frame.radius + 6 if agreed is None else lane_y + frame.diamond + 4 + frame.radius
    below = axis + frame.radius + lane_height * max(placed, default=0) + 4
    label_y = below + frame.text + 1
    return RatingStrip(
        frame=frame,
        width=str(frame.width),
        height=number(below + 1 if median is None else label_y + 5),
        left=number(margin),
        right=number(frame.width - margin),
        axis=number(axis),
        tick_top=number(axis - 4),
        tick_bottom=number(axis + 4),
        ticks=tuple(Tick(number(x(tick)), "") for tick in SCALE.ticks),
        band=_band(x(ordered[0].score), x(ordered[-1].score), axis - frame.radius - 4, below) if ordered else None,
        dots=tuple(
            _dot(each, x(each.score), axis + lane * lane_height, frame)
            for each, lane in zip(ordered, placed, strict=True)
        ),
        median=None if median is None else _median(median, x(median), axis - frame.radius - 4, below, label_y, frame),
        marker=None if agreed is None else marker_at(one_decimal(agreed), x(agreed), lane_y, frame),
        title=title,
        description=_describe(ordered, median, agreed),
    )


def short(score: Decimal) -> str:
    """As short as it is exact: 3.5, and 3.25 where the middle lies between two scores."""
    return one_decimal(score) if score == score.quantize(Decimal("0.1")) else f"{score:.2f}"


def _describe(ordered: Sequence[RatedDot], median: Decimal | None, agreed: Decimal | None) -> str:
    parts = (
        f"Scores: {', '.join(each.in_words for each in ordered)}." if ordered else "No scores.",
        "" if median is None else f"Median {short(median)}.",
        "" if agreed is None else f"Agreed {one_decimal(agreed)}.",
    )
    return " ".join(part for part in parts if part)


def _band(left: Decimal, right: Decimal, top: Decimal, bottom: Decimal) -> Band:
    return Band(number(left), number(top), number(right - left), number(bottom - top))


def _dot(given: RatedDot, x: Decimal, y: Decimal, frame: Frame) -> Dot:
    letter = given.letter if frame is ROW else ""
    return Dot(number(x), number(y), number(y + frame.letter * Decimal("0.36")), letter, given.in_words)


def _median(score: Decimal, x: Decimal, top: Decimal, bottom: Decimal, label_y: Decimal, frame: Frame) -> MedianLine:
    text = f"median {short(score)}"
    anchor, label_x = anchored(x, text_width(text, frame.text) / 2, frame.width)
    return MedianLine(
        x=number(x),
        top=number(top),
        bottom=number(bottom + 2),
        label_x=number(label_x),
        label_y=number(label_y),
        anchor=anchor,
        text=text,
    )
