"""Reference (iii): a plain document of as many pages and pictures as ours, its pages full of text."""

import re
from collections.abc import Callable, Sequence

PARAGRAPH = f"<p>{'A plain sentence of plain words to fill a page with text that nobody has to read. ' * 4}</p>"
SHAPES = '<circle cx="{0}" cy="20" r="5" fill="none" stroke="black"/><text x="{0}" y="40">A</text>'
STYLE = "@page { size: A4; margin: 22mm } body { font: 10pt/14pt sans-serif }"
FEWEST, STEP = 4, 3  # paragraphs on a page, and how many are added at a time: less than half a page


def pictures_of(html: str) -> list[str]:
    """The drawings in what our template for paper came to."""
    return re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)


def plain_document(pictures: Sequence[str], pages: int, count_pages: Callable[[str], int]) -> str:
    """With as much text as it takes to come to so many pages."""
    drawn = [_picture(each) for each in pictures]
    paragraphs = pages * FEWEST
    while count_pages(html := _document(drawn, paragraphs)) < pages:
        paragraphs += STEP
    return html


def _document(pictures: Sequence[str], paragraphs: int) -> str:
    """The pictures at equal distances in the text."""
    parts = [PARAGRAPH] * paragraphs
    for place, picture in enumerate(pictures):
        parts[place * paragraphs // len(pictures)] += picture
    return f"<!doctype html><html><head><title>Plain</title><style>{STYLE}</style></head><body>{''.join(parts)}</body>"


def _picture(ours: str) -> str:
    """As wide, as high and as long in markup as ours, of circles and letters."""
    size = " ".join(re.findall(r'\b(?:width|height)="[0-9.]+"', ours)[:2])
    shapes = (SHAPES.format(10 + 7 * place) for place in range(len(ours) // len(SHAPES)))
    return f'<div><svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(shapes)}</svg></div>'
