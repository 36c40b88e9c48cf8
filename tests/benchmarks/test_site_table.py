"""The table of sites: its order, its marks, its gaps."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cohorts import CohortFigures
from benchmarks.site_table import Mark, Order, Sorting, lay_out, read_sorting
from tests.benchmarks.made_up import WITH_GAPS, figures, many

GAPS = figures(WITH_GAPS)
COLUMNS = ["MCQ", "BC", "PQS", "TE", "EEE", "average"]
TEXTS = st.one_of(st.just(""), st.integers(10, 50).map(lambda tenths: f"{tenths / 10:.1f}"))
COHORTS = st.dictionaries(st.text("ABCDE", min_size=1, max_size=2), st.tuples(*[TEXTS] * 5), max_size=8).map(figures)


def labels(cohort: CohortFigures, key: str, order: str) -> list[str]:
    return [row.label for row in lay_out(cohort, read_sorting(cohort, key, order)).rows]


@pytest.mark.parametrize(
    ("key", "order", "expected"),
    [
        ("", "", "Q R North-west plant S <b>"),
        ("average", "desc", "Q R North-west plant S <b>"),
        ("average", "asc", "R Q North-west plant S <b>"),
        ("BC", "desc", "Q R North-west plant S <b>"),
        ("BC", "asc", "North-west plant Q R S <b>"),
        ("EEE", "asc", "R North-west plant Q S <b>"),
        ("site", "asc", "North-west plant Q R S <b>"),
        ("site", "desc", "S <b> R Q North-west plant"),
    ],
)
def test_it_sorts_with_ties_by_name_and_gaps_last(key: str, order: str, expected: str) -> None:
    assert " ".join(labels(GAPS, key, order)) == expected


@pytest.mark.parametrize(
    ("key", "order"), [("nonsense", "asc"), ("mcq", "asc"), ("", "asc"), ("label", ""), ("'--", "x")]
)
def test_an_unknown_column_is_as_if_none_had_been_asked_for(key: str, order: str) -> None:
    assert read_sorting(GAPS, key, order) == Sorting("average", Order.DESCENDING)


@pytest.mark.parametrize(("key", "first"), [("site", Order.ASCENDING), ("BC", Order.DESCENDING)])
def test_an_unknown_order_is_the_one_a_column_begins_with(key: str, first: Order) -> None:
    assert read_sorting(GAPS, key, "upwards") == Sorting(key, first)


def test_a_column_that_nobody_was_scored_in_cannot_be_asked_for() -> None:
    cohort = figures({"A": ("3.0", "", "", "", "")})
    assert read_sorting(cohort, "TE", "asc").key == "average"
    assert [column.key for column in lay_out(cohort, read_sorting(cohort, "", "")).columns] == ["MCQ", "average"]


def test_a_heading_says_its_order_and_asks_for_the_other() -> None:
    table = lay_out(GAPS, Sorting("BC", Order.DESCENDING))
    sorted_by = {column.key: (column.aria_sort, column.next) for column in (table.site, *table.columns)}
    assert sorted_by["BC"] == ("descending", Order.ASCENDING)
    assert sorted_by["MCQ"] == ("", Order.DESCENDING)
    assert sorted_by["site"] == ("", Order.ASCENDING)


def test_it_marks_the_highest_and_lowest_of_a_column_with_all_their_ties() -> None:
    table = lay_out(GAPS, read_sorting(GAPS, "", ""))
    marks = {row.label: [cell.mark.value for cell in row.cells] for row in table.rows}
    assert marks == {
        "Q": ["highest", "highest", "", "highest", "highest", "highest"],
        "R": ["lowest", "highest", "", "lowest", "lowest", "lowest"],
        "North-west plant": ["", "lowest", "", "highest", "highest", ""],
        "S <b>": ["", "", "", "", "", ""],
    }


def test_a_gap_stays_empty() -> None:
    table = lay_out(GAPS, read_sorting(GAPS, "", ""))
    assert table.has_gaps
    assert [cell.text for cell in table.rows[2].cells] == ["3.1", "2.2", "", "4.0", "4.4", ""]
    assert not lay_out(figures(many(3)), Sorting("site", Order.ASCENDING)).has_gaps


def test_scores_have_one_decimal_and_computed_figures_two() -> None:
    table = lay_out(GAPS, read_sorting(GAPS, "", ""))
    assert [cell.text for cell in table.rows[0].cells] == ["3.3", "2.5", "3.6", "4.0", "4.4", "3.56"]
    assert [column.mean for column in table.columns] == ["2.57", "2.40", "3.60", "3.33", "4.07", "3.06"]
    assert [column.width for column in table.columns] == ["2.0", "0.3", "0.0", "2.0", "1.0", "1.00"]


@given(COHORTS, st.sampled_from(["site", *COLUMNS]), st.sampled_from(["asc", "desc"]), st.randoms())
def test_the_order_of_the_sites_as_stored_never_matters(
    cohort: CohortFigures, key: str, order: str, chance: Random
) -> None:
    shuffled = list(cohort.establishments)
    chance.shuffle(shuffled)
    found = labels(cohort, key, order)
    assert sorted(found) == sorted(site.label for site in cohort.establishments)
    again = figures({site.label: [str(site.areas.get(code, "")) for code in COLUMNS[:5]] for site in shuffled})
    assert labels(again, key, order) == found


@given(COHORTS, st.sampled_from(COLUMNS))
def test_both_orders_are_mirrored_but_for_the_gaps(cohort: CohortFigures, key: str) -> None:
    if key not in {column.key for column in lay_out(cohort, read_sorting(cohort, "", "")).columns}:
        return
    up, down = (lay_out(cohort, Sorting(key, order)) for order in Order)
    place = [column.key for column in up.columns].index(key)
    rising, falling = ([row.cells[place].text for row in table.rows] for table in (up, down))
    known = [text for text in rising if text]
    assert known == sorted(known)
    assert falling == known[::-1] + [""] * (len(rising) - len(known))


@given(COHORTS)
def test_no_column_of_equals_is_marked_and_every_other_at_both_ends(cohort: CohortFigures) -> None:
    table = lay_out(cohort, read_sorting(cohort, "", ""))
    for place, _ in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows if row.cells[place].text]
        marks = {cell.mark for cell in cells} - {Mark.NONE}
        differ = len({cell.text for cell in cells}) > 1
        assert marks == ({Mark.HIGHEST, Mark.LOWEST} if differ else set())
