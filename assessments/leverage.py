"""Pure: what one point more on a single sub-element would do to its area, to the overall and to the place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring import AreaResult, Result, SubElementScore
from benchmarks.placement import LabelledScore, place
from benchmarks.scores import HIGHEST, exact_mean, round_score

STEP = Decimal("1.0")


@dataclass(frozen=True, slots=True)
class Lever:
    """One scored sub-element raised by a point, or to 5.0 where that is nearer; all else as it is."""

    code: str
    score: Decimal
    raised: Decimal
    area: Decimal
    area_gain: Decimal
    overall: Decimal | None  # None while there is no overall
    overall_gain: Decimal | None
    at_or_above: int | None  # how many establishments the raised overall is at or above
    passes: int | None  # how many more than now


def levers(
    result: Result, by_area: Mapping[str, Sequence[SubElementScore]], establishments: Sequence[LabelledScore]
) -> tuple[Lever, ...]:
    """Every scored sub-element below 5.0, in the framework's order (docs/scoring.md, rule 15).

    `result` is what `score_assessment` made of the same sub-elements, by code of their area.
    """
    return tuple(
        _lever(each.code, each.score, area, result, establishments)
        for area in result.areas
        for each in by_area[area.code]
        if each.score is not None and each.score < HIGHEST
    )


def _lever(
    code: str, score: Decimal, area: AreaResult, result: Result, establishments: Sequence[LabelledScore]
) -> Lever:
    assert area.exact is not None and area.score is not None  # noqa: S101  the sub-element is scored
    raised = min(score + STEP, HIGHEST)
    exact = area.exact + Fraction(raised - score) / area.progress.answered
    raised_area, overall = round_score(exact), _overall(result, area.code, exact)
    now, then = (_at_or_above(each, establishments) for each in (result.overall, overall))
    return Lever(
        code=code,
        score=score,
        raised=raised,
        area=raised_area,
        area_gain=raised_area - area.score,
        overall=overall,
        overall_gain=None if overall is None or result.overall is None else overall - result.overall,
        at_or_above=then,
        passes=None if then is None or now is None else then - now,
    )


def _overall(result: Result, code: str, exact: Fraction) -> Decimal | None:
    """The overall with another mean of one area; None where there is none without it."""
    if result.overall is None:
        return None
    mean = exact_mean([exact if area.code == code else area.exact for area in result.areas if area.exact is not None])
    return None if mean is None else round_score(mean)


def _at_or_above(overall: Decimal | None, establishments: Sequence[LabelledScore]) -> int | None:
    return place(overall, establishments).at_or_above if overall is not None and establishments else None
