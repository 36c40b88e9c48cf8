"""What a rater sent and could not be stored, where its page cannot be shown again: to copy, and to send once more."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.forms.answers_unsaved import read_unsaved
from assessments.rater_access import AccessEndedError
from assessments.unavailable import RETRY_AFTER_SECONDS
from assessments.views.rater_pages import access_ended, not_here
from benchmarks.models import SubElement


def not_here_unsaved(request: HttpRequest, area_code: str) -> HttpResponse:
    """The cookie is gone, or the rater, or there never was one: all the same from here."""
    names = _names(area_code)
    return _unsaved(request, names, 404) if _has_answers(request, names) else not_here(request)


def ended_unsaved(request: HttpRequest, area_code: str, ended: AccessEndedError) -> HttpResponse:
    names = _names(area_code)
    if not _has_answers(request, names):
        return access_ended(request, ended)
    return _unsaved(request, names, 410)


def unavailable_unsaved(request: HttpRequest) -> HttpResponse:
    """Without asking the database for anything."""
    response = _unsaved(request, {}, 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _unsaved(request: HttpRequest, names: Mapping[str, str], status: int) -> HttpResponse:
    context = {"unsaved": read_unsaved(request.POST, names), "status": status, "path": request.path}
    return render(request, "rating/unsaved.html", context, status=status)


def _has_answers(request: HttpRequest, names: Mapping[str, str]) -> bool:
    return bool(read_unsaved(request.POST, names).answers)


def _names(area_code: str) -> dict[str, str]:
    """Of the sub-elements of an area, by code."""
    return dict(SubElement.objects.filter(practice_area__code=area_code).values_list("code", "name"))
