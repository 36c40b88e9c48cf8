"""The shape of a profile: deviations from the site's own mean, and the nearest establishments."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.shape import Nearest, Shape, shape_of
from tests.reports import fda_2024
from tests.test_scoring_document import table

AREAS = ("MCQ", "BC", "PQS", "TE", "EEE")
COHORT = [(each.label, each.areas) for each in fda_2024().establishments]
SCORES = st.integers(10, 50).map(lambda tenths: Decimal(tenths).scaleb(-1))


def shape(*scores: str) -> Shape:
    return shape_of({code: Fraction(score) for code, score in zip(AREAS, scores, strict=True)}, COHORT)


def read(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").lstrip("+"))


@pytest.mark.parametrize("row", table(11), ids=lambda row: row["Area"])
def test_the_sites_deviations_are_those_of_the_document(row: dict[str, str]) -> None:
    deviation = next(each for each in shape(*["3.0"] * 5).deviations if each.code == row["Area"])
    assert {each.label: each.score for each in deviation.cohort} == {label: read(row[label]) for label in "ABCDEFGHI"}
    assert (deviation.cohort[0].score, deviation.cohort[-1].score) == (read(row["Lowest"]), read(row["Highest"]))


@pytest.mark.parametrize("row", table(12), ids=lambda row: row["Case"])
def test_the_shapes_of_the_document(row: dict[str, str]) -> None:
    found = shape(*(row[code] for code in AREAS))
    assert [each.own for each in found.deviations] == [read(text) for text in row["Deviations"].split()]
    beyond = [each.code for each in found.deviations if each.is_out_of_line]
    assert ", ".join(beyond) == row["Out of line"].replace("–", "")
    assert found.nearest == Nearest((row["Nearest"],), Decimal(row["Distance"]))


def test_without_all_five_areas_there_is_no_shape() -> None:
    own = {**dict.fromkeys(AREAS, Fraction(3)), "TE": None}
    assert shape_of(own, COHORT) == Shape((), None)


def test_establishments_that_lack_an_area_are_left_out() -> None:
    incomplete = [("Z", {"MCQ": Decimal("3.0")})]
    found = shape_of(dict.fromkeys(AREAS, Fraction(3)), incomplete)
    assert ([each.cohort for each in found.deviations], found.nearest) == ([()] * 5, None)
    assert not any(each.is_out_of_line for each in found.deviations)


def test_equal_distances_are_named_together() -> None:
    twins = [(label, dict.fromkeys(AREAS, Decimal("3.2"))) for label in "YX"]
    assert shape_of(dict.fromkeys(AREAS, Fraction(3)), twins).nearest == Nearest(("X", "Y"), Decimal("0.20"))


@given(st.tuples(*[SCORES] * 5), st.integers(-30, 30))
def test_the_level_does_not_change_the_deviations(scores: tuple[Decimal, ...], tenths: int) -> None:
    own = {code: Fraction(score) for code, score in zip(AREAS, scores, strict=True)}
    higher = {code: score + Fraction(tenths, 10) for code, score in own.items()}
    one, other = (shape_of(each, COHORT) for each in (own, higher))
    assert [each.own for each in one.deviations] == [each.own for each in other.deviations]


@given(st.tuples(*[SCORES] * 5))
def test_deviations_cancel_out(scores: tuple[Decimal, ...]) -> None:
    own = {code: Fraction(score) for code, score in zip(AREAS, scores, strict=True)}
    total = sum((each.own for each in shape_of(own, COHORT).deviations), Decimal(0))
    assert abs(total) <= Decimal("0.025")  # each is rounded by itself
