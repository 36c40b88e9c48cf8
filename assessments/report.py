"""Everything a report says, as frozen dataclasses built without a request; page, PDF, exports and charts read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments.records import AnswerRecord, AssessmentRecord
from assessments.scoring import AreaResult, Interval, Result
from benchmarks.cohorts import CohortFigures
from benchmarks.distribution import Distribution
from benchmarks.placement import LabelledScore, Placement, place

# The two that the source names as the cohort's weakest; shown side by side with what was published.
WATCHED = ("quality-risk-management", "data-excellence")
EXTREMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A score with its place: `score` is None while it cannot be known, `interval` None when nothing is open."""

    score: Decimal | None
    interval: Interval | None
    placement: Placement | None
    cohort: tuple[LabelledScore, ...]
    distribution: Distribution | None


@dataclass(frozen=True, slots=True)
class SubElementReport:
    """One answer, with what was published of the same sub-element."""

    answer: AnswerRecord
    cohort: tuple[LabelledScore, ...]
    level: str  # the name of the highest level that the score reaches; empty without a score

    @property
    def is_unsupported(self) -> bool:
        """A score of 4.0 or more without a single evidence reference: allowed, and marked."""
        return self.answer.score is not None and self.answer.score >= 4 and not self.answer.evidence


@dataclass(frozen=True, slots=True)
class AreaReport:
    """One practice area."""

    code: str
    name: str
    figure: Figure
    result: AreaResult
    sub_elements: tuple[SubElementReport, ...]


@dataclass(frozen=True, slots=True)
class Unevenness:
    """Highest minus lowest area, beside the same figure of each establishment."""

    spread: Decimal | None
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    cohort: tuple[LabelledScore, ...]
    distribution: Distribution | None


@dataclass(frozen=True, slots=True)
class Report:
    """The seam: whatever shows an assessment reads this and nothing else."""

    generated_at: datetime
    assessment: AssessmentRecord
    cohort: CohortFigures
    result: Result
    overall: Figure
    areas: tuple[AreaReport, ...]
    unevenness: Unevenness

    @property
    def is_provisional(self) -> bool:
        return self.result.is_provisional

    @property
    def sub_elements(self) -> tuple[SubElementReport, ...]:
        return tuple(each for area in self.areas for each in area.sub_elements)

    @property
    def watched(self) -> tuple[SubElementReport, ...]:
        return tuple(each for each in self.sub_elements if each.answer.code in WATCHED)

    @property
    def unsupported(self) -> tuple[SubElementReport, ...]:
        return tuple(each for each in self.sub_elements if each.is_unsupported)

    @property
    def strongest(self) -> tuple[SubElementReport, ...]:
        """The highest scored sub-elements, ties in the framework's order."""
        return tuple(sorted(self._scored, key=lambda each: -(each.answer.score or 0)))[:EXTREMES_SHOWN]

    @property
    def weakest(self) -> tuple[SubElementReport, ...]:
        """The lowest scored sub-elements, never one that is listed among the strongest."""
        rest = [each for each in self._scored if each not in self.strongest]
        return tuple(sorted(rest, key=lambda each: each.answer.score or 0))[:EXTREMES_SHOWN]

    @property
    def _scored(self) -> tuple[SubElementReport, ...]:
        return tuple(each for each in self.sub_elements if each.answer.score is not None)


def build_report(*, assessment: AssessmentRecord, cohort: CohortFigures, now: datetime) -> Report:
    """Score an assessment and place it among the establishments of a cohort."""
    by_area, result = assessment.by_area, assessment.score()
    return Report(
        generated_at=now,
        assessment=assessment,
        cohort=cohort,
        result=result,
        overall=_figure(result.overall, result.interval, cohort.averages, cohort.overall),
        areas=tuple(_area(area, by_area[area.code], assessment, cohort) for area in result.areas),
        unevenness=Unevenness(
            spread=result.spread,
            highest=result.highest,
            lowest=result.lowest,
            cohort=cohort.spreads,
            distribution=cohort.evenness,
        ),
    )


def _figure(
    score: Decimal | None,
    interval: Interval | None,
    cohort: tuple[LabelledScore, ...],
    distribution: Distribution | None,
) -> Figure:
    placement = place(score, cohort) if score is not None and cohort else None
    return Figure(score, interval, placement, cohort, distribution)


def _area(
    result: AreaResult, answers: Sequence[AnswerRecord], assessment: AssessmentRecord, cohort: CohortFigures
) -> AreaReport:
    return AreaReport(
        code=result.code,
        name=answers[0].area_name,
        figure=_figure(result.score, result.interval, cohort.by_area(result.code), cohort.area(result.code)),
        result=result,
        sub_elements=tuple(
            SubElementReport(
                answer=answer,
                cohort=cohort.sub_element_scores.get(answer.code, ()),
                level="" if answer.score is None else assessment.level_names[int(answer.score) - 1],
            )
            for answer in answers
        ),
    )
