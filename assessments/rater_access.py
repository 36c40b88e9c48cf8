"""Decides what someone without an account may reach: their own rating, by their link or the browser they began in."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from assessments.models import Rater, Rating
from assessments.rater_links import is_address_secret_of, is_key_of, is_secret_of

COOKIE = "rater"
COOKIE_AGE = 365 * 24 * 3600  # longer than any access: when that ends is decided here, not by the browser


def cookie_of(rater_id: UUID) -> tuple[str, str]:
    """Its name and path. Over https it has the prefix of its host, which asks for the path of the whole site."""
    if settings.SESSION_COOKIE_SECURE:
        return f"__Host-{COOKIE}-{rater_id.hex}", "/"
    return COOKIE, reverse("assessments:rate", args=[rater_id])


class Ended(StrEnum):
    """Why someone who proved to be the rater may no longer rate."""

    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class AccessEndedError(Exception):
    """The link or the browser is the right one, and its time is over."""

    def __init__(self, rater: Rater, ended: Ended) -> None:
        super().__init__(ended)
        self.rater = rater
        self.ended = ended


def rater_in_browser(request: HttpRequest, rater_id: UUID, now: datetime) -> Rater:
    """The rater who began in this browser; for all others no such rater exists."""
    rater = _raters().filter(pk=rater_id).first()
    if rater is None or not is_in_browser(request, rater):
        raise Http404("There is no such rater.")
    return _not_ended(rater, now)


def rater_by_link(rater_id: UUID, secret: str, now: datetime) -> Rater:
    """The rater whose link this is; a wrong secret and an unknown rater cannot be told apart."""
    return _rater_by(is_secret_of, rater_id, secret, now)


def rater_by_address(rater_id: UUID, secret: str, now: datetime) -> Rater:
    """The rater at whose address somebody reads mail."""
    return _rater_by(is_address_secret_of, rater_id, secret, now)


def ratings_of(rater: Rater) -> QuerySet[Rating]:
    """What this rater is asked, in the framework's order, with sub-element and practice area at hand."""
    return rater.ratings.select_related("sub_element__practice_area").order_by("sub_element__order")


def asked_in_area(rater: Rater, area_code: str) -> list[Rating]:
    """All ratings of the rater when some of them are of this practice area; for all others it does not exist."""
    ratings = list(ratings_of(rater))
    if not any(rating.sub_element.practice_area.code == area_code for rating in ratings):
        raise Http404("This rater is not asked about it.")
    return ratings


def is_in_browser(request: HttpRequest, rater: Rater) -> bool:
    """Whether the rater has begun in the browser that asks."""
    name, _ = cookie_of(rater.pk)
    key = request.COOKIES.get(name) or request.COOKIES.get(COOKIE, "")  # begun before names had a prefix
    return is_key_of(rater, key)


def why_ended(rater: Rater, now: datetime) -> Ended | None:
    if rater.withdrawn_at is not None:
        return Ended.WITHDRAWN
    return Ended.EXPIRED if rater.expires_at <= now else None


def _rater_by(is_right: Callable[[Rater, str], bool], rater_id: UUID, secret: str, now: datetime) -> Rater:
    rater = _raters().filter(pk=rater_id).first()
    if rater is None or not is_right(rater, secret):
        raise Http404("There is no such rater.")
    return _not_ended(rater, now)


def _not_ended(rater: Rater, now: datetime) -> Rater:
    if ended := why_ended(rater, now):
        raise AccessEndedError(rater, ended)
    return rater


def _raters() -> QuerySet[Rater]:
    return Rater.objects.select_related(
        "round__assessment__site__organisation", "round__assessment__questionnaire", "round__opened_by"
    )
