"""Pure: which free text is accepted and how long it may be; it is kept exactly as typed or refused, never altered."""

import re
import unicodedata

TITLE_LENGTH = 200
RATIONALE_LENGTH = 10_000
REASON_LENGTH = 2_000
EVIDENCE_LENGTH = 500
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # controls but line ends and tab; halves
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})  # controls, format characters and every kind of space
_REPLACED = "\ufffd"  # what half a character or a broken byte has become by the time a request is read


def is_blank(text: str) -> bool:
    """Whether there is nothing in it to see."""
    return all(unicodedata.category(character) in _UNSEEN for character in text)


def refuse_broken_text(text: str) -> None:
    """Raise ValueError naming the first control character or broken piece of Unicode, and where it is."""
    if found := _BROKEN.search(text):
        raise ValueError(
            f"Character {found.start() + 1} is an invisible control character (U+{ord(found[0]):04X}). "
            "Delete it or type the text anew."
        )
    if _REPLACED in text:
        raise ValueError(
            f"Character {text.index(_REPLACED) + 1} arrived broken (U+FFFD). Delete it or type the text anew."
        )
