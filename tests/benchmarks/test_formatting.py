"""Numbers and lists as words."""

from decimal import Decimal

import pytest

from benchmarks.formatting import (
    capitalised,
    count_word,
    counted,
    formula_safe,
    join_labels,
    one_decimal,
    signed,
    two_decimals,
)


def test_scores_keep_their_decimals() -> None:
    assert (two_decimals(Decimal("3.9")), one_decimal(Decimal("4"))) == ("3.90", "4.0")


@pytest.mark.parametrize(
    ("difference", "text"),
    [("1.38", "+1.38"), ("-0.2", "−0.20"), ("0", "0.00"), ("-0.00", "0.00"), ("0.01", "+0.01")],
)
def test_a_difference_has_its_sign_and_zero_has_none(difference: str, text: str) -> None:
    assert signed(Decimal(difference)) == text


@pytest.mark.parametrize(("count", "word"), [(0, "no"), (1, "one"), (9, "nine"), (12, "twelve"), (13, "13")])
def test_counts_up_to_twelve_are_words(count: int, word: str) -> None:
    assert count_word(count) == word


@pytest.mark.parametrize(("count", "text"), [(0, "no sites"), (1, "one site"), (2, "two sites"), (13, "13 sites")])
def test_a_count_agrees_with_its_noun(count: int, text: str) -> None:
    assert counted(count, "site", "sites") == text


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        ([], ""),
        (["G"], "G"),
        (["G", "A"], "G and A"),
        (["G", "A", "I"], "G, A and I"),
        (["Rewards and Recognition"], "Rewards and Recognition"),
        (["Rewards and Recognition", "Empowerment"], "Rewards and Recognition, and Empowerment"),
        (["CAPA", "Rewards and Recognition", "two more"], "CAPA, Rewards and Recognition, and two more"),
    ],
)
def test_labels_are_joined_as_one_says_them(labels: list[str], text: str) -> None:
    assert join_labels(labels) == text


@pytest.mark.parametrize(("text", "capital"), [("nine sites", "Nine sites"), ("in MCQ", "In MCQ"), ("", "")])
def test_only_the_first_letter_changes(text: str, capital: str) -> None:
    assert capitalised(text) == capital


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠A1", " =1"])
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert formula_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["A", "", "1+1", "3.5", "<2 %", "site =A", "–", "'=1"])
def test_all_other_text_stays_as_it_is(text: str) -> None:
    assert formula_safe(text) == text
