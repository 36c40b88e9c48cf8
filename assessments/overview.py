"""Pure: where an assessment stands: its areas with their answers, what comes next, what keeps it provisional."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.records import AnswerRecord, AssessmentRecord
from assessments.scoring import AreaResult, Result
from benchmarks.formatting import capitalised, counted, join_labels, two_decimals


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
    next_open: AnswerRecord | None  # None when nothing is open

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the result is provisional or there is no overall, a sentence each; none when neither is so."""
        unknown = self.result.progress.unknown
        unanswered = self.result.progress.open - unknown
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
        """What that means for the overall."""
        overall, interval = self.result.overall, self.result.interval
        so_far = "" if overall is None else f"The overall is {two_decimals(overall)}"
        if interval is None:
            return f"{so_far}." if so_far else "The report shows the areas that have a score."
        left = f"{two_decimals(interval[0])} to {two_decimals(interval[1])}"
        if so_far:
            return f"{so_far} so far; the open answers can still move it to anywhere from {left}."
        return f"The open answers leave the overall anywhere from {left}."


def build_overview(record: AssessmentRecord) -> Overview:
    by_area, result = record.by_area, record.score()
    return Overview(
        areas=tuple(
            AreaOverview(area.code, by_area[area.code][0].area_name, by_area[area.code], area) for area in result.areas
        ),
        result=result,
        next_open=_next_open(record.answers),
    )


def _next_open(answers: Sequence[AnswerRecord]) -> AnswerRecord | None:
    """The first that nobody has answered; when there is none, the first that was left at "don't know yet"."""
    for state in ("unanswered", "unknown"):
        for answer in answers:
            if answer.state == state:
                return answer
    return None
