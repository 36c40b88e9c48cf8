"""The words in which a page confirms what was stored, and when by the server's clock."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from assessments.answering import Saved

NOTHING_TOUCHED = "Nothing to save: no answer on this page was changed. What you see is what is stored."


def saved_words(answers: Sequence[Saved]) -> str:
    """Saved at 14:02:05 UTC: Management review 3.5, Resource management (don’t know yet)."""
    if not answers:
        return NOTHING_TOUCHED
    now = [answer for answer in answers if answer.is_change]
    before = [answer for answer in answers if not answer.is_change]
    sentences = [f"Saved at {_clock(now[0].saved_at)}: {_listed(now)}."] if now else []
    # Sent twice, or two people gave the same answer.
    sentences += [f"Stored already at {_clock(answer.saved_at)}: {_listed([answer])}." for answer in before]
    return " ".join(sentences)


def in_short(receipt: str) -> str:
    """What the title of the page and the bar to save repeat of it: Saved at 14:02:05 UTC."""
    return receipt.partition(": ")[0]


def _clock(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M:%S %Z}"


def _listed(answers: Sequence[Saved]) -> str:
    return ", ".join(
        f"{answer.sub_element.name} {answer.entry}"
        if answer.entry.score is not None
        else f"{answer.sub_element.name} ({answer.entry})"
        for answer in answers
    )
