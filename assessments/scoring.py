"""Pure: from sub-element scores to practice areas to the overall. It knows no cohort, no questionnaire, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.progress import Progress, progress_of
from benchmarks.distribution import spread
from benchmarks.scores import AREA_COUNT, HIGHEST, LOWEST, exact_mean, round_score

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class SubElementScore:
    """What scoring needs of one answer; `score` is a Decimal exactly when `state` is "scored"."""

    code: str
    state: str
    score: Decimal | None

    @property
    def is_open(self) -> bool:
        return self.state in ("unknown", "unanswered")


@dataclass(frozen=True, slots=True)
class AreaResult:
    """One practice area: the rounded score to show, the exact one to go on with, and what open answers leave."""

    code: str
    score: Decimal | None  # None until something is scored
    exact: Fraction | None
    interval: Interval | None  # None when nothing is open, or nothing applies
    progress: Progress


@dataclass(frozen=True, slots=True)
class Result:
    """A whole assessment. `overall` exists once every area has a score; it is provisional while answers are open."""

    areas: tuple[AreaResult, ...]
    overall: Decimal | None
    interval: Interval | None
    spread: Decimal | None
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    progress: Progress

    @property
    def is_provisional(self) -> bool:
        return not self.progress.is_complete


def score_area(code: str, sub_elements: Sequence[SubElementScore]) -> AreaResult:
    """The mean of the scored sub-elements; "not applicable" leaves it (docs/scoring.md, rules 2 and 3)."""
    exact = exact_mean([each.score for each in sub_elements if each.score is not None])
    bounds = [_area_if_open_were(bound, sub_elements) for bound in (LOWEST, HIGHEST)]
    has_open = any(each.is_open for each in sub_elements)
    return AreaResult(
        code=code,
        score=None if exact is None else round_score(exact),
        exact=exact,
        interval=_rounded(bounds) if has_open else None,
        progress=progress_of(each.state for each in sub_elements),
    )


def score_assessment(by_area: Mapping[str, Sequence[SubElementScore]]) -> Result:
    """Score all areas of an assessment, given in the framework's order (docs/scoring.md, rules 2 to 5)."""
    areas = tuple(score_area(code, sub_elements) for code, sub_elements in by_area.items())
    every = [each for sub_elements in by_area.values() for each in sub_elements]
    progress = progress_of(each.state for each in every)
    overall = _mean_of_all(tuple(area.exact for area in areas))
    bounds = [
        _mean_of_all(tuple(_area_if_open_were(bound, sub_elements) for sub_elements in by_area.values()))
        for bound in (LOWEST, HIGHEST)
    ]
    scores = {area.code: area.score for area in areas if area.score is not None}
    complete = len(scores) == len(areas) == AREA_COUNT
    return Result(
        areas=areas,
        overall=overall,
        interval=None if progress.is_complete else _rounded(bounds),
        spread=spread(list(scores.values())) if complete else None,
        highest=_codes_at(scores, max(scores.values())) if complete else (),
        lowest=_codes_at(scores, min(scores.values())) if complete else (),
        progress=progress,
    )


def _area_if_open_were(bound: Decimal, sub_elements: Sequence[SubElementScore]) -> Fraction | None:
    """The exact mean if every open answer had this score."""
    counted = [each for each in sub_elements if each.score is not None or each.is_open]
    return exact_mean([bound if each.score is None else each.score for each in counted])


def _mean_of_all(areas: Sequence[Fraction | None]) -> Decimal | None:
    """The overall from unrounded area means; None while one of the five has none."""
    known = [area for area in areas if area is not None]
    mean = exact_mean(known)
    return round_score(mean) if mean is not None and len(known) == AREA_COUNT else None


def _rounded(bounds: Sequence[Fraction | Decimal | None]) -> Interval | None:
    low, high = bounds
    return None if low is None or high is None else (round_score(low), round_score(high))


def _codes_at(scores: Mapping[str, Decimal], wanted: Decimal) -> tuple[str, ...]:
    return tuple(code for code, score in scores.items() if score == wanted)
