"""Pure: the notation `_x000D_` in which a workbook keeps what XML cannot, and keeps itself when someone typed it."""

import re

# Each underscore that begins such a notation, also where two share one: `_x005F_x0041_` holds it twice.
_TYPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\ufffe\uffff]")
_NOT_IN_XML = re.compile("[\r\ufffe\uffff]")  # a lone carriage return would be read back as a line feed


def escaped(text: str) -> str:
    """The text as a workbook holds it."""
    marked = _TYPED.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", marked)


def unescaped(text: str) -> str:
    """The text that a workbook means."""
    return _WRITTEN.sub(lambda match: chr(int(match[1], 16)), text)


def without_unwritable(text: str) -> str:
    """The text for where that notation means nothing: what XML cannot hold is shown as broken."""
    return _UNWRITABLE.sub("\ufffd", text)
