"""The rows of a report's tables with their pictures: what each is made of, in the sizes of one medium."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.council import against_own_overall, gain, raised
from assessments.findings import area_place, at_or_above
from assessments.leverage import Lever
from assessments.report import AreaReport, Report, SubElementReport
from assessments.shape import Deviation
from benchmarks.formatting import signed
from benchmarks.placement import LabelledScore
from benchmarks.scores import HIGHEST, LOWEST
from benchmarks.strip import Frame, Scale, Strip, draw_strip

MOST_LISTED = 40  # a larger cohort is listed on its own page, not in every report
HALF_STEP = Decimal("0.5")
# From the mean of the five: the smallest that holds everything uses the width.
FROM_MEAN = (
    Scale(low=Decimal(-1), high=Decimal(1), step=HALF_STEP),
    Scale(low=Decimal(-2), high=Decimal(2)),
    Scale(low=LOWEST - HIGHEST, high=HIGHEST - LOWEST),
)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One practice area in the overview table."""

    area: AreaReport
    strip: Strip
    at_or_above: str
    place: str


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """One of the sub-elements shown side by side with what was published, and with the site's own overall."""

    sub_element: SubElementReport
    strip: Strip
    against_overall: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A score in the heat map; `shade` is 1 (lowest) to 8, empty where there is no score."""

    score: Decimal | None
    shade: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site in the heat map beneath the profile; None where nothing was published."""

    label: str
    cells: tuple[Cell, ...]
    average: Decimal | None
    spread: Decimal | None


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One practice area against the site's own level."""

    name: str
    own: str
    strip: Strip
    scale: str
    range: str
    is_out_of_line: bool


@dataclass(frozen=True, slots=True)
class LeverRow:
    """What one point more on one sub-element does."""

    name: str
    area_code: str
    raised: str
    area: str
    overall: str
    at_or_above: str


def area_rows(report: Report, frame: Frame) -> tuple[AreaRow, ...]:
    return tuple(
        AreaRow(
            area=area,
            strip=draw_strip(
                area.figure.cohort,
                frame=frame,
                title=f"{area.name} among the sites of the cohort",
                own=area.figure.score,
                interval=area.figure.interval,
            ),
            at_or_above=at_or_above(area.figure),
            place=area_place(area),
        )
        for area in report.areas
    )


def watched_rows(report: Report, frame: Frame) -> tuple[WatchedRow, ...]:
    return tuple(WatchedRow(each, _watched(each, frame), against_own_overall(report, each)) for each in report.watched)


def _watched(each: SubElementReport, frame: Frame) -> Strip:
    title = f"{each.answer.name}, yours and what was published"
    return draw_strip(each.cohort, frame=frame, title=title, own=each.answer.score)


def own_row(report: Report) -> SiteRow:
    return SiteRow(
        label=report.assessment.site,
        cells=tuple(cell(area.figure.score) for area in report.areas),
        average=report.overall.score,
        spread=report.unevenness.spread,
    )


def cohort_rows(report: Report) -> tuple[SiteRow, ...]:
    """All establishments, highest average first; none where they are too many for a report."""
    establishments = report.cohort.establishments
    if len(establishments) > MOST_LISTED:
        return ()
    ordered = sorted(establishments, key=lambda each: (-(each.average or Decimal(0)), each.label))
    return tuple(
        SiteRow(
            label=each.label,
            cells=tuple(cell(each.areas.get(area.code)) for area in report.areas),
            average=each.average,
            spread=each.spread,
        )
        for each in ordered
    )


def cell(score: Decimal | None) -> Cell:
    """Half a point is one shade: 1.0 to 1.4 the first, 4.5 and more the last."""
    return Cell(score, "" if score is None else str(min(int((score - LOWEST) / HALF_STEP), 7) + 1))


def deviation_rows(report: Report, frame: Frame) -> tuple[DeviationRow, ...]:
    """Empty until every area has a score."""
    deviations = report.shape.deviations
    largest = max((abs(score) for each in deviations for score in (each.own, *_scores(each.cohort))), default=LOWEST)
    scale = next(scale for scale in FROM_MEAN if largest <= scale.high)
    names = {area.code: area.name for area in report.areas}
    return tuple(_deviation(each, names[each.code], frame, scale) for each in deviations)


def _scores(cohort: tuple[LabelledScore, ...]) -> list[Decimal]:
    return [each.score for each in cohort]


def _deviation(deviation: Deviation, name: str, frame: Frame, scale: Scale) -> DeviationRow:
    return DeviationRow(
        name=name,
        own=signed(deviation.own),
        strip=draw_strip(
            deviation.cohort,
            frame=frame,
            title=f"{name} minus the site’s own mean, beside the same of each site of the cohort",
            own=deviation.own,
            scale=scale,
            written=signed,
        ),
        scale=f"{signed(scale.low)} to {signed(scale.high)}",
        range=_range(deviation.cohort),
        is_out_of_line=deviation.is_out_of_line,
    )


def _range(cohort: tuple[LabelledScore, ...]) -> str:
    return f"{signed(cohort[0].score)} to {signed(cohort[-1].score)}" if cohort else "–"


def lever_rows(report: Report) -> tuple[LeverRow, ...]:
    """Largest gain first, then in the framework's order."""
    named = {each.answer.code: each.answer for each in report.sub_elements}
    ordered = sorted(report.levers, key=lambda each: -(each.overall_gain or each.area_gain))
    return tuple(
        LeverRow(
            name=named[lever.code].name,
            area_code=named[lever.code].area_code,
            raised=raised(lever),
            area=f"{lever.area} ({gain(lever.area_gain)})",
            overall="–" if lever.overall is None else f"{lever.overall} ({gain(lever.overall_gain)})",
            at_or_above=_place_then(lever, len(report.overall.cohort)),
        )
        for lever in ordered
    )


def _place_then(lever: Lever, count: int) -> str:
    if lever.at_or_above is None:
        return "–"
    change = f", {lever.passes} more" if lever.passes else ""
    return f"{lever.at_or_above} of {count}{change}"
