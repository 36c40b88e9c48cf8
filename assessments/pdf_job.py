"""What one rendering needs, as plain data that can be handed to another process; it renders nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Paper(StrEnum):
    """The sheets we print on; the value is what CSS calls them."""

    A4 = "A4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """All that rendering needs, small enough to hand to another process."""

    html: str
    css: str
    paper: Paper
    fonts: dict[str, Path]  # by the name after "qmm:" in the style sheet
    identifier: str
    made_at: datetime
    data: bytes  # report.json, attached
