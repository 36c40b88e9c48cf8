"""A cohort read from the database as plain frozen data, in a number of queries that does not grow with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Value

from benchmarks.distribution import Distribution, describe, spread
from benchmarks.models import AreaScore, Cohort, Establishment, SubElementScore
from benchmarks.placement import LabelledScore
from benchmarks.scores import AREA_COUNT, exact_mean, round_score

DEFAULT_COHORT = "fda-2024"  # the one that assessments are compared with unless another is named
ONE_PLACE = Decimal("0.1")  # published scores are shown as published


@dataclass(frozen=True, slots=True)
class Area:
    """A practice area by its stable code and its official name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class EstablishmentFigures:
    """What was published of one establishment, and the two figures computed from it."""

    label: str
    areas: dict[str, Decimal]  # by code, only what was published
    average: Decimal | None  # two places; None unless every practice area of the cohort has a score
    spread: Decimal | None

    @property
    def lowest_areas(self) -> tuple[str, ...]:
        return tuple(code for code, score in self.areas.items() if score == min(self.areas.values()))


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """Everything that pages and reports say of a cohort."""

    slug: str
    name: str
    assessed: str
    description: str
    source: str
    caution: str
    areas: tuple[Area, ...]
    establishments: tuple[EstablishmentFigures, ...]
    sub_element_scores: dict[str, tuple[LabelledScore, ...]]  # by code of the sub-element

    @property
    def averages(self) -> tuple[LabelledScore, ...]:
        """The establishments that have an average, lowest first."""
        return tuple(sorted(LabelledScore(e.average, e.label) for e in self.establishments if e.average is not None))

    @property
    def overall(self) -> Distribution | None:
        return _described([labelled.score for labelled in self.averages])

    @property
    def spreads(self) -> tuple[LabelledScore, ...]:
        """Highest minus lowest area of each establishment that has them all, smallest first."""
        return tuple(sorted(LabelledScore(e.spread, e.label) for e in self.establishments if e.spread is not None))

    @property
    def evenness(self) -> Distribution | None:
        return _described([labelled.score for labelled in self.spreads])

    def by_area(self, code: str) -> tuple[LabelledScore, ...]:
        """The published scores of one practice area, lowest first."""
        return tuple(sorted(LabelledScore(e.areas[code], e.label) for e in self.establishments if code in e.areas))

    def area(self, code: str) -> Distribution | None:
        return _described([labelled.score for labelled in self.by_area(code)])


def _described(scores: list[Decimal]) -> Distribution | None:
    return describe(scores) if scores else None


def average_and_spread(areas: dict[str, Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """The mean of the five areas and highest minus lowest; both None while one is missing."""
    mean = exact_mean(areas.values())
    if mean is None or len(areas) < AREA_COUNT:
        return None, None
    return round_score(mean), spread(list(areas.values()))


def read_cohort(slug: str) -> CohortFigures:
    """Read a cohort in two queries; raise Cohort.DoesNotExist when there is none of that name."""
    cohort = Cohort.objects.get(slug=slug)
    areas: dict[str, Area] = {}
    area_scores: dict[str, dict[str, Decimal]] = defaultdict(dict)
    sub_element_scores: dict[str, list[LabelledScore]] = defaultdict(list)
    for kind, _, label, code, name, stored in _published(cohort):
        by_code = area_scores[label]
        if kind == "area":
            areas[code] = Area(code, name)
            by_code[code] = stored.quantize(ONE_PLACE)
        elif kind == "sub-element":
            sub_element_scores[code].append(LabelledScore(stored.quantize(ONE_PLACE), label))
    return CohortFigures(
        slug=cohort.slug,
        name=cohort.name,
        assessed=cohort.assessed,
        description=cohort.description,
        source=cohort.source,
        caution=cohort.caution,
        areas=tuple(areas.values()),
        establishments=tuple(
            EstablishmentFigures(label, by_code, *average_and_spread(by_code))
            for label, by_code in sorted(area_scores.items())
        ),
        sub_element_scores={code: tuple(sorted(scores)) for code, scores in sub_element_scores.items()},
    )


def _published(cohort: Cohort) -> Iterable[tuple[str, int, str, str, str, Decimal]]:
    """Establishments and all their scores in one query, in the framework's order.

    Each row is kind, order, label, code, name, score; an establishment without a single score is a row as well.
    """
    areas = AreaScore.objects.filter(establishment__cohort=cohort).order_by()
    sub_elements = SubElementScore.objects.filter(establishment__cohort=cohort).order_by()
    establishments = Establishment.objects.filter(cohort=cohort).order_by()
    return (
        areas.annotate(kind=Value("area"))
        .values_list(
            "kind",
            "practice_area__order",
            "establishment__label",
            "practice_area__code",
            "practice_area__name",
            "score",
        )
        .union(
            sub_elements.annotate(kind=Value("sub-element")).values_list(
                "kind",
                "sub_element__order",
                "establishment__label",
                "sub_element__code",
                "sub_element__name",
                "score",
            ),
            establishments.values_list(
                Value("establishment"), Value(0), "label", Value(""), Value(""), Value(None, DecimalField())
            ),
            all=True,
        )
        .order_by("kind", "practice_area__order", "establishment__label")
    )
