"""Pure: which free text is accepted and how long it may be; it is kept exactly as typed or refused, never altered."""

import unicodedata

TITLE_LENGTH = 200
RATIONALE_LENGTH = 10_000
REASON_LENGTH = 2_000
EVIDENCE_LENGTH = 500
_ALLOWED_CONTROLS = "\n\r\t"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})  # controls, format characters and every kind of space
_REPLACED = "\ufffd"  # what half a character or a broken byte has become by the time a request is read


def is_blank(text: str) -> bool:
    """Whether there is nothing in it to see."""
    return all(unicodedata.category(character) in _UNSEEN for character in text)


def refuse_broken_text(text: str) -> None:
    """Raise ValueError naming the first control character or broken piece of Unicode, and where it is."""
    for place, character in enumerate(text, start=1):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in _ALLOWED_CONTROLS:
            raise ValueError(
                f"Character {place} is an invisible control character (U+{ord(character):04X}). "
                "Delete it or type the text anew."
            )
        if character == _REPLACED:
            raise ValueError(f"Character {place} arrived broken (U+FFFD). Delete it or type the text anew.")
