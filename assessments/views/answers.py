"""The pages on which an assessment is filled in, one for each practice area."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessments.access import Action, SignedInRequest, answers_for, own_areas, rights_at
from assessments.answering import Gone, PageSaved, Saved, SignedOff, save_page
from assessments.course import read_course
from assessments.forms.answer_section import lay_out, of_assessment
from assessments.forms.answers import AnswerForm
from assessments.forms.answers_unsaved import read_unsaved
from assessments.models import Answer, Assessment, AssessmentStatus, Person
from assessments.receipts import in_short, saved_words
from assessments.refusals import route_of
from assessments.running_score import running_score
from assessments.sent import one_of
from assessments.unavailable import DATABASE_FAILURES, RETRY_AFTER_SECONDS
from assessments.views.pages import require_form_methods
from benchmarks.models import SubElement

RECEIPT = "receipt"
GO, ONWARDS = "go", ("next",)
RELATED = ("assessment__site__organisation__planned_deletion", "assessment__questionnaire__framework")

logger = logging.getLogger(__name__)


def keeps_what_was_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nobody signed in any more, the assessment gone, the database away: the answer still holds what was sent."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            if not request.user.is_authenticated:
                return _unsaved(request, _names(kwargs["area_code"]), status=403)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                names = _names(kwargs["area_code"])
                if not read_unsaved(request.POST, names).answers:
                    raise
                return _unsaved(request, names, status=404)
        except DATABASE_FAILURES:
            logger.exception("The database failed at %s", route_of(request))
            return _unsaved(request, {}, status=503)

    return keeping


@require_form_methods
@keeps_what_was_typed
@login_required
def area(request: SignedInRequest, assessment_id: UUID, area_code: str) -> HttpResponse:
    is_sent = request.method == "POST"
    action = Action.ANSWER if is_sent else Action.VIEW
    answers = _answers(request.user, assessment_id, area_code, action)
    assessment = answers[0].assessment
    forms = [AnswerForm(request.POST if is_sent else None, answer=answer) for answer in answers]
    if not is_sent:
        return _page(request, assessment, area_code, forms)
    one_of(request.POST, GO, ONWARDS, "")  # before anything is stored
    errors = [form.errors for form in forms]  # of all of them, not only up to the first with an error
    if any(errors):
        return _page(request, assessment, area_code, forms, status=422)
    try:
        return _save(request, assessment, area_code, forms)
    except DATABASE_FAILURES:
        logger.exception("Nothing could be written at %s", route_of(request))
        response = _page(request, assessment, area_code, forms, status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


def _save(
    request: SignedInRequest, assessment: Assessment, area_code: str, forms: Sequence[AnswerForm]
) -> HttpResponse:
    changes = [change for form in forms if (change := form.change)]
    outcome = save_page(assessment=assessment, changes=changes, person=request.user, now=timezone.now())
    if isinstance(outcome, PageSaved):
        messages.success(request, saved_words(outcome.answers), extra_tags=RECEIPT)
        return _onwards(request, assessment, area_code, outcome.answers)
    if isinstance(outcome, Gone):
        raise Http404("The assessment has been deleted.")
    if isinstance(outcome, SignedOff):
        assessment.status = AssessmentStatus.IN_REVIEW if outcome.is_in_review else AssessmentStatus.SIGNED
    current = _answers(request.user, assessment.pk, area_code, Action.ANSWER)
    overtaken = [AnswerForm(request.POST, answer=answer) for answer in current]
    for form in overtaken:
        form.full_clean()
    return _page(request, assessment, area_code, overtaken, status=409)


def _onwards(request: SignedInRequest, assessment: Assessment, area_code: str, saved: Sequence[Saved]) -> HttpResponse:
    """Back to the last answer that was stored, or to where the person wanted to go after saving."""
    if one_of(request.POST, GO, ONWARDS, "") != "next":
        here = reverse("assessments:area", args=[assessment.pk, area_code])
        return redirect(f"{here}#{saved[-1].sub_element.code}" if saved else here)
    own = own_areas(request.user, assessment, rights_at(request.user, assessment))
    following = read_course(assessment, area_code, among=own).next
    if following is None:
        return redirect("assessments:overview", assessment.pk)
    return redirect("assessments:area", assessment.pk, following.code)


def _answers(person: Person, assessment_id: UUID, area_code: str, action: Action) -> list[Answer]:
    """Those of one practice area, at least one, each with its assessment at hand."""
    of_area = answers_for(person, action).filter(assessment=assessment_id, sub_element__practice_area__code=area_code)
    answers = list(of_area.select_related(*RELATED))
    if not answers:
        raise Http404("There is no such practice area.")
    return answers


def _page(
    request: SignedInRequest, assessment: Assessment, area_code: str, forms: Sequence[AnswerForm], status: int = 200
) -> HttpResponse:
    rights = rights_at(request.user, assessment)
    own = own_areas(request.user, assessment, rights)
    may_answer = Action.ANSWER_ALL in rights or area_code in own
    surroundings = of_assessment(
        assessment, request.user, may_answer=may_answer, sees_ratings=Action.ASK_RATERS in rights
    )
    lay_out(forms, assessment.questionnaire, surroundings)
    context = {
        "assessment": assessment,
        "course": read_course(assessment, area_code, among=own if may_answer else ()),
        "may_answer": may_answer,
        "own_areas": own,
        "forms": forms,
        "status": status,
        "is_fixed": not assessment.is_draft,
        "saved": _saved_before(request),
        "is_compared": surroundings.comparison is not None,
        "running": running_score([form.answer for form in forms]) if request.user.shows_running_score else None,
    }
    return render(request, "assessments/area.html", context, status=status)


def _saved_before(request: HttpRequest) -> str:
    """In short what was stored by the save that led here; empty after anything else."""
    receipts = [str(message) for message in messages.get_messages(request) if RECEIPT in message.tags.split()]
    return in_short(receipts[-1]) if receipts else ""


def _names(area_code: str) -> dict[str, str]:
    """Of the sub-elements of an area, by code."""
    return dict(SubElement.objects.filter(practice_area__code=area_code).values_list("code", "name"))


def _unsaved(request: HttpRequest, names: Mapping[str, str], status: int) -> HttpResponse:
    """Without the assessment: what was changed, to copy, and everything that was sent, to send again."""
    context = {
        "unsaved": read_unsaved(request.POST, names),
        "is_signed_out": status == 403,
        "is_gone": status == 404,
        "path": request.path,
    }
    response = render(request, "assessments/area/unsaved.html", context, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
