"""Everything a report says, as frozen dataclasses built without a request; page, PDF, exports and charts read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from assessments.comparison import Comparison, SubElementRatings
from assessments.entries import HIGH, is_unsupported
from assessments.leverage import Lever, levers
from assessments.models import Confidence, EvidenceStrength
from assessments.rating_words import sentences
from assessments.records import AnswerRecord, AssessmentRecord
from assessments.scoring import AreaResult, Interval, Result
from assessments.shape import Shape, shape_of
from assessments.since import Since, since_of
from assessments.sureness import Sureness, sureness_of
from benchmarks.cohorts import CohortFigures
from benchmarks.distribution import Distribution, median
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
    level_names: tuple[str, ...]
    ratings: SubElementRatings | None  # None where no raters were compared

    @property
    def reached(self) -> int:
        """The number of the highest level that the score reaches; 0 without a score."""
        return 0 if self.answer.score is None else int(self.answer.score)

    @property
    def level(self) -> str:
        """The level by number and name; for a score between two, both."""
        if not self.reached:
            return ""
        named = [f"{number} {name}" for number, name in enumerate(self.level_names, start=1)]
        if self.answer.score == self.reached:
            return named[self.reached - 1]
        return f"between {named[self.reached - 1]} and {named[self.reached]}"

    @property
    def anchor(self) -> str:
        """What the questionnaire says of the level reached."""
        return self.answer.anchors[self.reached - 1] if self.reached else ""

    @property
    def next_step(self) -> str:
        """What it takes to get to the next level; empty at the highest and without a score."""
        steps = self.answer.progressions
        return steps[self.reached - 1] if 0 < self.reached <= len(steps) else ""

    @property
    def next_level(self) -> str:
        return f"{self.reached + 1} {self.level_names[self.reached]}" if self.next_step else ""

    @property
    def how_sure(self) -> str:
        """Confidence and strength of evidence in words, as far as either was stated."""
        strength = EvidenceStrength(self.answer.evidence_strength)
        parts = (
            self.answer.confidence and f"confidence {Confidence(self.answer.confidence).label}",
            strength != EvidenceStrength.NONE and f"evidence at best: {strength.label}",
        )
        return ", ".join(part for part in parts if part)

    @property
    def raters_said(self) -> str:
        """How many rated it and how far apart they lay; empty where no raters were compared."""
        return "" if self.ratings is None else sentences(self.ratings)

    @property
    def is_unsupported(self) -> bool:
        """A score of 4.0 or more without a single evidence reference: allowed, and marked."""
        return is_unsupported(self.answer.score, self.answer.evidence)


@dataclass(frozen=True, slots=True)
class Extremes:
    """The few sub-elements at one end, and how many more share the score of the last one shown."""

    shown: tuple[SubElementReport, ...]
    more: int
    at: Decimal | None


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
    shape: Shape
    sureness: Sureness
    levers: tuple[Lever, ...]
    since: Since | None  # None without an earlier assessment to compare with

    @property
    def is_provisional(self) -> bool:
        return self.result.is_provisional

    @property
    def raters(self) -> Comparison | None:
        """Who stood behind the scores; None where no raters were compared."""
        return self.assessment.comparison

    @property
    def agreed(self) -> int:
        """How many answers were saved or confirmed after the raters had been compared."""
        since = None if self.raters is None else self.raters.opened_at
        return 0 if since is None else sum(each.answer.is_agreed_since(since) for each in self.sub_elements)

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
    def high(self) -> tuple[SubElementReport, ...]:
        """The scores of 4.0 or more, which ask for evidence."""
        return tuple(each for each in self._scored if each.answer.score is not None and each.answer.score >= HIGH)

    @property
    def strongest(self) -> Extremes:
        """The highest of those above the site's own median, ties in the framework's order."""
        above = [each for each in self._scored if _score(each) > self._median]
        return _extremes(sorted(above, key=lambda each: -_score(each)))

    @property
    def weakest(self) -> Extremes:
        """The lowest of those below the site's own median, ties in the framework's order."""
        below = [each for each in self._scored if _score(each) < self._median]
        return _extremes(sorted(below, key=_score))

    @property
    def _median(self) -> Fraction:
        return median([_score(each) for each in self._scored]) if self._scored else Fraction(0)

    @property
    def _scored(self) -> tuple[SubElementReport, ...]:
        return tuple(each for each in self.sub_elements if each.answer.score is not None)


def _score(each: SubElementReport) -> Decimal:
    return each.answer.score or Decimal(0)


def _extremes(ordered: Sequence[SubElementReport]) -> Extremes:
    shown = tuple(ordered[:EXTREMES_SHOWN])
    rest = [each for each in ordered[EXTREMES_SHOWN:] if _score(each) == _score(shown[-1])]
    return Extremes(shown, len(rest), _score(shown[-1]) if shown else None)


def build_report(*, assessment: AssessmentRecord, cohort: CohortFigures, now: datetime) -> Report:
    """Score an assessment and place it among the establishments of a cohort."""
    by_area, result = assessment.by_area, assessment.score()
    overall = _figure(result.overall, result.interval, cohort.averages, cohort.overall)
    return Report(
        generated_at=now,
        assessment=assessment,
        cohort=cohort,
        result=result,
        overall=overall,
        areas=tuple(_area(area, by_area[area.code], assessment, cohort) for area in result.areas),
        unevenness=Unevenness(
            spread=result.spread,
            highest=result.highest,
            lowest=result.lowest,
            cohort=cohort.spreads,
            distribution=cohort.evenness,
        ),
        shape=shape_of(
            {area.code: area.exact for area in result.areas},
            [(each.label, each.areas) for each in cohort.establishments],
        ),
        sureness=sureness_of(by_area, EvidenceStrength.values, Confidence.values),
        levers=levers(
            result,
            {code: [answer.as_score for answer in answers] for code, answers in by_area.items()},
            cohort.averages,
        ),
        since=_since(assessment, result, overall, cohort),
    )


def _since(assessment: AssessmentRecord, now: Result, overall: Figure, cohort: CohortFigures) -> Since | None:
    if assessment.earlier is None or now.progress.answered == 0:
        return None  # nothing to set beside it
    return since_of(
        assessment.earlier,
        now=now,
        questionnaire=assessment.questionnaire,
        names=[(code, answers[0].area_name) for code, answers in assessment.by_area.items()],
        place_now=overall.placement,
        averages=cohort.averages,
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
                level_names=assessment.level_names,
                ratings=None if assessment.comparison is None else assessment.comparison.of(answer.code),
            )
            for answer in answers
        ),
    )
