"""Pure: what one cell means in its column, or which rule it breaks and what to write instead."""

import re
from collections.abc import Sequence
from decimal import Decimal

from assessments.texts import refuse_broken_text
from assessments.workbook.cells import Cell, Kind
from benchmarks.scores import ALLOWED, parse_score

_WITH_COMMA = re.compile(r"[0-9],[0-9]{1,2}", re.ASCII)
_WHOLE_TOO_PRECISE = re.compile(r"[1-5]\.[0-9]{2,}", re.ASCII)


def read_score(cell: Cell | None) -> Decimal | None:
    """Raise ValueError with what is allowed."""
    if cell is None:
        return None
    if cell.kind not in (Kind.NUMBER, Kind.TEXT):
        raise ValueError(_refusal(cell.kind, ALLOWED))
    if _WITH_COMMA.fullmatch(cell.text):
        raise ValueError(f"Write the number with a point: {cell.text.replace(',', '.')}. {ALLOWED}")
    if _WHOLE_TOO_PRECISE.fullmatch(cell.text) and cell.kind is Kind.NUMBER:
        raise ValueError(f"One decimal at most is allowed. {ALLOWED}")
    try:
        return parse_score(_shortest(cell.text) if cell.kind is Kind.NUMBER else cell.text)
    except ValueError:
        raise ValueError(ALLOWED) from None


def _shortest(number: str) -> str:
    """3.0 and 3 are the same number."""
    return number.removesuffix(".0")


def read_word(cell: Cell | None, words: Sequence[str]) -> str:
    """One of the words or nothing. Raise ValueError with what is allowed."""
    if cell is None:
        return ""
    allowed = f"Write {', '.join(words[:-1])} or {words[-1]}, or leave the cell empty."
    if cell.kind is not Kind.TEXT:
        raise ValueError(_refusal(cell.kind, allowed))
    if cell.text not in words:
        raise ValueError(allowed)
    return cell.text


def read_text(cell: Cell | None, at_most: int, *, lines: bool = True) -> str:
    """The text as typed, its line ends aside: a page sends them as one character, and so they are stored."""
    if cell is None:
        return ""
    if cell.kind is not Kind.TEXT:
        raise ValueError(_refusal(cell.kind, "Only text is taken: set the format of the cell to “Text”, then type it."))
    text = one_line_end(cell.text)
    if len(text) > at_most:  # first: the next looks at each character
        raise ValueError(f"At most {at_most:,} characters are allowed; there are {len(text):,}.")
    refuse_broken_text(text)
    if not lines and "\n" in text:
        raise ValueError("Only one line is allowed: take the line break out.")
    return text


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refusal(kind: Kind, allowed: str) -> str:
    if kind is Kind.FORMULA:
        return f"Formulas are not taken: write what it comes to. {allowed}"
    if kind is Kind.DATE:
        return f"The spreadsheet has made a date of what was typed. {allowed}"
    if kind is Kind.ERROR:
        return f"The spreadsheet reports an error here. {allowed}"
    return f"This is {'a number' if kind is Kind.NUMBER else 'true or false'}. {allowed}"
