"""Pure: the table of sites by practice areas: its columns, its order, the highest and lowest of each column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from benchmarks.cohorts import CohortFigures, EstablishmentFigures
from benchmarks.distribution import Distribution
from benchmarks.formatting import one_decimal, two_decimals

SITE = "site"
AVERAGE = "average"


class Order(StrEnum):
    """Which end comes first; what was not published comes last in both."""

    ASCENDING = "asc"
    DESCENDING = "desc"

    @property
    def reversed(self) -> "Order":
        return Order.ASCENDING if self is Order.DESCENDING else Order.DESCENDING

    @property
    def aria(self) -> str:
        return "ascending" if self is Order.ASCENDING else "descending"


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column that orders the rows, and how."""

    key: str
    order: Order


class Mark(StrEnum):
    """The ends of a column; empty between them, and where all are the same."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as text, empty when there is none."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts: `aria_sort` is empty unless the rows are in its order, `next` is what a click asks for."""

    key: str
    name: str
    aria_sort: str
    next: Order
    first: Order
    mean: str
    width: str


@dataclass(frozen=True, slots=True)
class SiteTable:
    site: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_gaps: bool


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a column of figures needs to be laid out."""

    key: str
    name: str
    value: Callable[[EstablishmentFigures], Decimal | None]
    written: Callable[[Decimal], str]
    distribution: Distribution | None


def read_sorting(cohort: CohortFigures, key: str, order: str) -> Sorting:
    """What was asked for, or by average with the highest first; anything unknown is as if it had not been asked."""
    known = {SITE, AVERAGE, *(area.code for area in cohort.areas)}
    wanted = key if key in known else AVERAGE
    return Sorting(wanted, Order(order) if key in known and order in set(Order) else first_order(wanted))


def first_order(key: str) -> Order:
    """Names from A on, figures from the highest down."""
    return Order.ASCENDING if key == SITE else Order.DESCENDING


def lay_out(cohort: CohortFigures, sorting: Sorting) -> SiteTable:
    """Order the sites and mark the ends of each column."""
    measures = _measures(cohort)
    rows = tuple(
        Row(site.label, tuple(_cell(measure, site) for measure in measures))
        for site in _in_order(cohort.establishments, measures, sorting)
    )
    return SiteTable(
        site=_column(SITE, "Site", sorting),
        columns=tuple(
            _column(measure.key, measure.name, sorting, measure.distribution, measure.written) for measure in measures
        ),
        rows=rows,
        has_gaps=any(not cell.text for row in rows for cell in row.cells),
    )


def _measures(cohort: CohortFigures) -> tuple[_Measure, ...]:
    areas = (
        _Measure(area.code, area.name, _area_of(area.code), one_decimal, cohort.area(area.code))
        for area in cohort.areas
    )
    return (*areas, _Measure(AVERAGE, "Average", lambda site: site.average, two_decimals, cohort.overall))


def _area_of(code: str) -> Callable[[EstablishmentFigures], Decimal | None]:
    return lambda site: site.areas.get(code)


def _in_order(
    sites: Sequence[EstablishmentFigures], measures: Sequence[_Measure], sorting: Sorting
) -> list[EstablishmentFigures]:
    """Ties stay in the order of their labels, whichever end comes first."""
    downwards = sorting.order is Order.DESCENDING
    by_label = sorted(sites, key=lambda site: site.label)
    measure = next((each for each in measures if each.key == sorting.key), None)
    if measure is None:
        return by_label[::-1] if downwards else by_label
    value = measure.value
    known = [(score, site) for site in by_label if (score := value(site)) is not None]
    unknown = [site for site in by_label if value(site) is None]
    ordered = sorted(known, key=lambda pair: -pair[0] if downwards else pair[0])
    return [site for _, site in ordered] + unknown


def _cell(measure: _Measure, site: EstablishmentFigures) -> Cell:
    value, ends = measure.value(site), measure.distribution
    if value is None or ends is None:
        return Cell("", Mark.NONE)
    mark = Mark.NONE
    if ends.width:
        mark = Mark.HIGHEST if value == ends.high else Mark.LOWEST if value == ends.low else Mark.NONE
    return Cell(measure.written(value), mark)


def _column(
    key: str,
    name: str,
    sorting: Sorting,
    distribution: Distribution | None = None,
    written: Callable[[Decimal], str] = two_decimals,
) -> Column:
    sorts = key == sorting.key
    return Column(
        key=key,
        name=name,
        aria_sort=sorting.order.aria if sorts else "",
        next=sorting.order.reversed if sorts else first_order(key),
        first=first_order(key),
        mean=two_decimals(distribution.mean) if distribution else "",
        width=written(distribution.width) if distribution else "",
    )
