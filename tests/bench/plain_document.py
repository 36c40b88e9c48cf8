"""Reference (iii): a plain document of as many pages, pictures and letters as ours; it renders nothing."""

import re
from dataclasses import dataclass
from html import unescape

SENTENCE = "A plain sentence of plain words to fill a page with text that nobody has to read. "
SENTENCES = 4  # to a paragraph
SHAPES = '<circle cx="{0}" cy="20" r="5" fill="none" stroke="black"/><text x="{0}" y="40">A</text>'
STYLE = "@page { size: A4; margin: 22mm } section { break-before: page } body { font: 10pt/14pt sans-serif }"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is printed."""

    pages: int
    pictures: tuple[str, ...]  # the markup of each
    letters: int


def amount_printed(html: str, pages: int) -> Amount:
    """What our template for paper came to."""
    pictures = re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)
    text = re.sub(r"<(svg|title)\b.*?</\1>|<[^>]*>", "", html, flags=re.DOTALL)
    return Amount(pages, tuple(pictures), len(" ".join(unescape(text).split())))


def plain_document(amount: Amount) -> str:
    """One section on each page, with its share of the pictures and of the text."""
    sections = (
        f"<section>{_paragraphs(amount.letters // amount.pages)}"
        f"{''.join(_picture(each) for each in amount.pictures[page :: amount.pages])}</section>"
        for page in range(amount.pages)
    )
    head = f"<head><title>Plain</title><style>{STYLE}</style></head>"
    return f"<!doctype html><html>{head}<body>{''.join(sections)}</body></html>"


def _paragraphs(letters: int) -> str:
    return f"<p>{SENTENCE * SENTENCES}</p>" * round(letters / len(SENTENCE * SENTENCES))


def _picture(ours: str) -> str:
    """As wide, as high and as long in markup as ours, of circles and letters."""
    size = " ".join(re.findall(r'\b(?:width|height)="[0-9.]+"', ours)[:2])
    shapes = (SHAPES.format(10 + 7 * place) for place in range(len(ours) // len(SHAPES)))
    return f'<div><svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(shapes)}</svg></div>'
