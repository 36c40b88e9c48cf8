"""Pure: what moved since the earlier assessment, as sentences by rule. None of them calls a change large or real."""

from collections.abc import Iterator, Sequence

from assessments.since import Moved, Since
from benchmarks.formatting import capitalised, count_word, counted, signed, two_decimals

NOISE = "No published figure says how large a change must be to count as more than noise."


def moved_words(since: Since) -> str:
    """The finding: the overall first, then how many of the areas went which way."""
    return f"{_overall(since.overall)}; {_areas([each.score for each in since.areas])}."


def _overall(overall: Moved) -> str:
    then, now, change = overall.then, overall.now, overall.change
    if then is None or now is None or change is None:
        return f"The overall was {'unknown' if then is None else two_decimals(then)} then, and there is none now"
    if change == 0:
        return f"The overall stayed at {two_decimals(now)}"
    return f"The overall moved from {two_decimals(then)} to {two_decimals(now)} ({signed(change)})"


def _areas(areas: Sequence[Moved]) -> str:
    parts = [(count, verb) for count, verb in _ways(areas) if count]
    (most, verb), rest = parts[0], parts[1:]
    total = count_word(len(areas))
    if not rest:
        return f"all {total} practice areas {verb}"
    first = f"{count_word(most)} of the {total} practice areas {verb}"
    return ", ".join([first, *(f"{count_word(count)} {verb}" for count, verb in rest)])


def _ways(areas: Sequence[Moved]) -> Iterator[tuple[int, str]]:
    changes = [each.change for each in areas if each.change is not None]
    without = len(areas) - len(changes)
    yield sum(change > 0 for change in changes), "rose"
    yield sum(change < 0 for change in changes), "fell"
    yield sum(change == 0 for change in changes), "stayed the same"
    yield without, "has no score" if without == 1 else "have no score"


def place_words(since: Since) -> str:
    """The place then and now; empty where one of them is not known."""
    then, now = since.place_then, since.place_now
    if then is None or now is None:
        return ""
    if then.at_or_above == now.at_or_above:
        return f"At or above {count_word(now.at_or_above)} of the {count_word(now.count)} sites then and now."
    return (
        f"At or above {count_word(then.at_or_above)} of the {count_word(then.count)} sites then, "
        f"{count_word(now.at_or_above)} now."
    )


def caution_words(since: Since) -> str:
    """What to bear in mind with these figures; the last sentence always."""
    return " ".join(part for part in (_still_open(since), _questionnaires(since), NOISE) if part)


def _still_open(since: Since) -> str:
    if not since.open_now:
        return ""
    answers = capitalised(counted(since.open_now, "answer is", "answers are"))
    return f"{answers} still open now, so the figures of now are provisional."


def _questionnaires(since: Since) -> str:
    if since.is_same_questionnaire:
        return ""
    return (
        f"Then was scored with another version of the questionnaire, {since.earlier.questionnaire}: "
        "scores under two versions are to be compared with care."
    )
