"""Rounds and raters for tests: Rita of quality, Omar of production and Lena of site leadership, each in a browser."""

import re
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from assessments.invitations import invite_rater
from assessments.models import AnswerState, Assessment, Person, Rater, RaterFunction, Rating, RatingRound
from assessments.rater_links import link_of
from assessments.rounds import open_round
from tests.sent_forms import Fields, fields_of, shown

AREAS = ("MCQ", "BC", "PQS", "TE", "EEE")
QUALITY, PRODUCTION = RaterFunction.QUALITY, RaterFunction.PRODUCTION
LEADERSHIP = RaterFunction.SITE_LEADERSHIP
RITA: dict[str, Any] = {"name": "Rita Roth", "email": "", "function": "quality", "areas": list(AREAS)}
SECRET = re.compile(r"/rate/[0-9a-f-]{36}/[\w-]{43}/")


def opened(
    assessment: Assessment, person: Person, *, is_anonymous: bool = False, deadline: date | None = None
) -> RatingRound:
    return open_round(
        assessment=assessment, person=person, is_anonymous=is_anonymous, deadline=deadline, now=timezone.now()
    )


def invited(
    rating_round: RatingRound,
    name: str = "Rita Roth",
    function: RaterFunction = QUALITY,
    *,
    email: str = "",
    areas: tuple[str, ...] = AREAS,
) -> Rater:
    return invite_rater(
        rating_round=rating_round,
        name=name,
        email=email,
        function=function,
        practice_areas=areas,
        now=timezone.now(),
    )


def path(rater: Rater, part: str = "") -> str:
    return f"/rate/{rater.pk}/{part}"


def link_path(rater: Rater) -> str:
    """Of the link that is good now."""
    rater.refresh_from_db()
    return re.sub(r"^https?://[^/]+", "", link_of(rater))


def begun(rater: Rater, client: Client | None = None) -> Client:
    """A browser in which the rater has begun."""
    browser = client or Client()
    response = browser.post(link_path(rater))
    assert (response.status_code, response["Location"]) == (302, path(rater))
    return browser


def rate(browser: Client, rater: Rater, area: str = "PQS", **typed: str) -> Any:
    """Open the page of an area, type (`capa__choice="3"`), and save."""
    return rate_page(browser, rater, fields_of(browser.get(path(rater, f"{area}/"))), area, **typed)


def rate_page(browser: Client, rater: Rater, page: Fields, area: str = "PQS", **typed: str) -> Any:
    sent = page | {name.replace("__", "-"): text for name, text in typed.items()}
    return browser.post(path(rater, f"{area}/"), sent)


def rated(rater: Rater, code: str = "capa") -> Rating:
    return rater.ratings.get(sub_element__code=code)


def score(rater: Rater, code: str = "capa", value: str = "3.0") -> None:
    """As if the rater had saved it."""
    rater.ratings.filter(sub_element__code=code).update(
        state=AnswerState.SCORED, score=value, version=1, saved_at=timezone.now()
    )


def lead_path(assessment: Assessment, part: str = "") -> str:
    return f"/assessments/{assessment.pk}/raters/{part}"


def lead_page(client: Client, assessment: Assessment) -> str:
    response = client.get(lead_path(assessment))
    assert response.status_code == 200
    return shown(response)


def round_key(assessment: Assessment) -> dict[str, Any]:
    """What the forms of a page that has just been read carry: the key of the newest round."""
    return {"round": newest.pk} if (newest := assessment.rating_rounds.first()) else {}


def press(client: Client, assessment: Assessment, part: str, **typed: Any) -> str:
    """Send a form or press a button that does what it should; the page that follows."""
    response = client.post(lead_path(assessment, part), round_key(assessment) | typed)
    following = lead_path(assessment, "comparison/" if part == "compare/" else "")
    assert (response.status_code, response["Location"]) == (302, following)
    return lead_page(client, assessment)


def refused(client: Client, assessment: Assessment, part: str, status: int = 409, **typed: Any) -> str:
    response = client.post(lead_path(assessment, part), round_key(assessment) | typed)
    assert response.status_code == status
    return shown(response)
