"""The fonts that are cut at install: small, with all that is needed, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from qmm_site import fonts
from qmm_site.font_files import PAPER_WEIGHTS, page_font, paper_fonts

SMALL_ENOUGH = 60 * 1024


@pytest.fixture
def page() -> Iterator[TTFont]:
    with TTFont(page_font()) as font:
        yield font


def test_the_page_loads_little() -> None:
    assert page_font().stat().st_size < SMALL_ENOUGH
    assert page_font().read_bytes()[:4] == b"wOF2"


def test_the_page_has_every_weight_in_one_width(page: TTFont) -> None:
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in page["fvar"].axes] == [("wght", 100, 700)]


def test_the_page_has_the_letters_of_western_and_central_europe_and_typographic_signs(page: TTFont) -> None:
    assert set("Zürich Łódź Győr İzmir Școală “—” 1–2 ≥ 3 × ½ → ✓ …").difference(map(chr, page.getBestCmap())) == set()


def test_figures_are_as_wide_as_each_other(page: TTFont) -> None:
    glyphs = [page.getBestCmap()[ord(figure)] for figure in "0123456789"]
    assert len({page["hmtx"][glyph][0] for glyph in glyphs}) == 1


def test_paper_has_one_font_for_each_weight() -> None:
    assert paper_fonts().keys() == PAPER_WEIGHTS.keys()
    for name, path in paper_fonts().items():
        with TTFont(path) as font:
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == PAPER_WEIGHTS[name]


def test_what_is_made_already_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "note"
    note.write_text(fonts.recipe(), encoding="utf-8")
    before = page_font().stat().st_mtime_ns
    assert not fonts.make(page_font(), paper_fonts(), note)
    assert page_font().stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["PACKAGE", "PAPER_WEIGHTS"])
def test_another_recipe_is_another_note(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note tells a newer package, and other weights, from what was cut before."""
    before = fonts.recipe()
    monkeypatch.setattr(fonts, name, {"PACKAGE": "waitress", "PAPER_WEIGHTS": {}}[name])
    assert fonts.recipe() != before
