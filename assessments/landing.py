"""Pure: what the landing page shows of a cohort; every figure is computed from it."""

from dataclasses import dataclass
from decimal import Decimal

from benchmarks.cohorts import CohortFigures
from benchmarks.formatting import capitalised, counted
from benchmarks.strip import NARROW, Frame, Strip, draw_strip

# As wide as the page: here the strip is the picture.
PICTURE = Frame("picture", width=1056, radius=Decimal(13), letter=Decimal(14), diamond=Decimal(13), text=19, small=13)


@dataclass(frozen=True, slots=True)
class Landing:
    """The page without a cohort, when none is loaded, has no picture."""

    cohort: CohortFigures | None = None
    cohort_heading: str = ""
    strips: tuple[Strip, ...] = ()  # wide, narrow
    sample: str = ""  # the top of a fictional report, as HTML


def compose_landing(cohort: CohortFigures, sample: str = "") -> Landing:
    title = f"{cohort.name}: averages of the sites"
    return Landing(
        cohort=cohort,
        cohort_heading=_heading(cohort),
        strips=tuple(draw_strip(cohort.averages, frame=frame, title=title) for frame in (PICTURE, NARROW)),
        sample=sample,
    )


def _heading(cohort: CohortFigures) -> str:
    overall = cohort.overall
    if overall is None:
        return cohort.name
    sites = capitalised(counted(overall.count, "site", "sites"))
    return f"{sites}, from {overall.low} to {overall.high}, the middle one at {overall.median}"
