"""The owner's page of the links to a report: made, copied and withdrawn here, with how often each was opened."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.access import Action, SignedInRequest, assessment_or_404, report_link_or_404
from assessments.caching import not_kept
from assessments.forms.sharing import ReportLinkForm
from assessments.models import Assessment
from assessments.shared_links import read_links
from assessments.sharing import TooManyLinksError, share_report, withdraw_link
from assessments.views.pages import require_form_methods


@login_required
@require_form_methods
@not_kept
def sharing(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """The links, and the form for another."""
    assessment = assessment_or_404(request.user, assessment_id, Action.SHARE)
    form = ReportLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, assessment, form)
    try:
        link = share_report(assessment=assessment, **form.choices, person=request.user, now=timezone.now())
    except TooManyLinksError as refused:
        form.add_error(None, str(refused))
        return _page(request, assessment, form)
    messages.success(request, f"The link for {link.purpose} is made. Copy it below and hand it over.")
    return redirect("assessments:sharing", assessment.pk)


@login_required
@require_form_methods
@not_kept
def withdraw(request: SignedInRequest, assessment_id: UUID, link_id: UUID) -> HttpResponse:
    """One press, because it may be urgent; a GET, as after signing in again, leads to the page with the button."""
    link = report_link_or_404(request.user, assessment_id, link_id, Action.SHARE)
    if request.method == "POST":
        withdraw_link(link=link, now=timezone.now())
        messages.success(request, f"The link for {link.purpose} has been withdrawn: it opens nothing any more.")
    return redirect("assessments:sharing", assessment_id)


def _page(request: SignedInRequest, assessment: Assessment, form: ReportLinkForm) -> HttpResponse:
    context = {"assessment": assessment, "links": read_links(assessment, timezone.now()), "form": form}
    return render(request, "assessments/sharing.html", context, status=422 if form.errors else 200)
