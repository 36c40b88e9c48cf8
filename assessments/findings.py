"""Pure: what a report finds, as sentences with their numbers. Plain words, no praise, no blame."""

from collections.abc import Callable
from datetime import UTC
from decimal import Decimal

from assessments.entries import HIGH
from assessments.records import Status
from assessments.report import AreaReport, Figure, Report
from assessments.scoring import Interval
from benchmarks.formatting import capitalised, count_word, counted, join_labels, one_decimal, two_decimals
from benchmarks.placement import LabelledScore, Placement, Position


def headline(report: Report) -> str:
    """The finding in one line, for the heading."""
    site, placement = report.assessment.site, report.overall.placement
    if report.overall.score is None:
        return f"{site} has no overall score{' yet' if report.is_provisional else ''}"
    if placement is None:
        scores = f"{site} scores {two_decimals(report.overall.score)}"
        return f"{scores}; the {report.cohort.name} has no average to compare with"
    stands = "stands provisionally" if report.is_provisional else "stands"
    return f"{site} {stands} {_at_or_above(placement, report.cohort.name)}"


def _at_or_above(placement: Placement, cohort: str) -> str:
    sites = f"{counted(placement.count, 'site', 'sites')} of the {cohort}"
    if placement.position is Position.BELOW:
        return f"below all {sites}"
    if placement.position is Position.ABOVE:
        return f"above all {sites}"
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
            missing = [area.name for area in report.areas if area.result.progress.applicable == 0]
            return f"An overall score needs all five practice areas; nothing applies in {join_labels(missing)}."
        if report.result.progress.answered == 0:
            return "Nothing is scored yet."
        return f"With the answers so far an overall from {interval_words(figure.interval)} is still possible."
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
    sentence = f"{capitalised(counted(left, 'answer is', 'answers are'))} still open"
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
    if figure.score is not None:
        return "no published score to compare with"
    return "nothing scored yet" if area.result.progress.open else "does not apply"


def unevenness_words(report: Report) -> str:
    """The spread across areas beside the cohort's, as one sentence."""
    own, cohort = report.unevenness.spread, report.unevenness.distribution
    if own is None:
        return "A spread across areas needs a score in all five practice areas."
    if cohort is None:
        return f"The highest and the lowest practice area lie {two_decimals(own)} apart."
    smaller = sum(1 for each in report.unevenness.cohort if each.score < own)
    if own == 0:
        return (
            "All five practice areas have the same score. In each of the cohort’s "
            f"{counted(cohort.count, 'site', 'sites')} the highest and the lowest lie {cohort.low} to {cohort.high} "
            f"apart, with a mean of {cohort.mean}."
        )
    return (
        f"The highest and the lowest practice area lie {two_decimals(own)} apart. Within the cohort’s "
        f"{counted(cohort.count, 'site', 'sites')} the same figure runs from {cohort.low} to {cohort.high}, "
        f"with a mean of {cohort.mean}; {counted(smaller, 'site is', 'sites are')} more even than this one."
    )


def distances(placement: Placement) -> str:
    """How far to the lowest, the median and the highest establishment."""
    named = (
        (placement.to_lowest, "the lowest site"),
        (placement.to_median, "the median"),
        (placement.to_highest, "the highest site"),
    )
    return join_labels([f"{_apart(difference)} {whom}" for difference, whom in named])


def _apart(difference: Decimal) -> str:
    if difference == 0:
        return "level with"
    return f"{two_decimals(abs(difference))} {'above' if difference > 0 else 'below'}"


def status_words(report: Report) -> str:
    """How far the assessment has come, for the line above the heading and the foot of each page of paper."""
    if report.assessment.status is Status.SIGNED:
        return "signed off"
    if report.assessment.status is Status.IN_REVIEW:
        return "in review"
    return "provisional" if report.is_provisional else "complete, not signed off"


def signature_words(report: Report) -> tuple[str, ...]:
    """Each signature under the report: "Approved by Lars Lind, 2026-10-05 09:30:00 UTC"."""
    sign_off = report.assessment.sign_off
    return tuple(
        f"{capitalised(each.meaning)} by {each.name or 'a name that is withheld'}, "
        f"{each.signed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        for each in (sign_off.signatures if sign_off else ())
    )


def record_words(report: Report) -> str:
    """The number under which the assessment is stored, as far as it may be told."""
    assessment = report.assessment
    return assessment.id or ("withheld" if assessment.withheld else "not stored")


def withheld_words(report: Report) -> str:
    """What a shared copy lacks; empty for a report that is not shared."""
    withheld = report.assessment.withheld
    if withheld is None:
        return ""
    left_out = ["names"] if withheld.names else []
    if withheld.texts:
        left_out += ["rationale", "evidence", "reasons"]
    return f"Shared copy without {join_labels(left_out)}." if left_out else "Shared copy."


def unsupported_words(report: Report) -> str:
    """How many of the high scores name no evidence; empty when all do."""
    without, high = len(report.unsupported), len(report.high)
    if not without:
        return ""
    scores, name = ("score" if high == 1 else "scores"), ("names" if without == 1 else "name")
    return f"{without} of {high} {scores} of {HIGH} or more {name} no evidence"


def confidential_words(report: Report) -> str:
    """The line at the foot of each page: what it is, by whose direction, whose."""
    parts = (
        "Confidential",
        "Prepared at the direction of counsel" if report.assessment.is_for_counsel else "",
        report.assessment.organisation,
    )
    return " · ".join(part for part in parts if part)
