"""The rater's own pages: where they are, one practice area to fill in, and saying that they are done."""

import logging
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as written_date
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.answering import Saved
from assessments.caching import not_kept
from assessments.course import course_of
from assessments.forms.answer_section import lay_out, of_rater
from assessments.forms.ratings import RatingForm
from assessments.invitations import forget_address, link_for_another_device
from assessments.models import AnswerState, Rater, Rating
from assessments.rater_access import AccessEndedError, asked_in_area, rater_in_browser, ratings_of
from assessments.rater_links import link_of
from assessments.rating import RatingsSaved, RoundClosed, save_ratings, set_finished
from assessments.receipts import in_short, saved_words
from assessments.refusals import route_of
from assessments.sent import one_of
from assessments.unavailable import DATABASE_FAILURES, RETRY_AFTER_SECONDS
from assessments.views.answers import GO, ONWARDS, RECEIPT
from assessments.views.pages import require_form_methods
from assessments.views.rater_pages import in_browser, surroundings
from assessments.views.ratings_unsaved import ended_unsaved, not_here_unsaved, unavailable_unsaved

logger = logging.getLogger(__name__)


@require_safe
@in_browser
def home(request: HttpRequest, rater: Rater) -> HttpResponse:
    ratings = list(ratings_of(rater))
    course = course_of(ratings, ratings[0].sub_element.practice_area.code)
    context = {
        **surroundings(rater),
        "course": course,
        "next": _next_open(ratings),
        "device_link": link_of(rater) if rater.is_claimable else "",
    }
    return render(request, "rating/home.html", context)


@require_POST
@in_browser
def done(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Or not done yet. With the round closed nothing changes, and the page that follows says so."""
    set_finished(rater=rater, is_finished=one_of(request.POST, "done", ("yes", "no")) == "yes", now=timezone.now())
    return redirect("assessments:rate", rater.pk)


@require_POST
@in_browser
def device(request: HttpRequest, rater: Rater) -> HttpResponse:  # noqa: ARG001
    link_for_another_device(rater=rater)
    return redirect("assessments:rate", rater.pk)


@require_POST
@in_browser
def address(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Not theirs, or not wanted: no mail goes there any more."""
    if forget_address(rater=rater):
        messages.success(request, "The address has been removed: no link and no reminder goes there any more.")
    else:
        messages.error(request, "The address stays in what is signed off. No link and no reminder goes there any more.")
    return redirect("assessments:rate", rater.pk)


@require_form_methods
@not_kept
def area(request: HttpRequest, rater_id: UUID, area_code: str) -> HttpResponse:
    """Whatever happens to what was sent, the answer still holds it."""
    try:
        rater = rater_in_browser(request, rater_id, timezone.now())
        ratings = asked_in_area(rater, area_code)
        return _fill_in(request, rater, ratings, area_code)
    except Http404:
        return not_here_unsaved(request, area_code)
    except AccessEndedError as ended:
        return ended_unsaved(request, area_code, ended)
    except DATABASE_FAILURES:
        if request.method != "POST":
            raise
        logger.exception("The database failed at %s", route_of(request))
        return unavailable_unsaved(request)


def _fill_in(request: HttpRequest, rater: Rater, ratings: Sequence[Rating], area_code: str) -> HttpResponse:
    forms = _forms(request, ratings, area_code)
    if request.method != "POST":
        return _page(request, rater, ratings, area_code, forms)
    one_of(request.POST, GO, ONWARDS, "")  # before anything is stored
    errors = [form.errors for form in forms]  # of all of them, not only up to the first with an error
    if any(errors):
        return _page(request, rater, ratings, area_code, forms, status=422)
    try:
        return _save(request, rater, area_code, forms)
    except DATABASE_FAILURES:
        logger.exception("Nothing could be written at %s", route_of(request))
        response = _page(request, rater, ratings, area_code, forms, status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


def _save(request: HttpRequest, rater: Rater, area_code: str, forms: Sequence[RatingForm]) -> HttpResponse:
    now = timezone.now()
    outcome = save_ratings(rater=rater, changes=[change for form in forms if (change := form.change)], now=now)
    if isinstance(outcome, RatingsSaved):
        receipt = saved_words(outcome.answers) + (late_words(rater) if outcome.is_late else "")
        messages.success(request, receipt, extra_tags=RECEIPT)
        return _onwards(request, rater, area_code, outcome.answers)
    current = rater_in_browser(request, rater.pk, now)  # says so itself when the rater is gone or the access has ended
    ratings = asked_in_area(current, area_code)
    overtaken = _forms(request, ratings, area_code)
    for form in overtaken:
        form.full_clean()
    is_refused = isinstance(outcome, RoundClosed)
    return _page(request, current, ratings, area_code, overtaken, status=409, is_refused=is_refused)


def late_words(rater: Rater) -> str:
    day = written_date(rater.round.deadline, "j F Y")
    told = "it is stored like any other" if rater.round.is_anonymous else "the lead sees that it is late"
    return f" This rating came after the deadline of {day}; {told}."


def _onwards(request: HttpRequest, rater: Rater, area_code: str, saved: Sequence[Saved]) -> HttpResponse:
    """Back to the last rating that was stored, or to where the rater wanted to go after saving."""
    if one_of(request.POST, GO, ONWARDS, "") != "next":
        here = reverse("assessments:rate_area", args=[rater.pk, area_code])
        return redirect(f"{here}#{saved[-1].sub_element.code}" if saved else here)
    following = course_of(ratings_of(rater), area_code).next
    if following is None:
        return redirect("assessments:rate", rater.pk)
    return redirect("assessments:rate_area", rater.pk, following.code)


def _forms(request: HttpRequest, ratings: Sequence[Rating], area_code: str) -> list[RatingForm]:
    sent = request.POST if request.method == "POST" else None
    return [RatingForm(sent, rating=each) for each in ratings if each.sub_element.practice_area.code == area_code]


def _page(
    request: HttpRequest,
    rater: Rater,
    ratings: Sequence[Rating],
    area_code: str,
    forms: Sequence[RatingForm],
    status: int = 200,
    is_refused: bool = False,
) -> HttpResponse:
    lay_out(forms, rater.round.assessment.questionnaire, of_rater(rater))
    context = {
        **surroundings(rater),
        "course": course_of(ratings, area_code),
        "forms": forms,
        "status": status,
        "is_refused": is_refused,  # the round was closed when this was sent
        "saved": _saved_before(request),
    }
    return render(request, "rating/area.html", context, status=status)


def _saved_before(request: HttpRequest) -> str:
    """In short what was stored by the save that led here; empty after anything else."""
    receipts = [str(message) for message in messages.get_messages(request) if RECEIPT in message.tags.split()]
    return in_short(receipts[-1]) if receipts else ""


def _next_open(ratings: Sequence[Rating]) -> Rating | None:
    """The first that is not rated; when there is none, the first that was left at "don't know yet"."""
    for state in (AnswerState.UNANSWERED, AnswerState.UNKNOWN):
        for rating in ratings:
            if rating.state == state:
                return rating
    return None
