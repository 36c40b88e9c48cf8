"""Pure: the sentences of a report beyond its heading: evenness, shape, evidence, what is open, what would move it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.entries import HIGH
from assessments.findings import interval_words
from assessments.leverage import STEP, Lever
from assessments.models import Confidence, EvidenceStrength
from assessments.rating_words import raters_words
from assessments.report import Extremes, Report, SubElementReport
from assessments.shape import Deviation
from benchmarks.distribution import median
from benchmarks.formatting import capitalised, count_word, counted, join_labels, one_decimal, signed, two_decimals
from benchmarks.scores import AREA_COUNT, round_score

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One line for the council: what it is about, and what the numbers say of it."""

    subject: str
    sentence: str


def council_points(report: Report) -> tuple[Point, ...]:
    """What a site head has to know beside score and place, in the order in which it matters."""
    points = (
        Point("Strengths", extremes(report.strongest)),
        Point("Gaps", extremes(report.weakest)),
        Point("All alike", alike(report)),
        Point("Evenness", evenness(report)),
        Point("Evidence", evidence(report)),
        Point("Still open", still_open(report)),
        Point("Raters", raters(report)),
    )
    return tuple(point for point in points if point.sentence)


def extremes(found: Extremes) -> str:
    """The few sub-elements at one end by score: "4.5 for A; 4.0 for B, C and six more"."""
    by_score: dict[Decimal, list[str]] = {}
    for each in found.shown:
        if each.answer.score is not None:
            by_score.setdefault(each.answer.score, []).append(each.answer.name)
    if found.more and found.at is not None:
        by_score[found.at].append(f"{count_word(found.more)} more")
    groups = [f"{one_decimal(score)} for {join_labels(names)}" for score, names in by_score.items()]
    return f"{'; '.join(groups)}." if groups else ""


def alike(report: Report) -> str:
    """Where no sub-element stands out."""
    if report.result.progress.answered < 2 or report.strongest.shown or report.weakest.shown:
        return ""
    return "All scored sub-elements have the same score, so none is a strength or a gap."


def evenness(report: Report) -> str:
    """How far the areas lie apart, beside the cohort, and which of them is out of line."""
    unevenness = report.unevenness
    if unevenness.spread is None:
        return ""
    if unevenness.spread == 0:
        apart = "All five areas have the same score"
    else:
        apart = f"The areas lie {two_decimals(unevenness.spread)} apart"
    cohort = unevenness.distribution
    beside = f"; those of the cohort’s sites lie {cohort.low} to {cohort.high} apart" if cohort else ""
    return f"{apart}{beside}. {out_of_line(report)}".strip()


def out_of_line(report: Report) -> str:
    """Which areas leave the site's own level further than any establishment does; empty without a cohort."""
    deviations = report.shape.deviations
    if not any(each.cohort for each in deviations):
        return ""
    beyond = [each for each in deviations if each.is_out_of_line]
    if not beyond:
        return "No area is out of line with the site’s own level, measured by the cohort."
    return f"Out of line with the site’s own level: {join_labels([_beyond(report, each) for each in beyond])}."


def _beyond(report: Report, deviation: Deviation) -> str:
    name = next(area.name for area in report.areas if area.code == deviation.code)
    low, high = deviation.cohort[0].score, deviation.cohort[-1].score
    return f"{name} {signed(deviation.own)} (cohort {signed(low)} to {signed(high)})"


def nearest(report: Report) -> str:
    """The establishment with the most similar profile, and what that does not mean."""
    found = report.shape.nearest
    if found is None:
        return ""
    whose = "Nearest is site" if len(found.labels) == 1 else "Nearest are sites"
    return (
        f"{whose} {join_labels(found.labels)}: on average {two_decimals(found.distance)} apart in each area. "
        "A similar profile does not make a similar site: it says nothing of products, size or causes."
    )


def evidence(report: Report) -> str:
    """How much of the score rests on something that can be shown, and what is left without the rest."""
    sure = report.sureness
    if not sure.scored:
        return ""
    return f"{_share(sure.demonstrable, sure.scored)} on a document or a measured record. {supported(report)}".strip()


def _share(part: int, whole: int) -> str:
    """How many of the scores rest on something."""
    if whole == 1:
        return "The one score rests" if part else "The one score does not rest"
    if part in (0, whole):
        return f"All {count_word(whole)} scores rest" if part else f"None of the {count_word(whole)} scores rests"
    return f"{capitalised(count_word(part))} of {count_word(whole)} scores {'rests' if part == 1 else 'rest'}"


def supported(report: Report) -> str:
    """The second figure: the overall without high scores that name no evidence."""
    sure = report.sureness
    if not sure.left_out:
        return ""
    scores = counted(sure.left_out, "score", "scores")
    without = f"Without the {scores} of {HIGH} or more that {_name(sure.left_out)} no evidence"
    if sure.supported is not None:
        return f"{without} the overall would be {two_decimals(sure.supported)}."
    if len(sure.emptied) == AREA_COUNT:
        return f"{without} no practice area would have a score."
    if sure.emptied:
        return f"{without} nothing would be left in {join_labels(sure.emptied)}, and there would be no overall."
    return ""


def _name(count: int) -> str:
    return "names" if count == 1 else "name"


def how_sure(report: Report) -> tuple[Point, ...]:
    """What speaks for the result and what does not, beside the scores themselves."""
    points = (
        Point("Evidence", f"{evidence(report)} {strengths_of_evidence(report)}".strip()),
        Point("Confidence", confidence(report)),
        Point("Raters", f"{disagreement(report)} {leadership(report)}".strip()),
    )
    return tuple(point for point in points if point.sentence)


def raters(report: Report) -> str:
    """How many stood behind the scores, how far apart they lay, and where site leadership stood among them."""
    return "" if report.raters is None else f"{raters_words(report.raters)}. {leadership(report)}".strip()


def disagreement(report: Report) -> str:
    """How many raters stood behind the scores, and where they lay far apart."""
    if report.raters is None:
        return ""
    wide = [each.answer.name for each in report.sub_elements if each.ratings is not None and each.ratings.is_wide]
    return f"{raters_words(report.raters)}{f': {join_labels(wide)}' if wide else ''}."


def confidence(report: Report) -> str:
    """How sure those who answered said they were."""
    stated = [(code, count) for code, count in report.sureness.by_confidence if code and count]
    if not stated:
        return ""
    parts = [f"{Confidence(code).label} {count}" for code, count in reversed(stated)]
    unstated = report.sureness.scored - sum(count for _, count in stated)
    if unstated:
        parts.append(f"not stated {unstated}")
    return f"{capitalised(join_labels(parts))}."


def strengths_of_evidence(report: Report) -> str:
    """On what the scores rest, strongest first; empty where none names a kind."""
    counts = dict(report.sureness.by_strength)
    if counts[EvidenceStrength.NONE] == report.sureness.scored:
        return ""
    parts = [f"{EvidenceStrength(code).label} {count}" for code, count in reversed(counts.items()) if count]
    return f"By the strongest kind: {join_labels(parts)}." if parts else ""


def still_open(report: Report) -> str:
    """Which answers are missing, and what they leave possible."""
    left = [each for each in report.sub_elements if each.answer.as_score.is_open]
    if not left:
        return ""
    names = [each.answer.name for each in left[:MOST_NAMED]]
    if len(left) > MOST_NAMED:
        names.append(f"{count_word(len(left) - MOST_NAMED)} more")
    interval = report.overall.interval
    leaves = f"; an overall from {interval_words(interval)} is possible" if interval else ""
    return f"{capitalised(counted(len(left), 'answer', 'answers'))}: {join_labels(names)}{leaves}."


def leadership(report: Report) -> str:
    """Whether site leadership scored higher than the others; empty where that may not be told."""
    raters = report.raters
    gaps = [each.leadership_gap for each in raters.sub_elements if each.leadership_gap is not None] if raters else []
    if not gaps:
        return ""
    middle = round_score(median(gaps))
    higher, lower = sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    if not higher and not lower:
        return "Site leadership and the other raters gave the same scores in the middle."
    whole = counted(len(gaps), "sub-element", "sub-elements")
    return (
        f"Of {whole} site leadership scored {count_word(higher) if higher else 'none'} higher than the others and "
        f"{count_word(lower) if lower else 'none'} lower; in the middle the gap is {signed(middle)}."
    )


def against_own_overall(report: Report, each: SubElementReport) -> str:
    """A sub-element beside the site's own overall: "0.69 below your overall"."""
    own, score = report.overall.score, each.answer.score
    if own is None or score is None:
        return ""
    difference = score - own
    if difference == 0:
        return "level with your overall"
    return f"{two_decimals(abs(difference))} {'above' if difference > 0 else 'below'} your overall"


def largest_levers(levers: Sequence[Lever]) -> str:
    """What one point more is worth at most: in an area with few scores one weighs more."""
    gains = [lever.overall_gain for lever in levers if lever.overall_gain is not None]
    if not gains:
        return ""
    low, high = min(gains), max(gains)
    passing = sum(bool(lever.passes) for lever in levers)
    step = "One point more on one sub-element"
    if any(lever.raised < lever.score + STEP for lever in levers):
        step += ", or 5.0 where that is nearer,"
    worth = two_decimals(high) if low == high else f"{two_decimals(low)} to {two_decimals(high)}"
    if passing in (0, len(levers)):
        changes = f"{'each' if passing else 'none'} by itself changes"
    else:
        changes = f"{count_word(passing)} of the {count_word(len(levers))} {'changes' if passing == 1 else 'change'}"
    return f"{step} adds {worth} to the overall; {changes} the place among the cohort’s sites."


def raised(lever: Lever) -> str:
    """From and to, as scores are written: "3.0 to 4.0"."""
    return f"{one_decimal(lever.score)} to {one_decimal(lever.raised)}"


def gain(value: Decimal | None) -> str:
    return "–" if value is None else signed(value)
