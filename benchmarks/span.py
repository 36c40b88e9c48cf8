"""Pure: the small picture of a range, from the lowest to the highest of some scores on the scale; no markup."""

from dataclasses import dataclass
from decimal import Decimal

from benchmarks.scores import HIGHEST, LOWEST

WIDTH = 160
HEIGHT = 16
MARGIN = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A drawing ready for `charts/span.svg`; the numbers it shows stand beside it as text."""

    width: str
    height: str
    left: str
    right: str
    middle: str
    low: str
    high: str
    ticks: tuple[str, ...]


def draw_span(low: Decimal, high: Decimal) -> Span:
    """Lay out one range; a range without width is a single dot."""
    scale = [LOWEST + whole for whole in range(int(HIGHEST - LOWEST) + 1)]
    return Span(
        width=str(WIDTH),
        height=str(HEIGHT),
        left=_x(LOWEST),
        right=_x(HIGHEST),
        middle=str(HEIGHT // 2),
        low=_x(low),
        high=_x(high),
        ticks=tuple(_x(tick) for tick in scale),
    )


def _x(score: Decimal) -> str:
    return f"{MARGIN + (score - LOWEST) * (WIDTH - 2 * MARGIN) / (HIGHEST - LOWEST):.1f}"
