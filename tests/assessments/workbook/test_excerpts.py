"""Two long texts in short, so that what differs is seen."""

from assessments.workbook.excerpts import BEFORE, SHORT, excerpts


def test_short_texts_are_whole() -> None:
    assert excerpts("a" * SHORT, "") == ("a" * SHORT, "")


def test_long_texts_begin_a_little_before_the_difference() -> None:
    before, after = excerpts("a" * 1000 + "b" * 500, "a" * 1000 + "c")
    assert before == "…" + "a" * BEFORE + "b" * (SHORT - BEFORE) + "…"
    assert after == "…" + "a" * BEFORE + "c"


def test_a_text_that_goes_on_is_shown_from_there() -> None:
    assert excerpts("a" * 1000, "a" * 1000 + "more") == ("…" + "a" * BEFORE, "…" + "a" * BEFORE + "more")


def test_a_difference_at_the_start_cuts_only_the_end() -> None:
    assert excerpts("x" * 300, "y") == ("x" * SHORT + "…", "y")
