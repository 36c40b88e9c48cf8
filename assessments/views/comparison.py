"""The page on which the lead sees the raters beside each other, once the comparison has been opened."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.agenda import Show, build_agenda
from assessments.caching import not_kept
from assessments.records import read_assessment


@login_required
@require_safe
@not_kept
def page(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.MANAGE)
    record = read_assessment(assessment, with_ratings=True)
    show = Show.read(request.GET.get("show", ""))
    agenda = record.comparison and build_agenda(record, record.comparison, show)
    return render(request, "assessments/comparison.html", {"assessment": assessment, "agenda": agenda})
