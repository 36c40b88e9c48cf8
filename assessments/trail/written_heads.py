"""Pure: the head of a chain as somebody wrote it down: organisation:number:hash."""

import re

WRITTEN = re.compile(r"([1-9][0-9]{0,17}):(0|[1-9][0-9]{0,17}):([0-9a-f]{64})", re.ASCII)


class UnreadableHeadError(ValueError):
    """The text is no head of a chain; the message says how one is written."""


def read_head(text: str) -> tuple[int, int, str]:
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise UnreadableHeadError(f"{text[:120]!r} is not written as organisation:number:hash.")
    return int(found[1]), int(found[2]), found[3]
