"""Cohorts made up for tests: of any size, with gaps; they exist only while a test runs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from benchmarks.cohorts import Area, CohortFigures, EstablishmentFigures, average_and_spread
from benchmarks.models import AreaScore, Cohort, Establishment, Framework, PracticeArea

AREAS = tuple(Area(code, f"Area {code}") for code in ("MCQ", "BC", "PQS", "TE", "EEE"))
Scores = Mapping[str, Sequence[str]]  # five for each label, "" where nothing was published

# Four sites: two complete, one with a gap, one with nothing at all.
WITH_GAPS: Scores = {
    "North-west plant": ("3.1", "2.2", "", "4.0", "4.4"),
    "Q": ("3.3", "2.5", "3.6", "4.0", "4.4"),
    "R": ("1.3", "2.5", "3.6", "2.0", "3.4"),
    "S <b>": ("", "", "", "", ""),
}


def figures(scores: Scores) -> CohortFigures:
    """A cohort as the pure modules see it."""
    sites = []
    for label, texts in scores.items():
        areas = {area.code: Decimal(text) for area, text in zip(AREAS, texts, strict=True) if text}
        sites.append(EstablishmentFigures(label, areas, *average_and_spread(areas)))
    published = {code for site in sites for code in site.areas}
    return CohortFigures(
        slug="made-up",
        name="Made-up cohort",
        assessed="in spring",
        description="Made up.",
        source="Nobody.",
        caution="Nothing follows.",
        areas=tuple(area for area in AREAS if area.code in published),
        establishments=tuple(sites),
        sub_element_scores={},
    )


def store(scores: Scores, slug: str = "made-up") -> Cohort:
    """The same as rows, the way somebody would enter them in the admin."""
    cohort = Cohort.objects.create(
        slug=slug,
        name="Made-up cohort",
        framework=Framework.objects.get(version="2026.1"),
        assessed="in spring",
        description="Made up.",
        source="Nobody.",
        caution="Made up.\n\nNothing follows.",
    )
    practice_areas = list(PracticeArea.objects.all())
    for label, texts in scores.items():
        establishment = Establishment.objects.create(cohort=cohort, label=label)
        AreaScore.objects.bulk_create(
            AreaScore(establishment=establishment, practice_area=practice_area, score=Decimal(text))
            for practice_area, text in zip(practice_areas, texts, strict=True)
            if text
        )
    return cohort


def many(count: int) -> Scores:
    """A complete cohort of any size, its scores spread over the scale."""
    return {
        f"S{number:03}": [f"{1 + (number * 7 + place * 11) % 41 / 10:.1f}" for place in range(len(AREAS))]
        for number in range(count)
    }
