"""Cuts the fonts for page and paper from their package, at install; where they lie is in font_files.py."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from qmm_site.font_files import PAPER_WEIGHTS

PACKAGE = "fontpkg_ibm_plex_sans"
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180))  # Basic Latin, Latin-1, Latin Extended-A
SIGNS = (
    "ȘșȚț\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NON-BREAKING HYPHEN}‘’“”‚„‹›–—…•·†‡‰′″€™№½¼¾⅓⅔−×÷±≤≥≠≈√∞∑µΔΩ←↑→↓↔✓◊"
)
# The figures of this family are tabular from the start, so no feature is needed for them.
FEATURES = ("ccmp", "kern", "liga", "lnum", "locl", "mark", "zero")
WIDTH = 100.0
PAPER_LETTERS = (*range(0x20, 0x530), *range(0x1E00, 0x1F00), *range(0x2000, 0x2600))  # with Greek and Cyrillic


def variable_font() -> Path:
    """The upright variable font inside its package."""
    package = find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError(f"The package {PACKAGE} is missing; `./run install` installs it.")
    folder = Path(package.submodule_search_locations[0])
    listed = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["files"]
    name: str = next(file["path"] for file in listed if file["variable"] and file["style"] == "normal")
    return folder / name


def recipe() -> str:
    """What the files depend on: when this text is the same, so are they."""
    letters = hashlib.sha256(repr((LATIN, SIGNS, PAPER_LETTERS)).encode()).hexdigest()
    versions = [version(name) for name in (PACKAGE, "fonttools", "brotli")]
    return f"{versions} {FEATURES} {WIDTH} {PAPER_WEIGHTS} {letters}"


def with_letters(source: Path, unicodes: Iterable[int]) -> TTFont:
    """The font with these letters alone."""
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    return font


def pinned(font: TTFont, axes: dict[str, float], flavour: str | None = None) -> bytes:
    """The file with these axes fixed; the same bytes each time."""
    file = BytesIO()
    with instantiateVariableFont(font, axes) as fixed:
        fixed.flavor = flavour
        fixed.save(file)
    return file.getvalue()


def make(page: Path, paper: Mapping[str, Path], note: Path) -> bool:
    """Write the fonts unless they are there already, as the note says; return whether they were written."""
    targets = [page, *paper.values()]
    if all(each.is_file() for each in targets) and note.is_file() and note.read_text(encoding="utf-8") == recipe():
        return False
    source = variable_font()
    with with_letters(source, [*LATIN, *map(ord, SIGNS)]) as font:
        write(page, pinned(font, {"wdth": WIDTH}, "woff2"))
    with with_letters(source, PAPER_LETTERS) as font:
        for name, target in paper.items():
            write(target, pinned(font, {"wdth": WIDTH, "wght": PAPER_WEIGHTS[name]}))
    note.write_text(recipe(), encoding="utf-8")
    return True


def write(target: Path, content: bytes) -> None:
    """Whole or not at all, also when two do it at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(target)
