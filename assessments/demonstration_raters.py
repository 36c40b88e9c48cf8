"""The raters of the demonstration: a round that is over and compared, as `demonstration.json` tells it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from assessments.entries import Entry
from assessments.models import AnswerState, Assessment, Person, Rater, Rating, RatingRound
from benchmarks.models import SubElement
from benchmarks.scores import parse_score

STATES = {"?": AnswerState.UNKNOWN, "n/a": AnswerState.NOT_APPLICABLE}


def add_compared_round(*, assessment: Assessment, told: Mapping[str, Any], person: Person, now: datetime) -> None:
    """Store the round with its raters, whose links are dead, and what they gave."""
    opened_at = now - timedelta(days=told["days_open"])
    rated = RatingRound.objects.create(
        assessment=assessment, opened_at=opened_at, opened_by=person, closed_at=now, comparison_opened_at=now
    )
    raters = Rater.objects.bulk_create(
        Rater(
            round=rated,
            **each,
            invited_at=opened_at,
            expires_at=now,
            begun_at=opened_at,
            finished_at=now,
            nonce=secrets.token_urlsafe(32),
            is_claimable=False,
        )
        for each in told["raters"]
    )
    sub_elements = [each.sub_element for each in assessment.answers.select_related("sub_element__practice_area")]
    Rating.objects.bulk_create(_ratings(raters, sub_elements, told, now))


def _ratings(
    raters: Sequence[Rater], sub_elements: Sequence[SubElement], told: Mapping[str, Any], now: datetime
) -> Iterator[Rating]:
    for sub_element in sub_elements:
        asked = [each for each in raters if sub_element.practice_area.code in each.practice_areas]
        for rater, given in zip(asked, told["ratings"][sub_element.code].split(), strict=True):
            entry = _entry(given, told["comments"].get(sub_element.code, {}).get(rater.name, ""), told)
            yield Rating(rater=rater, sub_element=sub_element, version=1, saved_at=now, **entry.columns)


def _entry(given: str, comment: str, told: Mapping[str, Any]) -> Entry:
    state = STATES.get(given, AnswerState.SCORED)
    return Entry(
        state=state,
        score=parse_score(given) if state == AnswerState.SCORED else None,
        reason=told["not_applicable"] if state == AnswerState.NOT_APPLICABLE else "",
        rationale=comment,
    )
