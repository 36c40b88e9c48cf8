"""Pure: the sums behind a report, written out so that a reader with a calculator gets the same numbers."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.report import AreaReport, Report

DIGITS = 6


@dataclass(frozen=True, slots=True)
class AreaSum:
    """One practice area: terms, their sum over how many, the exact mean as far as it is written, the rounded score."""

    name: str
    terms: str
    total: str
    count: int
    exact: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """All area sums, and the overall from unrounded means."""

    areas: tuple[AreaSum, ...]
    overall_terms: str
    overall_exact: str
    overall: Decimal | None


def work_out(report: Report) -> Arithmetic:
    """Write out every area that has a score, and the overall if there is one."""
    sums = tuple(_area_sum(area) for area in report.areas if area.figure.score is not None)
    exact = [area.result.exact for area in report.areas if area.result.exact is not None]
    overall = report.overall.score
    return Arithmetic(
        areas=sums,
        overall_terms=" + ".join(f"{each.total} ÷ {each.count}" for each in sums),
        overall_exact=decimal_text(sum(exact, Fraction(0)) / len(exact)) if exact else "",
        overall=overall,
    )


def _area_sum(area: AreaReport) -> AreaSum:
    scores = [each.answer.score for each in area.sub_elements if each.answer.score is not None]
    total = sum(scores, Decimal(0))
    score = area.figure.score
    assert score is not None  # noqa: S101  asked for above
    return AreaSum(
        name=area.name,
        terms=" + ".join(str(each) for each in scores),
        total=str(total),
        count=len(scores),
        exact=decimal_text(Fraction(total) / len(scores)),
        score=score,
    )


def decimal_text(value: Fraction) -> str:
    """As a decimal; with an ellipsis where it does not end within six places."""
    scaled = value * 10**DIGITS
    text = f"{Decimal(int(scaled)) / 10**DIGITS:f}"
    return text if scaled.denominator == 1 else f"{int(scaled) // 10**DIGITS}.{int(scaled) % 10**DIGITS:0{DIGITS}d}…"
