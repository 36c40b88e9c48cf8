"""What the pages for raters share: who is let in and what all others are told, and what stands on each of them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.caching import not_kept
from assessments.disclosure import disclosure_of
from assessments.models import Rater
from assessments.rater_access import AccessEndedError, rater_by_address, rater_by_link, rater_in_browser
from assessments.rating import takes_ratings
from assessments.rounds import is_late

RaterView = Callable[[HttpRequest, Rater], HttpResponse]


def surroundings(rater: Rater) -> dict[str, Any]:
    """What every page for a rater says: of which assessment, until when, who sees what."""
    rating_round = rater.round
    assessment = rating_round.assessment
    return {
        "rater": rater,
        "round": rating_round,
        "assessment": assessment,
        "is_open": takes_ratings(rating_round),
        "is_late": is_late(rating_round, timezone.now()),
        "is_fixed": not assessment.is_draft,
        "disclosure": disclosure_of(
            is_anonymous=rating_round.is_anonymous,
            lead=str(rating_round.opened_by or ""),
            organisation=assessment.site.organisation.name,
        ),
    }


def not_here(request: HttpRequest) -> HttpResponse:
    """The same for everybody: a wrong link, an unknown rater and another browser cannot be told apart."""
    return render(request, "rating/not_here.html", status=404)


def access_ended(request: HttpRequest, ended: AccessEndedError) -> HttpResponse:
    return render(request, "rating/ended.html", {**surroundings(ended.rater), "ended": ended.ended}, status=410)


def in_browser(view: RaterView) -> Callable[..., HttpResponse]:
    """For the browser in which the rater has begun."""

    @not_kept
    @wraps(view)
    def checked(request: HttpRequest, rater_id: UUID) -> HttpResponse:
        return _let_in(request, view, partial(rater_in_browser, request, rater_id))

    return checked


def by_link(view: RaterView) -> Callable[..., HttpResponse]:
    """For whoever holds the rater's link."""

    @not_kept
    @wraps(view)
    def checked(request: HttpRequest, rater_id: UUID, secret: str) -> HttpResponse:
        return _let_in(request, view, partial(rater_by_link, rater_id, secret))

    return checked


def by_address(view: RaterView) -> Callable[..., HttpResponse]:
    """For whoever holds what is mailed to the invited address alone."""

    @not_kept
    @wraps(view)
    def checked(request: HttpRequest, rater_id: UUID, address_secret: str) -> HttpResponse:
        return _let_in(request, view, partial(rater_by_address, rater_id, address_secret))

    return checked


def _let_in(request: HttpRequest, view: RaterView, find: Callable[[datetime], Rater]) -> HttpResponse:
    try:
        rater = find(timezone.now())
    except Http404:
        return not_here(request)
    except AccessEndedError as ended:
        return access_ended(request, ended)
    return view(request, rater)
