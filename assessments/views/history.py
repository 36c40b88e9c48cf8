"""The page with the history of one answer, and bringing one of its versions back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.access import Action, SignedInRequest, answers_for
from assessments.answering import Conflict, Gone, SignedOff
from assessments.caching import not_kept
from assessments.history import read_history, restore
from assessments.models import Answer, AnswerVersion, AssessmentStatus
from assessments.sent import number
from assessments.views.pages import require_form_methods

OVERTAKEN = "Nothing was restored: another answer was saved meanwhile. It is on top of the list now."
IN_REVIEW = "Nothing was restored: this assessment is in review, and its answers do not change meanwhile."
SIGNED_OFF = "Nothing was restored: this assessment has been signed off, and its answers no longer change."


@login_required
@require_form_methods
@not_kept
def history(request: SignedInRequest, assessment_id: UUID, code: str) -> HttpResponse:
    is_sent = request.method == "POST"
    answer = _answer(request, assessment_id, code, Action.ANSWER if is_sent else Action.VIEW)
    if not is_sent:
        return _page(request, answer)
    seen, version = number(request.POST, "seen"), _version(answer, number(request.POST, "version"))
    outcome = restore(answer=answer, version=version, seen_version=seen, person=request.user, now=timezone.now())
    if isinstance(outcome, Gone):
        raise Http404("The assessment has been deleted.")
    if isinstance(outcome, Conflict | SignedOff):
        fixed = IN_REVIEW if isinstance(outcome, SignedOff) and outcome.is_in_review else SIGNED_OFF
        problem = OVERTAKEN if isinstance(outcome, Conflict) else fixed
        return _page(request, _answer(request, assessment_id, code, Action.VIEW), problem)
    messages.success(request, f"Version {version.version} of {answer.sub_element.name} has been restored.")
    return redirect("assessments:history", assessment_id, code)


def _answer(request: SignedInRequest, assessment_id: UUID, code: str, action: Action) -> Answer:
    answers = answers_for(request.user, action).select_related("assessment__site__organisation__planned_deletion")
    answer = answers.filter(assessment=assessment_id, sub_element__code=code).first()
    if answer is None:
        raise Http404("There is no such answer.")
    return answer


def _version(answer: Answer, asked: int) -> AnswerVersion:
    version = answer.versions.filter(version=asked).first()
    if version is None:
        raise Http404("There is no such version.")
    return version


def _page(request: SignedInRequest, answer: Answer, problem: str = "") -> HttpResponse:
    context = {
        "answer": answer,
        "assessment": answer.assessment,
        "steps": read_history(answer),
        "problem": problem,
        "may_restore": answer.assessment.status == AssessmentStatus.DRAFT
        and answers_for(request.user, Action.ANSWER).filter(pk=answer.pk).exists(),
    }
    return render(request, "assessments/history.html", context, status=409 if problem else 200)
