"""Pure: what of an anonymous round may be shown, so that no one or two raters can be told from the rest."""

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 3
Function = TypeVar("Function", bound=str)


def is_enough(count: int) -> bool:
    """Whether so many people may be shown as a group (docs/scoring.md, rule 11)."""
    return count >= FEWEST


def shown_by_themselves(counts: Mapping[Function, int]) -> frozenset[Function]:
    """Which functions may be shown apart from "all", given how many of each there are (docs/scoring.md, rule 11).

    What "all" holds beyond the functions shown can be computed by anyone. So one or two that are left over take the
    smallest function shown with them; of functions of the same size the first by its code.
    """
    shown = {function for function, count in counts.items() if is_enough(count)}
    left = sum(counts.values()) - sum(counts[function] for function in shown)
    if shown and left and not is_enough(left):
        shown.remove(min(shown, key=lambda function: (counts[function], function)))
    return frozenset(shown)
