"""Of each kind of field: what is sent to it that nobody means, case by case, each as the values that arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessments.texts import TITLE_LENGTH

Values = list[str | bytes]
MEGABYTE = 1024 * 1024


class Kind(StrEnum):
    """What a field takes."""

    LINE = "a line of text"
    TEXT = "text of several lines"
    SCORE = "a score between two levels"
    CHOICE = "one of several choices"
    SEVERAL = "some of several choices"
    TICK = "a box to tick"
    ADDRESS = "an e-mail address"
    DAY = "a day"
    KEY = "a number or a word that the page put there"
    MARK = "the mark of a version"
    PASSWORD = "a password"
    ONCE = "anything, once"


@dataclass(frozen=True, slots=True)
class Field:
    """`said` is how a message about it calls it, where that is not the name that is sent."""

    name: str
    kind: Kind
    said: str = ""
    at_most: int = TITLE_LENGTH
    is_needed: bool = True

    def __str__(self) -> str:
        return self.name


BROKEN: dict[str, Values] = {
    "NUL": ["a\0b"],
    "a bell": ["a\ab"],
    "an escape": ["\x1b[31m"],
    "a control of C1": ["a\x85b"],
    "a byte that is no UTF-8": [b"a\xffb"],
    "half a letter": [b"a\xe2\x82"],
    "a lone surrogate": [b"\xed\xa0\x80"],
    "NUL in two bytes": [b"\xc0\x80"],
}
OTHER_CHOICES: dict[str, Values] = {
    "a word of nobody": ["nonsense"],
    "a list": ["[1]"],
    "an object": ['{"a": 1}'],
    "a number in full width": ["１"],
    "a number beyond counting": ["9" * 40],
    "a letter too many": ["\N{ZERO WIDTH SPACE}on"],
    "NUL": ["\0"],
    "broken bytes": [b"\xff\xfe"],
    "a megabyte": ["x" * MEGABYTE],
}
DAYS = (
    *("2026-13-01", "2027-02-29", "２０２７-01-01", "٢٠٢٧-01-01", "01.02.2027", "2027-01-01T00:00", "-1"),
    *("0000-00-00", "99999-01-01", "1999-01-01", "9999-12-31", "tomorrow", "2027-1-1", "\0", "9" * MEGABYTE),
)
MARKS = (
    *("", "1", "x-0123456789abcdef", "-1-0123456789abcdef", "１-0123456789abcdef", "1-0123456789ABCDEF"),
    *("1-0123456789abcde", "999999999-0123456789abcdef", "9999999999-0123456789abcdef", "01-0123456789abcdef"),
    *("1-0123456789abcdef\0", "9" * MEGABYTE),
)
OF_KIND: Mapping[Kind, Mapping[str, Values]] = {
    Kind.LINE: BROKEN
    | {
        "two lines": ["first\r\nsecond"],
        "two lines in a letter of its own": ["first\nsecond"],
        "four megabytes": ["x" * (4 * MEGABYTE)],
        "much of nothing to see": ["\N{ZERO WIDTH SPACE}" * 100_000],
    },
    Kind.TEXT: BROKEN | {"four megabytes": ["x" * (4 * MEGABYTE)]},
    Kind.SCORE: {
        text: [text]
        for text in [
            "NaN",
            "Infinity",
            "1e0",
            "0x3",
            "3.55",
            "5.1",
            "0.9",
            "-3",
            "３.5",
            "٣٫٥",
            "3;5",
            "[3]",
            "1_0",
            "\x00",
        ]
    },
    Kind.CHOICE: OTHER_CHOICES,
    Kind.SEVERAL: OTHER_CHOICES | {"the same twice": ["PQS", "PQS"], "one that is none": ["PQS", "XYZ"]},
    Kind.TICK: {**OTHER_CHOICES} | {text or "nothing": [text] for text in ("", "no", "off", "false", "ON", "0")},
    Kind.KEY: OTHER_CHOICES,
    Kind.ADDRESS: {
        "no at": ["rita.acme.example"],
        "NUL": ["ri\0ta@acme.example"],
        "a control character in quotes": ['"\x01"@acme.example'],
        "an escaped control character": ['"a\\\x01b"@acme.example'],
        "a header more": ["rita@acme.example\r\nBcc: mallory@other.example"],
        "a header more in one line end": ["rita@acme.example\nBcc: mallory@other.example"],
        "two addresses": ["rita@acme.example,mallory@other.example"],
        "a name and an address": ["Rita <rita@acme.example>"],
        "a part in quotes": ['"a,b"@acme.example'],
        "a domain that cannot be encoded": [f"rita@{'ü' * 60}.example"],
        "a domain that mail would change": ["rita@faß.example"],
        "a hidden hyphen": ["rita@ex\N{SOFT HYPHEN}ample.example"],
        "a domain without end": [f"rita@{'.'.join(['a' * 60] * 5)}.example"],
        "a name without end": [f"{'a' * 65}@acme.example"],
        "letters of another script": ["рита@acme.example"],
        "a line separator": ["rita@acme\u2028.example"],
        "broken bytes": [b"rita\xff@acme.example"],
        "four megabytes": [f"{'a' * (4 * MEGABYTE)}@acme.example"],
    },
    Kind.DAY: {text[:20]: [text] for text in DAYS},
    Kind.MARK: {text[:20]: [text] for text in MARKS},
    Kind.PASSWORD: {"NUL": ["correct\0horse battery staple"]},
    Kind.ONCE: {},
}


def malformed(field: Field, good: Values) -> dict[str, Values]:
    """By what it is, the values that arrive under the name of the field; none where it does not arrive."""
    cases = dict(OF_KIND[field.kind])
    if field.kind in (Kind.LINE, Kind.TEXT):
        cases["a letter too many"] = ["x" * (field.at_most + 1)]
    if good:
        cases["twice"] = [good[0], good[0]]
        cases["twice, and different"] = [good[0], "other"]
    if field.is_needed:
        cases["not at all"] = []
    return cases
