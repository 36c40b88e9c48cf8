"""What an anonymous round shows gives no group of one or two people away, by any subtraction."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from assessments.anonymity import FEWEST, is_enough, shown_by_themselves

FUNCTIONS = ("quality", "production", "engineering", "supply_chain", "people", "site_leadership", "other")
COUNTS = st.dictionaries(st.sampled_from(FUNCTIONS), st.integers(0, 6))


@given(COUNTS)
def test_no_subtraction_leaves_one_or_two(counts: dict[str, int]) -> None:
    """Everything that can be computed is "all" or nothing, less or plus some of the functions shown."""
    shown = shown_by_themselves(counts)
    some = chain.from_iterable(combinations(shown, size) for size in range(len(shown) + 1))
    every = sum(counts.values())
    for functions in some:
        together = sum(counts[function] for function in functions)
        assert together == 0 or together >= FEWEST
        if every >= FEWEST:  # below that not even "all" is shown
            assert every - together == 0 or every - together >= FEWEST


@given(COUNTS)
def test_no_small_function_is_shown_and_at_most_one_large_one_is_withheld(counts: dict[str, int]) -> None:
    shown = shown_by_themselves(counts)
    assert all(counts[function] >= FEWEST for function in shown)
    withheld = [function for function, count in counts.items() if count >= FEWEST and function not in shown]
    assert len(withheld) <= 1
    assert all(counts[each] <= counts[other] for each in withheld for other in shown)


@given(COUNTS)
def test_the_order_of_functions_does_not_matter(counts: dict[str, int]) -> None:
    assert shown_by_themselves(dict(reversed(counts.items()))) == shown_by_themselves(counts)


def test_functions_that_are_all_large_enough_are_all_shown() -> None:
    assert shown_by_themselves({"quality": 3, "production": 4}) == {"quality", "production"}


def test_two_are_never_shown() -> None:
    """Raters were promised three, whatever the constant says."""
    assert shown_by_themselves({"quality": 2, "production": 5, "engineering": 1}) == {"production"}
    assert not is_enough(2)
    assert is_enough(3)
