"""Pure: how wide a drawn text is at most, so that labels can be kept apart; tests measure the fonts against it."""

from decimal import Decimal

# Parts of the font's size, at least as wide as IBM Plex Sans in regular and semibold, which are what pictures use.
_CLASSES = (
    ("ijl .,:;!|'’·()[]", Decimal("0.39")),
    ("frtI-", Decimal("0.43")),
    ("0123456789+−–=abcdeghknopqsuvxyz", Decimal("0.61")),
    ("ABCDEFGHJKLNOPQRSTUVXYZ&", Decimal("0.73")),
)
_WIDTHS = {letter: width for letters, width in _CLASSES for letter in letters}
WIDEST = Decimal(1)  # m, w, M, W, and whatever is not listed
# From the baseline, in parts of the size: up to the top of capitals and figures, down to the tail of a g.
RISE, FALL = Decimal("0.75"), Decimal("0.25")


def text_width(text: str, size: Decimal | int) -> Decimal:
    """No less than what the text takes on one line."""
    return sum((_WIDTHS.get(letter, WIDEST) for letter in text), Decimal(0)) * size
