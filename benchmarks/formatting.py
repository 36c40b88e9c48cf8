"""Pure: numbers and lists as words for people, shared by both apps; nothing about which sentence they stand in."""

from collections.abc import Sequence
from decimal import Decimal

MINUS = "−"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# What a spreadsheet may take for the start of a formula, full-width signs included.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def two_decimals(score: Decimal) -> str:
    """A rounded figure: 3.98."""
    return f"{score:.2f}"


def one_decimal(score: Decimal) -> str:
    """A score as it is given and published: 4.0."""
    return f"{score:.1f}"


def signed(difference: Decimal) -> str:
    """A difference with its sign, and a real minus: +1.38, −0.20, 0.00."""
    if not difference:
        return two_decimals(abs(difference))
    return f"{'+' if difference > 0 else MINUS}{two_decimals(abs(difference))}"


def count_word(count: int) -> str:
    """No, one … twelve as words, more as digits."""
    return _WORDS[count] if count < len(_WORDS) else str(count)


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun: one site, nine sites, 13 sites."""
    return f"{count_word(count)} {one if count == 1 else many}"


def capitalised(sentence: str) -> str:
    """The first letter in upper case, all else as it is: a code inside the sentence must keep its capitals."""
    return sentence[:1].upper() + sentence[1:]


def join_labels(labels: Sequence[str]) -> str:
    """G; G and A; G, A and I; with a comma before the last "and" where a label has one of its own."""
    if len(labels) < 2:
        return "".join(labels)
    comma = "," if any(" and " in label for label in labels) else ""
    return f"{', '.join(labels[:-1])}{comma} and {labels[-1]}"


def formula_safe(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.lstrip(" \n").startswith(_STARTS_A_FORMULA) else text
