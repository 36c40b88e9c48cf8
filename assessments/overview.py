"""Pure: where an assessment stands: its areas with their answers, what comes next, what keeps it provisional."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assessments.records import AnswerRecord, AssessmentRecord
from assessments.scoring import AreaResult, Result
from benchmarks.cohorts import CohortFigures
from benchmarks.formatting import capitalised, counted, join_labels, two_decimals
from benchmarks.placement import Placement, place


@dataclass(frozen=True, slots=True)
class AreaOverview:
    """One practice area: its answers in the framework's order, and what they come to so far."""

    code: str
    name: str
    answers: tuple[AnswerRecord, ...]
    result: AreaResult


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of an assessment says."""

    areas: tuple[AreaOverview, ...]
    result: Result
    next_open: AnswerRecord | None  # None when nothing is open that the reader may answer
    placement: Placement | None = None  # None until nothing is open, and without a cohort or an overall

    @property
    def is_complete(self) -> bool:
        return self.result.progress.is_complete

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the result is provisional or there is no overall, a sentence each; none when neither is so."""
        unknown = self.result.progress.unknown
        unanswered = self.result.progress.unanswered
        without_score = [area for area in self.areas if area.result.score is None]
        waiting = [area.name for area in without_score if not area.result.progress.is_complete]
        beside = [area.name for area in without_score if area.result.progress.is_complete]
        sentences = (
            unanswered and f"{counted(unanswered, 'sub-element is', 'sub-elements are')} not answered.",
            unknown and f"{counted(unknown, 'answer is', 'answers are')} “don’t know yet”.",
            waiting and f"There is no score yet in {join_labels(waiting)}.",
            beside and f"Nothing applies in {join_labels(beside)}: without a score there, there is no overall.",
        )
        return tuple(capitalised(sentence) for sentence in sentences if sentence)

    @property
    def consequence(self) -> str:
        """What that means for the overall. While anything is open no figure tempts to answer towards it."""
        if not self.is_complete:
            return "Until then the report says how far the result can still move, and that it is provisional."
        if self.result.overall is None:
            return "The report shows the areas that have a score."
        overall = f"The overall is {two_decimals(self.result.overall)}"
        if self.placement is None:
            return f"{overall}."
        return f"{overall}, at or above {self.placement.at_or_above} of {self.placement.count} sites of the cohort."


def build_overview(
    record: AssessmentRecord, cohort: Callable[[], CohortFigures | None], answerable: Collection[str] | None = None
) -> Overview:
    """`cohort` is asked for only when there is an overall to place; `answerable` are areas, else all are."""
    by_area, result = record.by_area, record.score()
    return Overview(
        areas=tuple(
            AreaOverview(area.code, by_area[area.code][0].area_name, by_area[area.code], area) for area in result.areas
        ),
        result=result,
        next_open=next_open(record.answers, answerable),
        placement=_placement(result, cohort),
    )


def _placement(result: Result, cohort: Callable[[], CohortFigures | None]) -> Placement | None:
    if result.overall is None or result.is_provisional:
        return None
    compared_with = cohort()
    return place(result.overall, compared_with.averages) if compared_with and compared_with.averages else None


def next_open(answers: Sequence[AnswerRecord], answerable: Collection[str] | None = None) -> AnswerRecord | None:
    """The first that nobody has answered; when there is none, the first that was left at "don't know yet".

    Only in the practice areas that one may answer, by their codes, if they are given.
    """
    for state in ("unanswered", "unknown"):
        for answer in answers:
            if answer.state == state and (answerable is None or answer.area_code in answerable):
                return answer
    return None
