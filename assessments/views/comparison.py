"""The page on which the lead sees the raters beside each other, once the comparison has been opened."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.access import Action, SignedInRequest, answers_for, assessment_or_404
from assessments.agenda import Show, build_agenda
from assessments.answering import Gone, Saved, SignedOff
from assessments.caching import not_kept
from assessments.confirming import confirm_answer
from assessments.records import read_assessment, read_comparison
from assessments.sent import number, one

MOST_DIGITS = 9


@login_required
@require_safe
@not_kept
def page(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.ASK_RATERS)
    record = read_assessment(assessment)
    earlier = _number(one(request.GET, "round"))
    comparison = read_comparison(assessment, earlier)
    agenda = comparison and build_agenda(record, comparison, Show.read(one(request.GET, "show")))
    context = {"assessment": assessment, "agenda": agenda, "earlier": earlier}
    return render(request, "assessments/comparison.html", context)


@require_POST
@login_required
def confirm(request: SignedInRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """The answer from before the comparison stands."""
    answer = get_object_or_404(
        answers_for(request.user, Action.ANSWER), assessment=assessment_id, sub_element__code=code
    )
    outcome = confirm_answer(
        answer=answer,
        seen_version=number(request.POST, "version"),
        person=request.user,
        now=timezone.now(),
    )
    name = answer.sub_element.name
    if isinstance(outcome, Gone):
        raise Http404("The assessment has been deleted.")
    if isinstance(outcome, SignedOff):
        why = "is in review" if outcome.is_in_review else "has been signed off"
        messages.error(request, f"Nothing was stored: the assessment {why}.")
    elif isinstance(outcome, Saved) and outcome.is_change:
        messages.success(request, f"{name}: agreed as it stands.")
    else:
        messages.error(request, f"{name} has been answered anew meanwhile, and was not confirmed. Look at it again.")
    return HttpResponseRedirect(f"{reverse('assessments:comparison', args=[assessment_id])}#rated-{code}")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
