"""Letters that no font here has: on paper each becomes a box that can still be copied, as PDF/UA and PDF/A ask."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "Unknown Character"
# Control characters, private use, surrogates, line and paragraph separators cannot stand in such a file at all.
UNPRINTABLE = {"Cc", "Co", "Cs", "Zl", "Zp"}
WHITE_SPACE = "\n\t\r"
EM, WIDTH, BEARING = 1000, 600, 60
BOX = (((60, 0), (60, 700), (540, 700), (540, 0)), ((110, 50), (490, 50), (490, 650), (110, 650)))


def printable(text: str) -> str:
    """The text with what cannot be printed as U+FFFD; the attached data keeps it as typed."""
    return text.translate({ord(letter): "\ufffd" for letter in set(text) if _is_unprintable(letter)})


def _is_unprintable(letter: str) -> bool:
    if letter in WHITE_SPACE:
        return False
    code = ord(letter)
    is_no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xFFF9 <= code <= 0xFFFB
    return is_no_character or unicodedata.category(letter) in UNPRINTABLE


def unknown_letters(text: str, fonts: Iterable[Path]) -> list[int]:
    """The code points that neither these fonts nor any installed one can draw."""
    wanted = {ord(letter) for letter in text if letter not in WHITE_SPACE}
    for font in fonts:
        wanted -= letters_of(font)
    return sorted(code for code in wanted if not any(first <= code <= last for first, last in installed_ranges()))


@cache
def letters_of(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@cache
def installed_ranges() -> tuple[tuple[int, int], ...]:
    """What the installed fonts cover, as fontconfig lists it; without its command everything counts as covered."""
    command = shutil.which("fc-list")
    if command is None:
        return ((0, 0x10FFFF),)
    listed = subprocess.run([command, "--format", "%{charset} "], capture_output=True, text=True, check=True).stdout  # noqa: S603
    pairs = {part.partition("-")[::2] for part in listed.split()}
    return tuple(sorted((int(first, 16), int(last or first, 16)) for first, last in pairs))


def box_font(code_points: Iterable[int]) -> bytes:
    """One box for each letter, each its own glyph, because a shared one would copy as the first; the same bytes."""
    names = {code: f"u{code:X}" for code in code_points}
    order = [".notdef", "space", *names.values()]
    blank = TTGlyphPen(None).glyph()
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x20: "space"} | names)  # a run of unknown letters carries its spaces along
    builder.setupGlyf(dict.fromkeys(order, _box()) | {"space": blank})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (WIDTH, BEARING)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-200, usWinAscent=900, usWinDescent=200)
    builder.setupPost()
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _box() -> object:
    pen = TTGlyphPen(None)
    for corners in BOX:
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
