"""Pure: what the raters gave, as short sentences. Plain words, no praise, no blame."""

from decimal import Decimal

from assessments.agreement import Agreement
from assessments.comparison import Comparison, SubElementRatings
from assessments.rating_strip import short
from benchmarks.formatting import capitalised, count_word, counted, join_labels, two_decimals


def ratings_words(ratings: SubElementRatings) -> str:
    """Five ratings, 2.0 to 4.0, median 3.5, far apart (average deviation 0.90)."""
    agreement = ratings.agreement
    if ratings.is_withheld and ratings.count:
        return f"{capitalised(counted(ratings.count, 'rating', 'ratings'))}: fewer than three, so not shown"
    if agreement is None:
        return "Nobody gave a score"
    if agreement.deviation is None:
        return f"One rating, {short(agreement.median)}"
    ends = (
        f"all {short(agreement.lowest)}"
        if agreement.range == 0
        else f"{short(agreement.lowest)} to {short(agreement.highest)}, median {short(agreement.median)}"
    )
    return f"{capitalised(counted(agreement.count, 'rating', 'ratings'))}, {ends}, {deviation_words(agreement)}"


def sentences(ratings: SubElementRatings) -> str:
    """All that can be said of the ratings of one sub-element."""
    parts = (ratings_words(ratings), gap_words(ratings.leadership_gap), without_score_words(ratings))
    return " ".join(f"{part}." for part in parts if part)


def deviation_words(agreement: Agreement) -> str:
    """Far apart (average deviation 0.90); empty for a single score."""
    if agreement.deviation is None:
        return ""
    return f"{_apart(agreement)} (average deviation {two_decimals(agreement.deviation)})"


def verdict(ratings: SubElementRatings) -> str:
    """In two or three words whether they agree."""
    if ratings.is_withheld and ratings.count:
        return "not shown"
    if ratings.agreement is None:
        return "no scores"
    return _apart(ratings.agreement) or "one score"


def _apart(agreement: Agreement) -> str:
    return {None: "", True: "far apart", False: "not far apart"}[agreement.is_wide]


def gap_words(gap: Decimal | None) -> str:
    """Site leadership 0.75 above the others; empty where there is nothing to compare."""
    if gap is None:
        return ""
    if gap == 0:
        return "Site leadership level with the others"
    return f"Site leadership {two_decimals(abs(gap))} {'above' if gap > 0 else 'below'} the others"


def without_score_words(ratings: SubElementRatings) -> str:
    """One “don’t know yet”, two “not applicable”; empty when all gave a score, or it may not be told."""
    parts = (
        ratings.unknown and f"{count_word(ratings.unknown)} “don’t know yet”",
        ratings.not_applicable and f"{count_word(ratings.not_applicable)} “not applicable”",
    )
    return capitalised(", ".join(part for part in parts if part))


def function_words(comparison: Comparison) -> str:
    """Quality 2, production 3 and site leadership 3; what is left over in an anonymous round as others."""
    parts = [f"{function.label} {count}" for function, count in comparison.by_function]
    left = comparison.rated - sum(count for _, count in comparison.by_function)
    if left and parts:
        parts.append(f"other functions together {left}")
    return join_labels(parts)


def raters_words(comparison: Comparison) -> str:
    """How many rated, some perhaps without a score, and on how many sub-elements the scores lie far apart."""
    wide = sum(each.is_wide for each in comparison.sub_elements)
    compared = sum(verdict(each) in ("far apart", "not far apart") for each in comparison.sub_elements)
    rated = f"{capitalised(counted(comparison.rated, 'rater', 'raters'))} rated it"
    if not compared:
        return rated
    on = count_word(wide) if wide else "none"
    return f"{rated}; their scores lie far apart on {on} of {counted(compared, 'sub-element', 'sub-elements')}"
