"""Pure: everything the page of a cohort shows, built from its figures; the view only renders it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks import cohort_findings as findings
from benchmarks.cohorts import CohortFigures, EstablishmentFigures
from benchmarks.distribution import describe
from benchmarks.formatting import counted, one_decimal, two_decimals
from benchmarks.placement import LabelledScore
from benchmarks.published import PublishedSubElement
from benchmarks.site_table import SiteTable, Sorting, lay_out
from benchmarks.span import Span, draw_span
from benchmarks.strip import NARROW, WIDE, Strip, draw_strip


@dataclass(frozen=True, slots=True)
class StripRow:
    """The sites on one line, with their ends in words."""

    name: str
    code: str  # of the practice area; empty for the average
    figure: str
    note: str
    strips: tuple[Strip, ...]  # wide, narrow


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A range: whose, from what to what, how wide, and its picture."""

    name: str
    extent: str
    spread: str
    span: Span


@dataclass(frozen=True, slots=True)
class SubElementRow:
    """A sub-element with at least one published score; a cell is empty where none was published."""

    sub_element: PublishedSubElement
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherCohort:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class CohortPage:
    """Everything a template needs; no template computes."""

    cohort: CohortFigures
    heading: str
    lede: str
    average: StripRow | None
    areas: tuple[StripRow, ...]
    table: SiteTable
    within: tuple[SpreadRow, ...]
    between: tuple[SpreadRow, ...]
    spread_words: str
    sub_element_words: str
    sub_element_sites: tuple[str, ...]
    sub_elements: tuple[SubElementRow, ...]
    sites_words: str
    descriptions: tuple[str, ...]
    show: tuple[str, ...]
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    others: tuple[OtherCohort, ...]


def compose_cohort(
    cohort: CohortFigures,
    *,
    sub_elements: Sequence[PublishedSubElement],
    others: Sequence[OtherCohort],
    sorting: Sorting,
) -> CohortPage:
    """Put words and pictures to the figures of a cohort."""
    sites = _sites_with_sub_elements(cohort)
    return CohortPage(
        cohort=cohort,
        heading=findings.heading(cohort),
        lede=findings.lede(cohort),
        average=_average_row(cohort),
        areas=tuple(_area_row(cohort, area.code, area.name) for area in cohort.areas),
        table=lay_out(cohort, sorting),
        within=_within(cohort),
        between=_between(cohort),
        spread_words=findings.spread_words(cohort),
        sub_element_words=findings.sub_element_words(cohort),
        sub_element_sites=sites,
        sub_elements=tuple(_sub_element(cohort, each, sites) for each in sub_elements),
        sites_words=counted(len(cohort.establishments), "site", "sites"),
        descriptions=paragraphs(cohort.description),
        show=findings.what_they_show(cohort),
        cautions=paragraphs(cohort.caution),
        sources=paragraphs(cohort.source),
        others=tuple(others),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as it was entered, cut at its empty lines."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def _average_row(cohort: CohortFigures) -> StripRow | None:
    overall = cohort.overall
    if overall is None:
        return None
    low, high = findings.ends(cohort.averages, overall, two_decimals)
    return StripRow(
        name="Average of the practice areas",
        code="",
        figure=two_decimals(overall.median),
        note=f"the median; the averages run from {low} to {high}" if overall.width else "the average",
        strips=_strips(cohort.averages, f"{cohort.name}: average of each site"),
    )


def _area_row(cohort: CohortFigures, code: str, name: str) -> StripRow:
    scores, shape = cohort.by_area(code), cohort.area(code)
    assert shape is not None  # noqa: S101  an area without a single score is not among the cohort's areas
    low, high = findings.ends(scores, shape, one_decimal)
    return StripRow(
        name=name,
        code=code,
        figure=two_decimals(shape.mean),
        note=f"{low} to {high}" if shape.width else low,
        strips=_strips(scores, f"{cohort.name}: {name}, score of each site"),
    )


def _strips(scores: Sequence[LabelledScore], title: str) -> tuple[Strip, ...]:
    return tuple(draw_strip(scores, frame=frame, title=title) for frame in (WIDE, NARROW))


def _spread_row(name: str, scores: Sequence[LabelledScore]) -> SpreadRow:
    shape = describe([each.score for each in scores])
    low, high = findings.ends(scores, shape, one_decimal)
    return SpreadRow(
        name=name,
        extent=f"{low} to {high}" if shape.width else low,
        spread=one_decimal(shape.width),
        span=draw_span(shape.low, shape.high),
    )


def _within(cohort: CohortFigures) -> tuple[SpreadRow, ...]:
    """The sites with a score in every practice area, the least even first."""
    complete = [site for site in cohort.establishments if site.average is not None]
    rows = [_spread_row(site.label, _by_code(cohort, site)) for site in complete]
    return tuple(sorted(rows, key=lambda row: -Decimal(row.spread)))


def _by_code(cohort: CohortFigures, site: EstablishmentFigures) -> list[LabelledScore]:
    return [LabelledScore(site.areas[area.code], area.code) for area in cohort.areas]


def _between(cohort: CohortFigures) -> tuple[SpreadRow, ...]:
    """The practice areas in which at least two sites have a score, the widest first."""
    names = {area.code: area.name for area in cohort.areas}
    return tuple(
        _spread_row(names[each.label], cohort.by_area(each.label)) for each in findings.spreads_between(cohort)
    )


def _sites_with_sub_elements(cohort: CohortFigures) -> tuple[str, ...]:
    return tuple(sorted({each.label for scores in cohort.sub_element_scores.values() for each in scores}))


def _sub_element(cohort: CohortFigures, sub_element: PublishedSubElement, sites: Sequence[str]) -> SubElementRow:
    scores = {each.label: one_decimal(each.score) for each in cohort.sub_element_scores[sub_element.code]}
    return SubElementRow(sub_element, tuple(scores.get(label, "") for label in sites))
