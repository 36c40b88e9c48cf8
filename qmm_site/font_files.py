"""Where the fonts that are made at install lie; cutting them is in fonts.py, which only the install imports."""

from pathlib import Path

from django.conf import settings

# The renderer of the PDF measures one weight of a variable font and embeds another, so paper gets fixed ones.
PAPER_WEIGHTS = {"plex-light": 300.0, "plex-regular": 400.0, "plex-semibold": 600.0}


def page_font() -> Path:
    return Path(settings.VAR_DIR) / "made" / "fonts" / "plex-sans.woff2"


def paper_fonts() -> dict[str, Path]:
    """By the name that the print style sheet calls them."""
    return {name: Path(settings.VAR_DIR) / "paper" / f"{name}.ttf" for name in PAPER_WEIGHTS}
