"""The page on which the lead says which contributor answers which practice area."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from assessments.access import Action, SignedInRequest, assessment_or_404, contributors_at
from assessments.assigning import SignedOffError, assign_areas, read_assigned
from assessments.caching import not_kept
from assessments.forms.members import AssignmentForm
from assessments.raters import asked_areas
from assessments.views.pages import render_form, require_form_methods

SIGNED_OFF = "This assessment has been signed off: nobody answers it any more."


@login_required
@require_form_methods
@not_kept
def assign(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.LEAD)
    areas, contributors = asked_areas(assessment), list(contributors_at(assessment.site))
    stored = {code: [person.pk for person in people] for code, people in read_assigned(assessment).items()}
    data = request.POST if request.method == "POST" else None
    form = AssignmentForm(data, areas=areas, contributors=contributors, assigned=stored)
    if form.is_valid():
        try:
            assign_areas(assessment=assessment, areas=areas, assigned=form.assigned)
        except SignedOffError:
            form.add_error(None, SIGNED_OFF)
        else:
            messages.success(request, "Who answers what has been saved.")
            return redirect("assessments:overview", assessment.pk)
    return render_form(request, "assessments/assigning.html", form, assessment=assessment, contributors=contributors)
