"""What a score is, how it is read, its exact mean and the one rounding (docs/scoring.md, rules 1 and 4)."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scores import ALLOWED, HIGHEST, LOWEST, exact_mean, parse_score, round_score

EVERY_SCORE = [Decimal(tenths).scaleb(-1) for tenths in range(10, 51)]


@pytest.mark.parametrize("score", EVERY_SCORE, ids=str)
def test_it_reads_each_of_the_41_scores(score: Decimal) -> None:
    assert parse_score(str(score)) == score


@pytest.mark.parametrize(("text", "score"), [("1", "1.0"), ("3", "3.0"), ("5", "5.0"), ("5.0", "5.0"), ("4.9", "4.9")])
def test_it_gives_a_score_one_decimal(text: str, score: str) -> None:
    assert str(parse_score(text)) == score


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0",
            "0.9",
            "00",
            "5.1",
            "5.01",
            "6",
            "10",
            "-3",
            "+3",
            "−3",
            "3.14",
            "3.10",
            "3.00",
            "3.",
            ".5",
            "3,5",
            "03",
            "003.0",
        ),
        *(
            "",
            " ",
            " 3",
            "3 ",
            "3\n",
            "3\u00a0",
            "3 .5",
            "1e0",
            "1e3",
            "3e0",
            "0x3",
            "3_0",
            "1/2",
            "NaN",
            "nan",
            "sNaN",
            "Infinity",
        ),
        *(
            "３",
            "3．5",
            "３.５",
            "3.５",
            "3.٥",
            "٣",
            "३",
            "²",
            "Ⅲ",
            "three",
            "3.5.1",
            "3-4",
            "3\u200b",
            "=3",
            "true",
            "None",
            "n/a",
            "?",
            "\x003",
        ),
    ],
)
def test_it_reads_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"from 1\.0 to 5\.0") as refusal:
        parse_score(text)
    assert str(refusal.value) == ALLOWED


@given(st.text(max_size=5))
def test_whatever_is_typed_is_a_score_with_one_decimal_or_refused(text: str) -> None:
    try:
        score = parse_score(text)
    except ValueError:
        return
    assert LOWEST <= score <= HIGHEST
    assert text in (str(score), str(score).removesuffix(".0"))


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ("3.624999999999999999999999999999999", "3.62"),
        ("3.625", "3.63"),
        ("2.625", "2.63"),  # half to even would give 2.62
        ("1.025", "1.03"),  # as a binary float this lies below the tie
        ("3.604", "3.60"),
        ("3", "3.00"),
        ("4.995", "5.00"),
        ("0", "0.00"),
        ("-0.0049", "0.00"),
        ("-0.005", "-0.01"),
        ("-0.125", "-0.13"),
    ],
)
def test_it_rounds_half_up_to_two_places(exact: str, shown: str) -> None:
    assert str(round_score(Decimal(exact))) == shown


@pytest.mark.parametrize(
    ("exact", "shown"), [(Fraction(10, 3), "3.33"), (Fraction(11, 3), "3.67"), (Fraction(681, 200), "3.41")]
)
def test_it_rounds_fractions_without_a_detour(exact: Fraction, shown: str) -> None:
    assert str(round_score(exact)) == shown


def test_it_is_not_misled_by_a_tie_that_is_none() -> None:
    """A division cut off after 28 digits would make 3.625 of both."""
    hair = Fraction(1, 10**40)
    assert round_score(Fraction("3.625") - hair) == Decimal("3.62")
    assert round_score(Fraction("3.625") + hair) == Decimal("3.63")


@given(st.fractions(min_value=-5, max_value=5))
def test_it_never_moves_a_figure_further_than_half_a_hundredth(exact: Fraction) -> None:
    rounded = round_score(exact)
    assert abs(Fraction(rounded) - exact) <= Fraction(1, 200)
    assert rounded.as_tuple().exponent == -2
    assert round_score(rounded) == rounded
    assert str(round_score(-exact)).lstrip("-") == str(rounded).lstrip("-")
    assert str(rounded) != "-0.00"


@given(st.fractions(min_value=-5, max_value=5), st.fractions(min_value=-5, max_value=5))
def test_rounding_keeps_the_order(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert round_score(low) <= round_score(high)


def test_the_mean_of_nothing_is_none_and_not_zero() -> None:
    assert exact_mean([]) is None


@given(st.lists(st.sampled_from(EVERY_SCORE), min_size=1), st.randoms())
def test_the_mean_is_exact_and_knows_no_order(scores: list[Decimal], chance: Random) -> None:
    shuffled = scores.copy()
    chance.shuffle(shuffled)
    mean = exact_mean(scores)
    assert mean is not None
    assert mean == exact_mean(shuffled)
    assert mean * len(scores) == sum(scores)
    assert min(scores) <= mean <= max(scores)


def test_three_thirds_are_one_whole() -> None:
    third = exact_mean([Decimal("3.0"), Decimal("3.0"), Decimal("4.0")])
    assert third is not None
    assert third * 3 == 10
