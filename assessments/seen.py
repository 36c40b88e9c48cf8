"""Pure: the mark of which version of an answer a page or a workbook was made from, and what the answer said then."""

import re
from typing import NamedTuple, Self

SEEN = re.compile(r"(0|[1-9][0-9]{0,8})-([0-9a-f]{16})", re.ASCII)


class Seen(NamedTuple):
    """The version of an answer that a page was made from, and the fingerprint of what it showed."""

    version: int
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.version}-{self.fingerprint}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The mark as it was written; None when it is damaged."""
        match = SEEN.fullmatch(text)
        return cls(int(match[1]), match[2]) if match else None


NOTHING_SEEN = Seen(0, "0" * 16)
