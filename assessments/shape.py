"""Pure: the shape of a profile: each area against the site's own level, and the establishments with a like profile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benchmarks.placement import LabelledScore
from benchmarks.scores import AREA_COUNT, exact_mean, round_score

Scores = Mapping[str, Decimal]
Exact = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One area minus the mean of the site's own five, beside the same figure of each establishment, lowest first."""

    code: str
    own: Decimal
    cohort: tuple[LabelledScore, ...]

    @property
    def is_out_of_line(self) -> bool:
        """Outside what the establishments show in this area (docs/scoring.md, rule 12)."""
        return bool(self.cohort) and not self.cohort[0].score <= self.own <= self.cohort[-1].score


@dataclass(frozen=True, slots=True)
class Nearest:
    """The establishments whose profile is nearest, ties together; how far apart each area lies on average."""

    labels: tuple[str, ...]
    distance: Decimal


@dataclass(frozen=True, slots=True)
class Shape:
    """What can be said of a profile once every area has a score; empty before that."""

    deviations: tuple[Deviation, ...]
    nearest: Nearest | None


def shape_of(own: Mapping[str, Fraction | None], establishments: Sequence[tuple[str, Scores]]) -> Shape:
    """The shape of exact area means by code, beside establishments (label, published scores by code)."""
    known = {code: mean for code, mean in own.items() if mean is not None}
    if len(known) < AREA_COUNT:
        return Shape((), None)
    complete = [(label, scores) for label, scores in establishments if known.keys() <= scores.keys()]
    levels = [_own_level(scores.values()) for _, scores in complete]
    own_level = _own_level(known.values())
    deviations = (
        Deviation(code, round_score(mean - own_level), _deviations_in(code, complete, levels))
        for code, mean in known.items()
    )
    return Shape(tuple(deviations), nearest_to(known, complete))


def _own_level(scores: Iterable[Decimal | Fraction]) -> Fraction:
    """The mean that each area of a profile is held against."""
    mean = exact_mean(scores)
    assert mean is not None  # noqa: S101  there are five areas
    return mean


def _deviations_in(
    code: str, establishments: Sequence[tuple[str, Scores]], levels: Sequence[Fraction]
) -> tuple[LabelledScore, ...]:
    return tuple(
        sorted(
            LabelledScore(round_score(Fraction(scores[code]) - level), label)
            for (label, scores), level in zip(establishments, levels, strict=True)
        )
    )


def nearest_to(own: Exact, establishments: Sequence[tuple[str, Scores]]) -> Nearest | None:
    """By the mean distance of the areas, in points of the scale (docs/scoring.md, rule 13)."""
    distances = [(_distance(own, scores), label) for label, scores in establishments]
    if not distances:
        return None
    least = min(distance for distance, _ in distances)
    return Nearest(tuple(sorted(label for distance, label in distances if distance == least)), least)


def _distance(own: Exact, scores: Scores) -> Decimal:
    apart = exact_mean([abs(own[code] - Fraction(scores[code])) for code in own])
    assert apart is not None  # noqa: S101  there are five areas
    return round_score(apart)
