"""What page and paper show of a report, in reading order: the report with its sentences and its pictures."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.arithmetic import Arithmetic, work_out
from assessments.charts import PROFILE_NARROW, PROFILE_WIDE, Profile, ProfileFrame, draw_profile
from assessments.council import Point, council_points, how_sure, largest_levers, nearest, supported
from assessments.findings import (
    confidential_words,
    distances,
    headline,
    interval_words,
    lede,
    place_words,
    record_words,
    status_words,
    unevenness_words,
    unsupported_words,
    withheld_words,
)
from assessments.rating_words import function_words, raters_words
from assessments.report import Figure, Report
from assessments.report_rows import (
    AreaRow,
    DeviationRow,
    LeverRow,
    SiteRow,
    WatchedRow,
    area_rows,
    cohort_rows,
    deviation_rows,
    lever_rows,
    own_row,
    watched_rows,
)
from assessments.since_page import SincePart, since_part
from assessments.slope import SLOPE_NARROW, SLOPE_WIDE, SlopeFrame
from benchmarks.formatting import count_word, two_decimals
from benchmarks.strip import NARROW, PAPER, PAPER_LINE, PAPER_ROW, ROW, WIDE, Frame, Scale, Strip, draw_strip

# A spread can reach 4, but seldom does: the smaller scale uses the width.
HALF_SCALE = Scale(low=Decimal(0), high=Decimal(2), step=Decimal("0.5"))
WHOLE_SCALE = Scale(low=Decimal(0), high=Decimal(4))


@dataclass(frozen=True, slots=True)
class Frames:
    """The sizes in which a medium draws the pictures: a page in two, of which it shows the one that fits."""

    overall: tuple[Frame, ...]
    line: Frame  # of the table on the first page
    row: Frame
    profile: tuple[ProfileFrame, ...]
    unevenness: tuple[Frame, ...]
    slope: tuple[SlopeFrame, ...]


ON_PAGE = Frames((WIDE, NARROW), ROW, ROW, (PROFILE_WIDE, PROFILE_NARROW), (WIDE, NARROW), (SLOPE_WIDE, SLOPE_NARROW))
ON_PAPER = Frames((PAPER,), PAPER_LINE, PAPER_ROW, (PROFILE_WIDE,), (WIDE,), (SLOPE_WIDE,))


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything a template needs; no template computes."""

    report: Report
    headline: str
    lede: str
    number: str
    number_note: str
    place: str
    distances: str
    status: str
    unsupported: str
    withheld: str
    record: str
    confidential: str
    overall: tuple[Strip, ...]
    areas: tuple[AreaRow, ...]
    since: SincePart | None
    profile: tuple[Profile, ...]
    own_row: SiteRow
    cohort_rows: tuple[SiteRow, ...]
    unevenness: tuple[Strip, ...]
    unevenness_words: str
    deviations: tuple[DeviationRow, ...]
    nearest: str
    watched: tuple[WatchedRow, ...]
    points: tuple[Point, ...]  # for the council
    how_sure: tuple[Point, ...]
    supported: str
    levers: tuple[LeverRow, ...]
    lever_words: str
    arithmetic: Arithmetic
    cohort_count: str
    raters: str
    rater_functions: str


def compose(report: Report, frames: Frames = ON_PAGE) -> ReportPage:
    """Put words and pictures to a report."""
    overall = report.overall
    return ReportPage(
        report=report,
        headline=headline(report),
        lede=lede(report),
        number=_number(overall),
        number_note=_number_note(report),
        place="" if overall.placement is None else place_words(overall.placement, two_decimals),
        distances="" if overall.placement is None else distances(overall.placement),
        status=status_words(report),
        unsupported=unsupported_words(report),
        withheld=withheld_words(report),
        record=record_words(report),
        confidential=confidential_words(report),
        overall=tuple(_strip(overall, frame, "Overall score among the cohort’s sites") for frame in frames.overall),
        areas=area_rows(report, frames.line),
        since=since_part(report, frames.slope),
        profile=tuple(_profile(report, frame) for frame in frames.profile),
        own_row=own_row(report),
        cohort_rows=cohort_rows(report),
        unevenness=tuple(_unevenness(report, frame) for frame in frames.unevenness),
        unevenness_words=unevenness_words(report),
        deviations=deviation_rows(report, frames.row),
        nearest=nearest(report),
        watched=watched_rows(report, frames.row),
        points=council_points(report),
        how_sure=how_sure(report),
        supported=supported(report),
        levers=lever_rows(report),
        lever_words=largest_levers(report.levers),
        arithmetic=work_out(report),
        cohort_count=count_word(len(report.cohort.establishments)),
        raters="" if report.raters is None else raters_words(report.raters),
        rater_functions="" if report.raters is None else function_words(report.raters),
    )


def _number(figure: Figure) -> str:
    if figure.score is not None:
        return two_decimals(figure.score)
    return "none" if figure.interval is None else interval_words(figure.interval)


def _number_note(report: Report) -> str:
    if report.overall.score is None:
        return "provisional: what is still possible" if report.overall.interval else "no overall score"
    return "overall, provisional" if report.is_provisional else "overall, on a scale of 1 to 5"


def _strip(figure: Figure, frame: Frame, title: str) -> Strip:
    return draw_strip(figure.cohort, frame=frame, title=title, own=figure.score, interval=figure.interval)


def _unevenness(report: Report, frame: Frame) -> Strip:
    title = "Spread across areas beside the spread of each site of the cohort"
    unevenness = report.unevenness
    largest = max([each.score for each in unevenness.cohort] + [unevenness.spread or Decimal(0)], default=Decimal(0))
    scale = HALF_SCALE if largest <= HALF_SCALE.high else WHOLE_SCALE
    return draw_strip(unevenness.cohort, frame=frame, title=title, own=unevenness.spread, scale=scale)


def _profile(report: Report, frame: ProfileFrame) -> Profile:
    return draw_profile(
        [(area.code, area.name) for area in report.areas],
        {area.code: area.figure.score for area in report.areas},
        [(each.label, each.areas) for each in report.cohort.establishments],
        frame=frame,
        title="Profile across the five practice areas, yours and each site of the cohort",
    )
