"""Pictures as they are drawn: boxes of all labels, by the fonts' own measures, and of all marks, from the SVG."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

from django.template.loader import render_to_string
from fontTools.ttLib import TTFont

from qmm_site.font_files import paper_fonts

SVG = "{http://www.w3.org/2000/svg}"
WEIGHTS = ("plex-regular", "plex-semibold")
INHERITED = ("font-size", "text-anchor", "font-weight", "stroke-width")
# In parts of the size: capitals and figures rise by 0.698 in both weights, and a comma or a g falls by less than this.
RISE, FALL = 0.70, 0.21
TOUCHING = 0.05  # coordinates are written with one decimal


@dataclass(frozen=True)
class Box:
    """Where something is, and what it says or is."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def overlaps(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOUCHING and down > TOUCHING

    def is_inside(self, width: float, height: float) -> bool:
        beyond = (-self.left, -self.top, self.right - width, self.bottom - height)
        return max(beyond) <= TOUCHING


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    labels: tuple[Box, ...]
    marks: tuple[Box, ...]
    names: tuple[Box, ...] = ()  # written over the rest for as long as one points at a mark

    @property
    def collisions(self) -> list[str]:
        return [f"{one.what} / {other.what}" for one, other in combinations(self.labels, 2) if one.overlaps(other)]

    @property
    def outside(self) -> list[Box]:
        return [box for box in (*self.labels, *self.marks, *self.names) if not box.is_inside(self.width, self.height)]


@cache
def advances() -> dict[str, dict[str, float]]:
    """How far each letter takes the pen, in parts of the size, by weight."""
    found = {}
    for weight in WEIGHTS:
        with TTFont(paper_fonts()[weight]) as font:
            widths, size = font["hmtx"], font["head"].unitsPerEm
            found[weight] = {chr(code): widths[name][0] / size for code, name in font.getBestCmap().items()}
    return found


def measured(text: str, size: float, *, is_bold: bool) -> float:
    """Without kerning, which only ever draws letters together here."""
    known = advances()[WEIGHTS[is_bold]]
    return sum(known[letter] for letter in text) * size


def drawn(template: str, **context: Any) -> Picture:
    root = ElementTree.fromstring(render_to_string(f"charts/{template}.svg", context))  # noqa: S314  our own
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert (root.attrib["width"], root.attrib["height"]) == tuple(root.attrib["viewBox"].split()[2:])
    labels: list[Box] = []
    names: list[Box] = []
    marks: list[Box] = []
    for element, attributes in walked(root, {}):
        if element.tag == f"{SVG}text" and element.text:
            kind = names if attributes.get("class") == "name" else labels
            kind.append(label(element.text, attributes))
        marks += mark(element, attributes)
    return Picture(width, height, tuple(labels), tuple(marks), tuple(names))


def walked(element: ElementTree.Element, above: dict[str, str]) -> Iterator[tuple[ElementTree.Element, dict[str, str]]]:
    """Every element with its own attributes and those that it inherits."""
    inherited = above | {name: element.attrib[name] for name in INHERITED if name in element.attrib}
    yield element, inherited | element.attrib
    for child in element:
        yield from walked(child, inherited)


def label(text: str, attributes: dict[str, str]) -> Box:
    x, y, size = (float(attributes[name]) for name in ("x", "y", "font-size"))
    width = measured(text, size, is_bold=attributes.get("font-weight") == "600")
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[attributes.get("text-anchor", "start")]
    return Box(left, y - RISE * size, left + width, y + FALL * size, text)


def mark(element: ElementTree.Element, attributes: dict[str, str]) -> Iterator[Box]:
    tag = element.tag.removeprefix(SVG)
    around = float(attributes.get("stroke-width", 0)) / 2
    if tag == "circle":
        x, y, reach = float(attributes["cx"]), float(attributes["cy"]), float(attributes["r"]) + around
        yield Box(x - reach, y - reach, x + reach, y + reach, "circle")
    elif tag in ("polygon", "polyline"):
        yield from (Box(x, y, x, y, tag) for x, y in points(attributes["points"]))
    elif tag == "path":
        yield from (Box(x, y, x, y, tag) for x, y in corners(attributes["d"]))
    elif tag == "rect":
        left, top, width, height = (float(attributes[name]) for name in ("x", "y", "width", "height"))
        yield Box(left, top, left + width, top + height, tag)


def points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def corners(path: str) -> Iterator[tuple[float, float]]:
    """Of a path of straight lines along the axes or from point to point; of a circle its first point."""
    x = y = 0.0
    for command, text in re.findall(r"([MHVL])([-\d., ]+)", path):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", text)]
        if command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        for place in range(0, len(numbers) if command in "ML" else 0, 2):
            x, y = numbers[place], numbers[place + 1]
            yield x, y
        yield x, y
