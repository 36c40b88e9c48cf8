"""Pages of organisations and their sites."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.access import (
    Action,
    SignedInRequest,
    organisation_or_404,
    organisations_for,
    rights_by_organisation,
    site_or_404,
    sites_for,
)
from assessments.caching import not_kept
from assessments.forms.organisations import NAME_TAKEN, OrganisationForm, SetUpForm, SiteForm
from assessments.founding import (
    AlreadyMemberError,
    SiteNameTakenError,
    add_site,
    change_site,
    found_organisation,
    rename_organisation,
)
from assessments.views.pages import render_form, require_form_methods


@login_required
@require_form_methods
def set_up(request: SignedInRequest) -> HttpResponse:
    """The first page of someone who belongs nowhere yet."""
    if organisations_for(request.user, Action.VIEW).exists():
        return redirect("assessments:list")
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        has_receipts = request.user.deletion_receipts.exists()
        return render_form(request, "assessments/set_up.html", form, has_receipts=has_receipts)
    try:
        found_organisation(
            person=request.user,
            name=form.cleaned_data["organisation"],
            site_name=form.cleaned_data["name"],
            manufacturing=form.cleaned_data["manufacturing"],
            size=form.cleaned_data["size"],
        )
    except AlreadyMemberError:
        return redirect("assessments:list")
    return redirect("assessments:new")


@login_required
@require_safe
@not_kept
def organisations(request: SignedInRequest) -> HttpResponse:
    theirs = Prefetch("sites", sites_for(request.user, Action.VIEW))
    own = organisations_for(request.user, Action.VIEW).prefetch_related(theirs)
    if not own:
        return redirect("assessments:set_up")
    rights = rights_by_organisation(request.user)
    context = {
        "organisations": own,
        "listed": [(organisation, rights[organisation.pk]) for organisation in own],
        "has_receipts": request.user.deletion_receipts.exists(),
    }
    return render(request, "assessments/organisations.html", context)


@login_required
@require_form_methods
@not_kept
def rename(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, organisation_id, Action.MANAGE_ORGANISATION)
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial={"name": organisation.name})
    if not form.is_valid():
        return render_form(request, "assessments/organisation.html", form, organisation=organisation)
    rename_organisation(organisation=organisation, name=form.cleaned_data["name"])
    messages.success(request, f"The organisation is now called {form.cleaned_data['name']}.")
    return redirect("assessments:organisations")


@login_required
@require_form_methods
@not_kept
def site_new(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, organisation_id, Action.MANAGE_ORGANISATION)
    form = SiteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            site = add_site(organisation=organisation, **form.cleaned_data)
        except SiteNameTakenError:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, f"{site.name} has been added.")
            return redirect("assessments:organisations")
    return render_form(request, "assessments/site_new.html", form, organisation=organisation)


@login_required
@require_form_methods
@not_kept
def site(request: SignedInRequest, site_id: int) -> HttpResponse:
    own = site_or_404(request.user, site_id, Action.MANAGE_ORGANISATION)
    initial = {"name": own.name, "manufacturing": own.manufacturing, "size": own.size}
    form = SiteForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            change_site(site=own, **form.cleaned_data)
        except SiteNameTakenError:
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, f"{form.cleaned_data['name']} has been saved.")
            return redirect("assessments:organisations")
    return render_form(request, "assessments/site.html", form, organisation=own.organisation, name=initial["name"])
