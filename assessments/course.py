"""How far each practice area has come, and which one comes before and after: what a page of answers shows of all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessments.models import Answer, AnswerState, Assessment, Rating
from assessments.progress import Progress, progress_of


@dataclass(frozen=True, slots=True)
class Mark:
    """One sub-element and the state of its answer."""

    code: str
    name: str
    state: str

    @property
    def words(self) -> str:
        return "answered" if self.state == AnswerState.SCORED else str(AnswerState(self.state).label)


@dataclass(frozen=True, slots=True)
class AreaCourse:
    """A practice area with its marks, in the framework's order."""

    code: str
    name: str
    answers: tuple[Mark, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Course:
    """All areas of an assessment, seen from one of them."""

    areas: tuple[AreaCourse, ...]
    progress: Progress
    area: AreaCourse
    previous: AreaCourse | None
    next: AreaCourse | None


def read_course(assessment: Assessment, area_code: str, among: Collection[str] = ()) -> Course:
    """In one light query. Whoever answers only some areas goes on `among` these, by their codes."""
    columns = ("practice_area__code", "practice_area__name", "code", "name")
    answers = assessment.answers.order_by("sub_element__order")
    return _course(answers.values_list(*(f"sub_element__{column}" for column in columns), "state"), area_code, among)


def course_of(answers: Iterable[Answer] | Iterable[Rating], area_code: str) -> Course:
    """From all answers of an assessment or ratings of a rater, in order, with sub-element and practice area at hand."""
    elements = ((answer.sub_element, answer.state) for answer in answers)
    return _course(
        ((each.practice_area.code, each.practice_area.name, each.code, each.name, state) for each, state in elements),
        area_code,
    )


def _course(rows: Iterable[tuple[str, str, str, str, str]], area_code: str, among: Collection[str] = ()) -> Course:
    by_area: dict[tuple[str, str], list[Mark]] = {}
    for code, name, *mark in rows:
        by_area.setdefault((code, name), []).append(Mark(*mark))
    areas = tuple(
        AreaCourse(code, name, tuple(marks), progress_of(mark.state for mark in marks))
        for (code, name), marks in by_area.items()
    )
    own = [area for area in areas if not among or area.code in among or area.code == area_code]
    here = next(place for place, area in enumerate(own) if area.code == area_code)
    return Course(
        areas=areas,
        progress=progress_of(mark.state for area in areas for mark in area.answers),
        area=own[here],
        previous=own[here - 1] if here else None,
        next=own[here + 1] if here + 1 < len(own) else None,
    )
