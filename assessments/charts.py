"""Pure: the geometry of the profile across practice areas, coordinates as text; strips are drawn by the benchmarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.letters import text_width
from benchmarks.scores import HIGHEST, LOWEST
from benchmarks.strip import number

LEADER, LABEL_GAP = 16, 4
MOST_NAMED_LINES = 20
BENEATH = 12  # for your value where it stands beneath the lowest score
STEEP = 8  # a line that rises more than this beside your value would go through it


@dataclass(frozen=True, slots=True)
class ProfileFrame:
    """How large a profile is drawn."""

    name: str
    width: int
    height: int
    text: int
    small: int
    label_gap: Decimal  # the least distance between two labels at the right edge
    words: int  # letters on one line of an area's name; 0 writes its code
    room: int  # for the longest label at the right edge; a longer one is cut short


PROFILE_WIDE = ProfileFrame("wide", 760, 330, text=16, small=13, label_gap=Decimal(14), words=17, room=110)
PROFILE_NARROW = ProfileFrame("narrow", 340, 280, text=13, small=12, label_gap=Decimal(13), words=0, room=64)


@dataclass(frozen=True, slots=True)
class Line:
    """One establishment across the areas, with its label at the right edge."""

    label: str
    in_words: str
    runs: tuple[str, ...]
    leader: str  # from the end of the line to its label
    label_y: str


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """Your score in one area: a diamond with its value above or below it."""

    diamond: str
    x: str
    value_y: str
    halo_x: str
    halo_y: str
    text: str
    in_words: str


@dataclass(frozen=True, slots=True)
class Name:
    """An area's name beneath its column, in lines."""

    x: str
    lines: tuple[tuple[str, str], ...]  # y, text


@dataclass(frozen=True, slots=True)
class Profile:
    """A drawing ready for `charts/profile.svg`."""

    frame: ProfileFrame
    height: str
    left: str
    right: str
    label_x: str
    grid: tuple[tuple[str, str, str], ...]  # y, y of the text, text
    columns: tuple[str, ...]
    top: str
    bottom: str
    names: tuple[Name, ...]
    lines: tuple[Line, ...]
    crowd: str  # all lines as one path, where they are too many for each to carry its name; then `lines` is empty
    own_lines: tuple[str, ...]  # one for each unbroken run of scored areas
    own_points: tuple[OwnPoint, ...]
    halo_width: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class _Plane:
    """From area index and score to the drawing."""

    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal
    columns: int

    def x(self, column: int) -> Decimal:
        return self.left + (self.right - self.left) * column / max(self.columns - 1, 1)

    def y(self, score: Decimal) -> Decimal:
        return self.bottom - (score - LOWEST) * (self.bottom - self.top) / (HIGHEST - LOWEST)

    @property
    def label_bounds(self) -> tuple[Decimal, Decimal]:
        """Inside the picture, and above the names of the areas."""
        return Decimal(6), self.bottom + 8 + BENEATH


def draw_profile(
    areas: Sequence[tuple[str, str]],
    own: Mapping[str, Decimal | None],
    establishments: Sequence[tuple[str, Mapping[str, Decimal]]],
    *,
    frame: ProfileFrame,
    title: str,
) -> Profile:
    """Lay out areas (code, name) as columns, each establishment (label, scores by code) as a line, and your own."""
    column = Decimal(frame.width) / 10 if frame.words else Decimal(34)
    plane = _Plane(
        left=Decimal(22) + (column if frame.words else 8),
        right=Decimal(frame.width) - max(column, _label_column([label for label, _ in establishments], frame)),
        top=Decimal(26),
        bottom=Decimal(frame.height - 14 - BENEATH - (3 * (frame.small + 4) if frame.words else 20)),
        columns=len(areas),
    )
    codes = [code for code, _ in areas]
    lines = _lines(codes, establishments, plane, frame)
    return Profile(
        frame=frame,
        height=str(frame.height),
        left=number(plane.left - 8),
        right=number(plane.right),
        label_x=number(plane.right + LEADER + LABEL_GAP),
        grid=tuple(
            (number(plane.y(Decimal(level))), number(plane.y(Decimal(level)) + 4), str(level)) for level in range(1, 6)
        ),
        columns=tuple(number(plane.x(each)) for each in range(len(codes))),
        top=number(plane.top),
        bottom=number(plane.bottom),
        names=tuple(_name(code, name, plane.x(place), plane.bottom, frame) for place, (code, name) in enumerate(areas)),
        lines=() if len(lines) > MOST_NAMED_LINES else lines,
        crowd=" ".join(f"M{run}" for line in lines for run in line.runs) if len(lines) > MOST_NAMED_LINES else "",
        own_lines=_runs(codes, own, plane),
        own_points=_own_points(areas, own, plane, frame),
        halo_width=number(frame.text * Decimal("2.1")),
        title=title,
        description=_describe(areas, own),
    )


def _describe(areas: Sequence[tuple[str, str]], own: Mapping[str, Decimal | None]) -> str:
    scores = ((name, own.get(code)) for code, name in areas)
    return "Yours: " + ", ".join(f"{name} {'not scored' if score is None else score}" for name, score in scores) + "."


def _name(code: str, name: str, x: Decimal, bottom: Decimal, frame: ProfileFrame) -> Name:
    lines = wrap(name, frame.words) if frame.words else [code]
    first = bottom + 12 + BENEATH + frame.small
    return Name(number(x), tuple((number(first + place * (frame.small + 3)), text) for place, text in enumerate(lines)))


def wrap(text: str, longest: int) -> list[str]:
    """Break at spaces so that a line has at most so many letters where a word allows it."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _label_column(labels: Sequence[str], frame: ProfileFrame) -> Decimal:
    """What the labels at the right edge take, with their leaders."""
    if len(labels) > MOST_NAMED_LINES:
        return Decimal(0)
    widest = max((text_width(_shortened(label, frame), frame.small) for label in labels), default=Decimal(0))
    return LEADER + LABEL_GAP + widest


def _shortened(label: str, frame: ProfileFrame) -> str:
    """As much of a label as fits; the table beneath has the whole of it."""
    if text_width(label, frame.small) <= frame.room:
        return label
    return next(
        cut for end in range(len(label) - 1, -1, -1) if text_width(cut := f"{label[:end]}…", frame.small) <= frame.room
    )


def _lines(
    codes: Sequence[str],
    establishments: Sequence[tuple[str, Mapping[str, Decimal]]],
    plane: _Plane,
    frame: ProfileFrame,
) -> tuple[Line, ...]:
    ends = [(label, scores, max(codes.index(code) for code in scores)) for label, scores in establishments if scores]
    ends.sort(key=lambda each: (-each[1][codes[each[2]]], each[0]))
    wanted = [plane.y(scores[codes[last]]) for _, scores, last in ends]
    placed = spread_out(wanted, frame.label_gap, plane.label_bounds)
    return tuple(
        Line(
            label=_shortened(label, frame),
            in_words=f"{label}: {', '.join(f'{code} {scores[code]}' for code in codes if code in scores)}",
            runs=_runs(codes, scores, plane),
            leader=f"{number(plane.x(last))},{number(end)} {number(plane.right + LEADER)},{number(y)}",
            label_y=number(y + 4),
        )
        for (label, scores, last), end, y in zip(ends, wanted, placed, strict=True)
    )


def spread_out(wanted: Sequence[Decimal], gap: Decimal, bounds: tuple[Decimal, Decimal] | None = None) -> list[Decimal]:
    """Move ascending positions apart until each is `gap` from the next, groups staying centred on what they wanted.

    Where there are bounds, and they have the room, none leaves them.
    """
    groups: list[tuple[Decimal, int]] = []  # centre, count
    for position in wanted:
        centre, count = position, 1
        while groups and centre - (count - 1) * gap / 2 - groups[-1][0] - (groups[-1][1] - 1) * gap / 2 < gap:
            other, size = groups.pop()
            centre, count = (centre * count + other * size) / (count + size), count + size
        groups.append((centre, count))
    placed = [centre + gap * (place - Decimal(count - 1) / 2) for centre, count in groups for place in range(count)]
    if bounds is None:
        return placed
    least, most = bounds
    lowered = [max(position, least + gap * place) for place, position in enumerate(placed)]
    return [min(position, most - gap * (len(placed) - 1 - place)) for place, position in enumerate(lowered)]


def _runs(codes: Sequence[str], scores: Mapping[str, Decimal | None], plane: _Plane) -> tuple[str, ...]:
    """The unbroken runs of a line: where there is no score, none is drawn, because that would be an estimate."""
    runs: list[list[str]] = [[]]
    for place, code in enumerate(codes):
        score = scores.get(code)
        if score is None:
            runs.append([])
        else:
            runs[-1].append(f"{number(plane.x(place))},{number(plane.y(score))}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _own_points(
    areas: Sequence[tuple[str, str]], own: Mapping[str, Decimal | None], plane: _Plane, frame: ProfileFrame
) -> tuple[OwnPoint, ...]:
    heights = [None if (score := own.get(code)) is None else plane.y(score) for code, _ in areas]
    points = []
    for place, ((code, name), y) in enumerate(zip(areas, heights, strict=True)):
        score = own.get(code)
        if y is not None and score is not None:
            before, after = ([None, *heights, None][each] for each in (place, place + 2))
            rises = (_rise(y, before), _rise(y, after))
            is_valley = min((rise for rise in rises if rise is not None), default=Decimal(0)) > 0
            side = -1 if place == len(areas) - 1 else 0 if is_valley else _side(*rises, plane, frame)
            points.append(_own_point(name, plane.x(place), y, score, frame, side=side, is_below=is_valley))
    return tuple(points)


def _rise(y: Decimal, beside: Decimal | None) -> Decimal | None:
    return None if beside is None else y - beside


def _side(before: Decimal | None, after: Decimal | None, plane: _Plane, frame: ProfileFrame) -> int:
    """To which side your value moves, −1 left and 1 right, where your own line would go through it."""
    steep = STEEP * (plane.x(1) - plane.x(0)) / _half_width(frame)
    return int(before is not None and before > steep) - int(after is not None and after > steep)


def _half_width(frame: ProfileFrame) -> Decimal:
    """Of your value."""
    return frame.text * Decimal("1.05")


def _own_point(
    name: str, x: Decimal, y: Decimal, score: Decimal, frame: ProfileFrame, *, side: int, is_below: bool
) -> OwnPoint:
    """The diamond, and its value above it, or beneath it where your line comes from above on either side.

    At the right edge the value ends at its diamond, so that it is not read as the label of a site beside it.
    """
    half = 6
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    value_y = y + 8 + frame.text * Decimal("0.72") if is_below else y - 12
    half_width = _half_width(frame)
    value_x = x + side * half_width
    return OwnPoint(
        diamond=" ".join(f"{number(px)},{number(py)}" for px, py in corners),
        x=number(value_x),
        value_y=number(value_y),
        halo_x=number(value_x - half_width),
        halo_y=number(value_y - frame.text * Decimal("0.8")),
        text=str(score),
        in_words=f"Yours: {name} {score}",
    )
