"""What one rendering needs, as plain data that can be handed to another process; it renders nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Paper(StrEnum):
    """The sheets we print on; the value is what CSS calls them."""

    A4 = "A4"
    LETTER = "letter"

    @property
    def file_suffix(self) -> str:
        """What tells the file from that of the other sheet."""
        return "" if self is Paper.A4 else "us-letter"

    @classmethod
    def asked_for(cls, word: str) -> "Paper":
        """What the end of an address asks for: A4 unless it says letter."""
        return cls.LETTER if word.lower() == cls.LETTER.value else cls.A4


@dataclass(frozen=True, slots=True)
class AttachedReport:
    """report.json, which goes along inside the file; the time is that of the attachment."""

    data: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PrintJob:
    """All that rendering needs, small enough to hand to another process."""

    html: str
    css: str
    paper: Paper
    fonts: dict[str, Path]  # by the name after "qmm:" in the style sheet
    identifier: str
    attached: AttachedReport | None = None
