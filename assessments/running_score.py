"""What the answers of one practice area come to so far, and where that would lie: shown to whoever wants to see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.findings import interval_words, place_words
from assessments.models import Answer
from assessments.scoring import AreaResult, SubElementScore, score_area
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.formatting import one_decimal
from benchmarks.models import Cohort
from benchmarks.placement import Placement, place


@dataclass(frozen=True, slots=True)
class RunningScore:
    """One practice area while it is filled in."""

    result: AreaResult
    placement: Placement | None  # None while nothing is scored, and without a cohort

    @property
    def place(self) -> str:
        return "" if self.placement is None else place_words(self.placement, one_decimal)

    @property
    def interval(self) -> str:
        return "" if self.result.interval is None else interval_words(self.result.interval)


def running_score(answers: Sequence[Answer]) -> RunningScore:
    """Of the answers of one practice area; two queries for the cohort once there is a score to place."""
    code = answers[0].sub_element.practice_area.code
    scored = [SubElementScore(answer.sub_element.code, answer.state, answer.score) for answer in answers]
    result = score_area(code, scored)
    return RunningScore(result, _placement(result))


def _placement(result: AreaResult) -> Placement | None:
    if result.score is None:
        return None
    try:
        published = read_cohort(DEFAULT_COHORT).by_area(result.code)
    except Cohort.DoesNotExist:
        return None
    return place(result.score, published) if published else None
