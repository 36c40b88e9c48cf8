"""Pure: what a report finds, as sentences with their numbers. Plain words, no praise, no blame."""

from collections.abc import Callable
from decimal import Decimal

from assessments.report import AreaReport, Figure, Report
from assessments.scoring import Interval
from benchmarks.formatting import count_word, counted, join_labels, one_decimal, signed, two_decimals
from benchmarks.placement import LabelledScore, Placement, Position


def headline(report: Report) -> str:
    """The finding in one line, for the heading."""
    site, placement = report.assessment.site, report.overall.placement
    if placement is None:
        return f"{site} has no overall score{' yet' if report.is_provisional else ''}"
    stands = "stands provisionally" if report.is_provisional else "stands"
    return f"{site} {stands} {_at_or_above(placement)}"


def _at_or_above(placement: Placement) -> str:
    sites = counted(placement.count, "site", "sites")
    if placement.at_or_above == 0:
        return f"below all {sites}"
    if placement.above == 0:
        return f"at or above all {sites}"
    return f"at or above {count_word(placement.at_or_above)} of the {sites}"


def lede(report: Report) -> str:
    """The two or three sentences under the heading: the number, its neighbours, the ends of the profile."""
    return " ".join(
        part for part in (_overall_sentence(report), _open_sentence(report), _profile_sentence(report)) if part
    )


def _overall_sentence(report: Report) -> str:
    figure = report.overall
    if figure.score is None:
        if figure.interval is None:
            missing = [area.name for area in report.areas if area.figure.score is None]
            return f"An overall score needs all five practice areas; nothing applies in {join_labels(missing)}."
        return f"The answers so far leave {interval_words(figure.interval)} open."
    if figure.placement is None or figure.distribution is None:
        return f"Overall {two_decimals(figure.score)}."
    return (
        f"Overall {two_decimals(figure.score)}, {place_words(figure.placement, two_decimals)}; "
        f"the cohort runs from {figure.distribution.low} to {figure.distribution.high}."
    )


def _open_sentence(report: Report) -> str:
    left = report.result.progress.open
    if left == 0:
        return ""
    sentence = f"{counted(left, 'answer is', 'answers are').capitalize()} still open"
    if report.overall.score is not None and report.overall.interval is not None:
        return f"{sentence} and could move it to anywhere from {interval_words(report.overall.interval)}."
    return f"{sentence}."


def _profile_sentence(report: Report) -> str:
    unevenness = report.unevenness
    if unevenness.spread is None or unevenness.spread == 0:
        return "" if unevenness.spread is None else "All five practice areas have the same score."
    highest, lowest = (_named(report, codes) for codes in (unevenness.highest, unevenness.lowest))
    return f"Highest in {highest}, lowest in {lowest}."


def _named(report: Report, codes: tuple[str, ...]) -> str:
    areas = [area for area in report.areas if area.code in codes]
    return f"{join_labels([area.name for area in areas])} ({areas[0].figure.score})"


def interval_words(interval: Interval) -> str:
    return f"{two_decimals(interval[0])} to {two_decimals(interval[1])}"


def at_or_above(figure: Figure) -> str:
    """The short form for tables: "4 of 9"."""
    return "" if figure.placement is None else f"{figure.placement.at_or_above} of {figure.placement.count}"


def place_words(placement: Placement, written: Callable[[Decimal], str]) -> str:
    """Between whom a score lies, with ties named together: "between H 3.74 and D 3.98"."""
    lower, level, upper = (
        _labels(group, written) for group in (placement.lower, placement.level_with, placement.upper)
    )
    if placement.position is Position.BELOW:
        return f"below the lowest, {upper}"
    if placement.position is Position.ABOVE:
        return f"above the highest, {lower}"
    if level:
        around = " and ".join(
            part for part in (f"above {lower}" if lower else "", f"below {upper}" if upper else "") if part
        )
        return f"level with {level}" + (f", {around}" if around else "")
    return f"between {lower} and {upper}"


def _labels(scores: tuple[LabelledScore, ...], written: Callable[[Decimal], str]) -> str:
    return f"{join_labels([each.label for each in scores])} {written(scores[0].score)}" if scores else ""


def area_place(area: AreaReport) -> str:
    """Where one practice area lies, beside its row."""
    figure = area.figure
    if figure.placement is not None:
        return place_words(figure.placement, one_decimal)
    return "nothing scored yet" if area.result.progress.open else "does not apply"


def unevenness_words(report: Report) -> str:
    """The spread across areas beside the cohort's, as one sentence."""
    own, cohort = report.unevenness.spread, report.unevenness.distribution
    if own is None:
        return "A spread across areas needs a score in all five practice areas."
    if cohort is None:
        return f"{two_decimals(own)} between the highest and the lowest practice area."
    smaller = sum(1 for each in report.unevenness.cohort if each.score < own)
    return (
        f"{two_decimals(own)} between the highest and the lowest practice area. Within the cohort's "
        f"{counted(cohort.count, 'site', 'sites')} the same figure runs from {cohort.low} to {cohort.high}, "
        f"with a mean of {cohort.mean}; {counted(smaller, 'site is', 'sites are')} more even than this one."
    )


def distances(placement: Placement) -> str:
    """How far to the lowest, the median and the highest establishment."""
    return (
        f"{signed(placement.to_lowest)} to the lowest site, {signed(placement.to_median)} to the median, "
        f"{signed(placement.to_highest)} to the highest"
    )
