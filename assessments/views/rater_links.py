"""The page behind a rater's link: it says who sees what, begins the rating in this browser, or sends another link."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.invitations import begin
from assessments.models import Rater
from assessments.rater_access import COOKIE_AGE, cookie_of, is_in_browser
from assessments.rater_mails import Sent, mail_link_on_request
from assessments.rating import takes_ratings
from assessments.rounds import RefusedError
from assessments.signing_in.limits import Limit
from assessments.signing_in.limits import by_address as limited_by_address
from assessments.views.pages import require_form_methods
from assessments.views.rater_pages import by_address, by_link, surroundings
from benchmarks.models import PracticeArea


@require_form_methods
@limited_by_address(Limit.LINK)
@by_link
def link(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Looking at it uses nothing up, so that a mail scanner or a preview does no harm; the button does."""
    if is_in_browser(request, rater):
        return redirect("assessments:rate", rater.pk)
    if not rater.is_claimable:
        return _taken(request, rater)
    if request.method != "POST" or not takes_ratings(rater.round):
        areas = PracticeArea.objects.filter(code__in=rater.practice_areas)
        context = {**surroundings(rater), "areas": areas, "masked": masked(rater)}
        return render(request, "rating/link.html", context, status=409 if request.method == "POST" else 200)
    browser_key = begin(rater=rater, now=timezone.now())
    if browser_key is None:
        return _taken(request, rater)
    response = redirect("assessments:rate", rater.pk)
    name, path = cookie_of(rater.pk)
    response.set_cookie(
        name,
        browser_key,
        max_age=COOKIE_AGE,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
@limited_by_address(Limit.LINK)
@by_link
def new_link(request: HttpRequest, rater: Rater) -> HttpResponse:
    """Sent to the invited address, and shown to nobody."""
    if rater.is_claimable or not rater.email or not takes_ratings(rater.round):
        return redirect(request.path.removesuffix("new-link/"))
    return _send(request, rater, _taken)


@require_form_methods
@limited_by_address(Limit.LINK)
@by_address
def lost(request: HttpRequest, rater: Rater) -> HttpResponse:
    """From a reminder, for whoever has lost the browser in which they began, and the link of their invitation ended."""
    if is_in_browser(request, rater):
        return redirect("assessments:rate", rater.pk)
    if request.method == "POST" and takes_ratings(rater.round):
        return _send(request, rater, _lost)
    return _lost(request, rater)


def _send(request: HttpRequest, rater: Rater, page: Callable[[HttpRequest, Rater, str], HttpResponse]) -> HttpResponse:
    """A new link to the invited address, or the page once more with the reason why there is none."""
    try:
        outcome = mail_link_on_request(rater, timezone.now())
    except RefusedError as refused:
        return page(request, rater, str(refused))
    if outcome is Sent.FAILED:
        return page(request, rater, "The mail could not be sent. Try again later.")
    words = outcome.words(masked(rater))
    return render(request, "rating/link_sent.html", {**surroundings(rater), "words": words})


def masked(rater: Rater) -> str:
    """The invited address, for someone who should know it: r…@example.com; empty without one."""
    name, at, domain = rater.email.rpartition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""


def _taken(request: HttpRequest, rater: Rater, refused: str = "") -> HttpResponse:
    """Somebody has begun with this link, in another browser."""
    context = {**surroundings(rater), "masked": masked(rater), "refused": refused}
    return render(request, "rating/taken.html", context, status=409 if refused else 403)


def _lost(request: HttpRequest, rater: Rater, refused: str = "") -> HttpResponse:
    context = {**surroundings(rater), "masked": masked(rater), "refused": refused}
    return render(request, "rating/lost.html", context, status=409 if request.method == "POST" else 200)
