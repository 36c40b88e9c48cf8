"""Rounds of ratings for tests, as if they had been opened, rated and compared; a test says only what matters to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from assessments.comparison import Comparison, GivenRating, compare
from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, Assessment, Rater, RaterFunction, Rating, RatingRound

CLOSED = datetime(2026, 10, 2, 16, 0, tzinfo=UTC)
STATES = {"?": AnswerState.UNKNOWN, "n/a": AnswerState.NOT_APPLICABLE, "–": AnswerState.UNANSWERED}


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave what: a score, or one of ? n/a –, for each sub-element by its code."""

    name: str
    function: RaterFunction
    ratings: Mapping[str, str]
    comment: str = ""
    evidence: tuple[EvidenceReference, ...] = ()
    version: int = 1
    is_withdrawn: bool = False


Q, P, E, L = (
    RaterFunction.QUALITY,
    RaterFunction.PRODUCTION,
    RaterFunction.ENGINEERING,
    RaterFunction.SITE_LEADERSHIP,
)


def given(*scores: tuple[RaterFunction, str], code: str = "capa") -> list[Given]:
    """Raters named Person 0, Person 1 … who rate one sub-element."""
    return [Given(f"Person {place}", function, {code: score}) for place, (function, score) in enumerate(scores)]


def entry(text: str, comment: str = "", evidence: tuple[EvidenceReference, ...] = ()) -> Entry:
    state = STATES.get(text, AnswerState.SCORED)
    return Entry(
        state=state,
        score=Decimal(text) if state == AnswerState.SCORED else None,
        reason="It does not apply." if state == AnswerState.NOT_APPLICABLE else "",
        rationale=comment,
        evidence=evidence,
    )


def comparison(
    *scores: tuple[RaterFunction, str], codes: Sequence[str] = ("capa",), is_anonymous: bool = False
) -> Comparison:
    """Of raters who give the same for each of these sub-elements, without a database."""
    ratings = [
        GivenRating(UUID(int=place), f"Name {place}", function, code, entry(text, f"Wrote {place}"), is_saved=True)
        for place, (function, text) in enumerate(scores)
        for code in codes
    ]
    return compare(ratings, is_anonymous=is_anonymous, closed_at=CLOSED, opened_at=CLOSED)


def add_round(assessment: Assessment, raters: list[Given], **round_facts: Any) -> RatingRound:
    """A round that is over and compared, unless the facts say otherwise."""
    facts = {"opened_at": CLOSED, "closed_at": CLOSED, "comparison_opened_at": CLOSED} | round_facts
    rated = RatingRound.objects.create(assessment=assessment, **facts)
    codes = {each.sub_element.code: each.sub_element for each in assessment.answers.select_related("sub_element")}
    for each in raters:
        rater = Rater.objects.create(
            round=rated,
            name=each.name,
            function=each.function,
            practice_areas=["PQS"],
            invited_at=CLOSED,
            expires_at=CLOSED,
            withdrawn_at=CLOSED if each.is_withdrawn else None,
            nonce="x",
        )
        Rating.objects.bulk_create(
            Rating(
                rater=rater,
                sub_element=codes[code],
                version=each.version,
                **entry(text, each.comment, each.evidence).columns,
            )
            for code, text in each.ratings.items()
        )
    return rated
