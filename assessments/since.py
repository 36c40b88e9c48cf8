"""Pure: what moved since an earlier assessment of the same site: areas, overall and place, then and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments.scoring import Result
from benchmarks.placement import LabelledScore, Placement, place


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """The earlier assessment as far as a report tells of it: what it is called, and its scores."""

    id: str | None  # None for readers of a link, who can open nothing but the report
    title: str
    period: str
    opened_at: datetime
    questionnaire: str
    answered_by: tuple[str, ...]  # in no report; known so that redaction finds their names
    result: Result


@dataclass(frozen=True, slots=True)
class Moved:
    """One score then and now, both as shown; None where there is none."""

    then: Decimal | None
    now: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Now minus then, of the figures as shown, so that a reader can add up (docs/scoring.md, rule 16)."""
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True, slots=True)
class MovedArea:
    """One practice area then and now."""

    code: str
    name: str
    score: Moved


@dataclass(frozen=True, slots=True)
class Since:
    """The earlier assessment beside this one; both are placed among the same establishments."""

    earlier: EarlierRecord
    is_same_questionnaire: bool
    overall: Moved
    place_then: Placement | None
    place_now: Placement | None
    areas: tuple[MovedArea, ...]
    open_now: int  # answers that can still move the figures of now


def since_of(
    earlier: EarlierRecord,
    *,
    now: Result,
    questionnaire: str,
    names: Sequence[tuple[str, str]],
    place_now: Placement | None,
    averages: Sequence[LabelledScore],
) -> Since:
    """`names` are the areas of now, code and name, in the framework's order."""
    then = {area.code: area.score for area in earlier.result.areas}
    scores = {area.code: area.score for area in now.areas}
    overall = earlier.result.overall
    return Since(
        earlier=earlier,
        is_same_questionnaire=earlier.questionnaire == questionnaire,
        overall=Moved(overall, now.overall),
        place_then=place(overall, averages) if overall is not None and averages else None,
        place_now=place_now,
        areas=tuple(MovedArea(code, name, Moved(then.get(code), scores[code])) for code, name in names),
        open_now=now.progress.open,
    )
