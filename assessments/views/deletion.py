"""The owner's page on which the deletion of an organisation is planned and stopped, and the receipts of those done."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, organisation_or_404
from assessments.caching import not_kept
from assessments.deletion_mails import tell_planned, tell_stopped
from assessments.deletion_receipts import is_secret_of, path_of, tables_of
from assessments.deletion_words import what_goes
from assessments.forms.deletion import PlanDeletionForm
from assessments.models import DeletionReceipt, Organisation, PlannedDeletion
from assessments.planned_deletion import OrganisationGoneError, plan_deletion, stop_deletion
from assessments.rater_mails import sends_mail
from assessments.signing_in.recently import recently_signed_in
from assessments.views.pages import render_form, require_form_methods

PLANNED = "The deletion is planned. Every owner gets a mail and can stop it on this page."
PLANNED_WITHOUT_MAIL = (
    "The deletion is planned. This server sends no mail yet: tell the other owners yourself. Every owner can stop it "
    "on this page."
)
TOO_LATE = "There was no deletion to stop: another owner was quicker."


@login_required
@require_form_methods
@not_kept
def deletion(request: SignedInRequest, organisation_id: int) -> HttpResponseBase:
    organisation = organisation_or_404(request.user, organisation_id, Action.DELETE)
    planned = PlannedDeletion.objects.select_related("planned_by").filter(organisation=organisation).first()
    if request.method == "POST" and planned is None:
        return _plan(request, organisation)
    return _page(request, organisation, PlanDeletionForm(organisation_name=organisation.name), planned)


@recently_signed_in
def _plan(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    form = PlanDeletionForm(request.POST, organisation_name=organisation.name)
    if not form.is_valid():
        return _page(request, organisation, form)
    try:
        made, is_new = plan_deletion(organisation=organisation, person=request.user, now=timezone.now())
    except OrganisationGoneError as gone:
        raise Http404("There is no such organisation.") from gone
    if is_new:
        tell_planned(made)
    messages.success(request, PLANNED if sends_mail() else PLANNED_WITHOUT_MAIL)
    return redirect("assessments:deletion", organisation.pk)


def _page(
    request: SignedInRequest,
    organisation: Organisation,
    form: PlanDeletionForm,
    planned: PlannedDeletion | None = None,
) -> HttpResponse:
    context = {"organisation": organisation, "planned": planned, "goes": what_goes(organisation)}
    return render_form(request, "deletion/page.html", form, **context, sends_mail=sends_mail())


@login_required
@require_form_methods
@not_kept
def stop(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """One press; a GET, as after signing in again, leads to the page with the button."""
    organisation = organisation_or_404(request.user, organisation_id, Action.DELETE)
    if request.method == "POST":
        if stop_deletion(organisation=organisation):
            tell_stopped(organisation, request.user)
            messages.success(request, f"The deletion of {organisation.name} has been stopped. Nothing was deleted.")
        else:
            messages.warning(request, TOO_LATE)
    return redirect("assessments:deletion", organisation_id)


@login_required
@require_safe
@not_kept
def receipts(request: SignedInRequest) -> HttpResponse:
    own = [
        {"deleted_at": receipt.deleted_at, "path": path_of(receipt)}
        for receipt in DeletionReceipt.objects.filter(planned_by=request.user)
    ]
    return render(request, "deletion/receipts.html", {"receipts": own})


@require_safe
@never_cache
def receipt(request: HttpRequest, receipt_id: UUID, receipt_secret: str) -> HttpResponse:
    """For whoever has its link, without an account: those who owned the organisation belong nowhere any more."""
    found = DeletionReceipt.objects.select_related("planned_by").filter(pk=receipt_id).first()
    if found is None or not is_secret_of(found, receipt_secret):
        raise Http404("There is no such receipt.")
    return render(request, "deletion/receipt.html", {"receipt": found, "tables": tables_of(found)})
