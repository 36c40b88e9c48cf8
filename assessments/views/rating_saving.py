"""Saving one rating while it is being given: the same rules as the rater's page, answered as JSON."""

import logging
from dataclasses import replace
from uuid import UUID

from crispy_forms.utils import render_crispy_form
from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.answering import Gone, PageConflict, SignedOff
from assessments.caching import not_kept
from assessments.course import course_of
from assessments.entries import Entry
from assessments.forms.answer_choices import Keep
from assessments.forms.answer_section import lay_out, of_rater
from assessments.forms.ratings import RatingForm
from assessments.models import Rater, Rating
from assessments.rater_access import AccessEndedError, rater_in_browser, ratings_of
from assessments.rating import AccessEnded, RatingsSaved, RoundClosed, save_ratings
from assessments.refusals import route_of
from assessments.seen import Seen
from assessments.sent import Unsound
from assessments.unavailable import DATABASE_FAILURES
from assessments.views.rater_pages import surroundings
from assessments.views.rating import late_words
from assessments.views.saving import field_errors, refused, save_ids, unavailable

logger = logging.getLogger(__name__)


@require_POST
@not_kept
def save(request: HttpRequest, rater_id: UUID, code: str) -> JsonResponse:
    """Store the rating of one sub-element; whatever keeps it from being stored is said by name."""
    try:
        return _save(request, rater_in_browser(request, rater_id, timezone.now()), code)
    except Http404:
        return JsonResponse({"outcome": "gone"}, status=404)
    except Unsound as problem:
        return refused(problem)
    except AccessEndedError:
        return JsonResponse({"outcome": "ended"}, status=410)
    except DATABASE_FAILURES:
        logger.exception("Nothing could be written at %s", route_of(request))
        return unavailable()


def _save(request: HttpRequest, rater: Rater, code: str) -> JsonResponse:
    ids = save_ids(request.POST)
    form = RatingForm(request.POST, rating=_rating(rater, code), is_insisted=bool(ids["follows"]))
    if not form.is_valid():
        return JsonResponse({"outcome": "refused", "errors": field_errors(form)}, status=422)
    is_as_sent = form.entry is not None and form.keep_decided != Keep.BOTH
    changes = [replace(form.change, **ids)] if form.change else []
    outcome = save_ratings(rater=rater, changes=changes, now=timezone.now())
    if isinstance(outcome, RatingsSaved):
        return _saved(rater, code, is_late=outcome.is_late, sent=form.entry if is_as_sent else None)
    if isinstance(outcome, PageConflict):
        return _overtaken(request, rater, code)
    if isinstance(outcome, Gone):
        raise Http404("The round has been deleted.")
    names = {RoundClosed: "closed", SignedOff: "signed_off", AccessEnded: "ended"}
    is_in_review = isinstance(outcome, SignedOff) and outcome.is_in_review
    return JsonResponse({"outcome": "in_review" if is_in_review else names[type(outcome)]}, status=409)


def _rating(rater: Rater, code: str) -> Rating:
    rating = ratings_of(rater).filter(sub_element__code=code).first()
    if rating is None:
        raise Http404("This rater is not asked about it.")
    return rating


def _saved(rater: Rater, code: str, *, is_late: bool, sent: Entry | None) -> JsonResponse:
    """What the page needs to go on from what is stored now."""
    ratings = list(ratings_of(rater))
    rating = next(each for each in ratings if each.sub_element.code == code)
    stored = Entry.of(rating)
    course = course_of(ratings, rating.sub_element.practice_area.code)
    late = late_words(rater) if is_late else ""
    return JsonResponse(
        {
            "outcome": "saved",
            "mark": str(Seen(rating.version, stored.fingerprint)),
            "saved_at": rating.saved_at and rating.saved_at.isoformat(),
            "is_unsupported": False,
            "course": render_to_string("rating/_course.html", {**surroundings(rater), "course": course}),
            "stored": render_to_string("assessments/area/_stored.html", {"answer": rating}) + late,
            "running": "",
            "section": None if stored == sent else _section(rater, ratings, rating),
        }
    )


def _section(rater: Rater, ratings: list[Rating], rating: Rating) -> str:
    """The section anew, because something else is stored than was sent."""
    area = rating.sub_element.practice_area_id
    forms = [RatingForm(rating=each) for each in ratings if each.sub_element.practice_area_id == area]
    lay_out(forms, rater.round.assessment.questionnaire, of_rater(rater))
    return str(render_crispy_form(next(form for form in forms if form.answer.pk == rating.pk)))


def _overtaken(request: HttpRequest, rater: Rater, code: str) -> JsonResponse:
    """What was saved in another tab, to show beside what was sent."""
    form = RatingForm(request.POST, rating=_rating(rater, code))
    form.full_clean()
    panel = render_to_string("assessments/area/_overtaken.html", {"form": form, "code": code, "person": None})
    return JsonResponse({"outcome": "overtaken", "mark": str(form.stored_mark), "panel": panel}, status=409)
