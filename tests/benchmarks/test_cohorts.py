"""The 2024 cohort as stored gives its known figures, and a cohort with gaps works too."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from benchmarks.cohorts import CohortFigures, read_cohort
from benchmarks.models import Cohort
from benchmarks.placement import place
from tests.benchmarks.made_up import WITH_GAPS, figures, many, store

D = Decimal


@pytest.fixture
def fda(db: None) -> CohortFigures:
    return read_cohort("fda-2024")


def test_the_averages_low_to_high(fda: CohortFigures) -> None:
    assert " ".join(f"{each.label} {each.score}" for each in fda.averages) == (
        "G 2.40 A 2.84 I 3.68 H 3.74 D 3.98 C 4.06 B 4.36 F 4.46 E 4.62"
    )


def test_the_range_of_the_averages(fda: CohortFigures) -> None:
    assert fda.overall is not None
    assert [str(each) for each in (fda.overall.low, fda.overall.high, fda.overall.width)] == ["2.40", "4.62", "2.22"]
    assert (str(fda.overall.median), str(fda.overall.mean), fda.overall.count) == ("3.98", "3.79", 9)


@pytest.mark.parametrize(
    ("code", "mean", "low", "high"),
    [
        ("EEE", "4.08", "2.40", "4.90"),
        ("MCQ", "3.84", "2.20", "4.80"),
        ("BC", "3.80", "2.50", "4.50"),
        ("TE", "3.63", "2.70", "4.40"),
        ("PQS", "3.61", "2.20", "4.70"),
    ],
)
def test_the_mean_and_range_of_each_area(fda: CohortFigures, code: str, mean: str, low: str, high: str) -> None:
    shape = fda.area(code)
    assert shape is not None
    assert (str(shape.mean), str(shape.low), str(shape.high)) == (mean, low, high)


def test_the_spread_within_each_site(fda: CohortFigures) -> None:
    spreads = {each.label: f"{each.spread:.1f}" for each in fda.establishments}
    assert spreads == {
        "A": "0.8", "B": "1.3", "C": "0.9", "D": "0.6", "E": "0.5", "F": "0.4", "G": "0.5", "H": "0.5", "I": "0.4",
    }  # fmt: skip
    assert fda.evenness is not None
    assert (str(fda.evenness.mean), str(fda.evenness.median)) == ("0.66", "0.50")
    assert (str(fda.evenness.low), str(fda.evenness.high)) == ("0.40", "1.30")


def test_the_spread_between_sites_is_smallest_in_te_and_largest_in_mcq(fda: CohortFigures) -> None:
    shapes = {area.code: fda.area(area.code) for area in fda.areas}
    widths = sorted((shape.width, code) for code, shape in shapes.items() if shape is not None)
    assert (widths[0], widths[-1]) == ((D("1.7"), "TE"), (D("2.6"), "MCQ"))


def test_the_lowest_area_of_each_site_with_ties(fda: CohortFigures) -> None:
    assert {each.label: each.lowest_areas for each in fda.establishments} == {
        "A": ("PQS",),
        "B": ("TE",),
        "C": ("PQS", "TE"),
        "D": ("PQS",),
        "E": ("TE",),
        "F": ("TE",),
        "G": ("MCQ", "PQS"),
        "H": ("PQS",),
        "I": ("TE",),
    }


def test_the_six_published_sub_element_scores_and_no_other(fda: CohortFigures) -> None:
    scores = {
        code: [(each.label, str(each.score)) for each in each_of] for code, each_of in fda.sub_element_scores.items()
    }
    assert scores == {
        "continual-improvement": [("B", "5.0")],
        "data-excellence": [("B", "3.2"), ("F", "3.2")],
        "knowledge-management": [("F", "4.8")],
        "rewards-and-recognition": [("G", "1.8")],
        "technological-advancement": [("F", "4.8")],
    }


def test_an_unknown_cohort_does_not_exist(db: None) -> None:
    with pytest.raises(Cohort.DoesNotExist):
        read_cohort("fda-2025")


@pytest.mark.parametrize("count", [1, 200])
def test_it_reads_any_size_in_two_queries(
    db: None, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store(many(count))
    with django_assert_num_queries(2):
        assert len(read_cohort("made-up").establishments) == count


def test_what_is_stored_is_what_the_pure_modules_see(db: None) -> None:
    store(WITH_GAPS)
    stored, made = read_cohort("made-up"), figures(WITH_GAPS)
    assert stored.establishments == made.establishments
    assert stored.averages == made.averages
    assert [area.code for area in stored.areas] == ["MCQ", "BC", "PQS", "TE", "EEE"]


def test_a_site_with_a_gap_has_no_average_and_no_spread(db: None) -> None:
    store(WITH_GAPS)
    cohort = read_cohort("made-up")
    assert [(each.label, each.average) for each in cohort.establishments] == [
        ("North-west plant", None),
        ("Q", D("3.56")),
        ("R", D("2.56")),
        ("S <b>", None),
    ]
    assert [each.label for each in cohort.spreads] == ["Q", "R"]


def test_placing_leaves_out_a_site_without_the_score(db: None) -> None:
    store(WITH_GAPS)
    cohort = read_cohort("made-up")
    assert place(D("3.00"), cohort.averages).count == 2
    assert place(D("3.00"), cohort.by_area("PQS")).count == 2
    assert place(D("3.00"), cohort.by_area("BC")).count == 3


def test_a_cohort_without_scores_has_no_figures(db: None) -> None:
    store({})
    cohort = read_cohort("made-up")
    assert (cohort.averages, cohort.overall, cohort.evenness, cohort.area("MCQ")) == ((), None, None, None)
