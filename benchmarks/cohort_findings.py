"""Pure: what the figures of a cohort say, as sentences with their numbers; nothing about any one cohort is assumed."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from benchmarks.cohorts import CohortFigures
from benchmarks.correlation import mean_correlation
from benchmarks.distribution import Distribution
from benchmarks.formatting import capitalised, count_word, counted, join_labels, one_decimal, two_decimals
from benchmarks.placement import LabelledScore

LEFT_OUT = 2  # the lowest sites, left out to see how much of a correlation hangs on them
FEWEST_LEFT = 5
FEWEST_COMPARED = 2
MOST_NAMED = 6


def heading(cohort: CohortFigures) -> str:
    """The finding in one line."""
    overall, count = cohort.overall, len(cohort.establishments)
    sites = capitalised(counted(count, "site", "sites"))
    if overall is None:
        return f"{sites} without a score in every practice area" if count else "No sites yet"
    if overall.count < count:
        have = "has" if overall.count == 1 else "have"
        some = f"{capitalised(count_word(overall.count))} of {counted(count, 'site', 'sites')} {have} an average"
        return f"{some}, from {overall.low} to {overall.high}" if overall.width else f"{some}: {overall.low}"
    if overall.width:
        return f"{sites} average from {overall.low} to {overall.high}"
    return f"{sites} averages {overall.low}" if count == 1 else f"{sites} all average {overall.low}"


def lede(cohort: CohortFigures) -> str:
    """The middle, and whether sites or areas lie further apart."""
    overall = cohort.overall
    middle = f"The median is {overall.median}, the mean {overall.mean}." if overall and overall.count > 1 else ""
    return " ".join(part for part in (middle, sites_or_areas(cohort)) if part)


def spreads_between(cohort: CohortFigures) -> list[LabelledScore]:
    """How far apart the sites lie in each practice area that at least two have a score in, widest first."""
    shapes = ((area.code, cohort.area(area.code)) for area in cohort.areas)
    spreads = [LabelledScore(shape.width, code) for code, shape in shapes if shape is not None and shape.count > 1]
    return sorted(spreads, key=lambda each: -each.score)


def sites_or_areas(cohort: CohortFigures) -> str:
    """Spreads between sites beside spreads within them; empty while one of the two is missing."""
    within, between = cohort.evenness, spreads_between(cohort)
    if within is None or not between:
        return ""
    low, high = between[-1].score, between[0].score
    apart, inside = extent(low, high, one_decimal), extent(within.low, within.high, one_decimal)
    if low > within.high:
        return (
            "The sites differ more from one another than any of them does within itself: "
            f"{apart} in one practice area, {inside} within one site."
        )
    return f"Scores of one practice area lie {apart} apart between sites, those of one site {inside}."


def spread_words(cohort: CohortFigures) -> str:
    """Both kinds of spread in figures, and why they are not quite comparable."""
    within, between = cohort.evenness, spreads_between(cohort)
    parts = []
    if within is not None:
        run = f"Within one site it is {extent(within.low, within.high, one_decimal)}"
        parts.append(f"{run} (mean {two_decimals(within.mean)}, median {two_decimals(within.median)}).")
    if between:
        run = extent(between[-1].score, between[0].score, one_decimal)
        parts.append(f"Between the sites, in one practice area, it is {run}.")
    if within and between and between[-1].score > within.high and within.count > len(cohort.areas):
        parts.append(
            f"Part of the difference is arithmetic: among {count_word(within.count)} scores the highest and the "
            f"lowest lie further apart than among {count_word(len(cohort.areas))}, other things equal."
        )
    return " ".join(parts)


def what_they_show(cohort: CohortFigures) -> tuple[str, ...]:
    """What can be said from the figures alone."""
    return tuple(part for part in (_standing(cohort), _lowest_areas(cohort), _together(cohort)) if part)


def _standing(cohort: CohortFigures) -> str:
    overall, averages = cohort.overall, cohort.averages
    if overall is None or not overall.width:
        return ""
    lowest, highest = ends(averages, overall, two_decimals)
    return f"The averages lie {overall.width} apart, from {lowest} to {highest}."


def _lowest_areas(cohort: CohortFigures) -> str:
    """In which area sites have their lowest score; a site with a tie counts for each of its areas."""
    complete = [site for site in cohort.establishments if site.average is not None]
    by_area = {area.name: [site.label for site in complete if area.code in site.lowest_areas] for area in cohort.areas}
    found = sorted(((name, labels) for name, labels in by_area.items() if labels), key=lambda pair: -len(pair[1]))
    if len(complete) < FEWEST_COMPARED:
        return ""
    listed = [f"{name} at {_counted_and_named(labels)}" for name, labels in found]
    return f"Their lowest practice area, ties counted in each, is {join_labels(listed)}."


def _together(cohort: CohortFigures) -> str:
    """How far the areas rise and fall together, and how much of that hangs on the lowest sites."""
    complete = [site for site in cohort.establishments if site.average is not None]
    if len(complete) < LEFT_OUT + FEWEST_LEFT:
        return ""
    lowest = [labelled.label for labelled in cohort.averages[:LEFT_OUT]]
    of_all = mean_correlation([site.areas for site in complete])
    of_the_rest = mean_correlation([site.areas for site in complete if site.label not in lowest])
    if of_all is None or of_the_rest is None:
        return ""
    return (
        f"The mean correlation between two practice areas is {of_all} (1: they rise and fall together); "
        f"without {join_labels(lowest)}, the {count_word(LEFT_OUT)} lowest sites, it is {of_the_rest}."
    )


def ends(scores: Sequence[LabelledScore], shape: Distribution, written: Callable[[Decimal], str]) -> tuple[str, str]:
    """The lowest and the highest with all who share them: "G 2.2", "B and E 4.9"."""
    low, high = (_named([each.label for each in scores if each.score == end]) for end in (shape.low, shape.high))
    return f"{low} {written(shape.low)}", f"{high} {written(shape.high)}"


def _named(labels: Sequence[str]) -> str:
    """The labels, or how many there are when that is shorter to read."""
    return join_labels(labels) if len(labels) <= MOST_NAMED else counted(len(labels), "site", "sites")


def _counted_and_named(labels: Sequence[str]) -> str:
    count = counted(len(labels), "site", "sites")
    return f"{count} ({join_labels(labels)})" if len(labels) <= MOST_NAMED else count


def extent(low: Decimal, high: Decimal, written: Callable[[Decimal], str]) -> str:
    """Two ends as words, or one figure when they are the same."""
    return written(low) if low == high else f"{written(low)} to {written(high)}"


def sub_element_words(cohort: CohortFigures) -> str:
    """How many sub-element scores were published, and of how many sites."""
    scores = [each for published in cohort.sub_element_scores.values() for each in published]
    if not scores:
        return "No score of a single sub-element was published."
    count = capitalised(counted(len(scores), "score of a single sub-element was", "scores of single sub-elements were"))
    sites = counted(len({each.label for each in scores}), "site", "sites")
    return f"{count} published, of {sites}. An empty cell was not published; nothing is estimated."
