"""The people of an organisation: who they are, their roles and sites, removing somebody, leaving."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, member_or_404, organisation_or_404, rights_at
from assessments.caching import not_kept
from assessments.forms.members import LeavingForm, MemberInvitationForm, PlaceForm, RemovalForm
from assessments.membership import LastOwnerError, MemberGoneError, change_place, end_membership
from assessments.models import Membership, Organisation
from assessments.people import read_invitations, read_members
from assessments.signing_in.recently import recently_signed_in
from assessments.views.pages import render_form, require_form_methods


@login_required
@require_safe
@not_kept
def people(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, organisation_id, Action.VIEW)
    return people_page(request, organisation)


def people_page(
    request: SignedInRequest, organisation: Organisation, form: MemberInvitationForm | None = None
) -> HttpResponse:
    """`form` is an invitation that was not accepted."""
    rights, now = rights_at(request.user, organisation), timezone.now()
    context = {"organisation": organisation, "rights": rights, "members": read_members(organisation, now)}
    if Action.MANAGE_PEOPLE in rights:
        context["form"] = form or MemberInvitationForm(sites=organisation.sites.all(), initial={"where": "all"})
        context["invitations"] = read_invitations(organisation, now)
    return render(request, "people/people.html", context, status=422 if form else 200)


@login_required
@require_form_methods
@not_kept
@recently_signed_in
def member(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    membership = member_or_404(request.user, organisation_id, membership_id, Action.MANAGE_PEOPLE)
    data = request.POST if request.method == "POST" else None
    form = PlaceForm(data, sites=membership.organisation.sites.all(), initial=PlaceForm.initial_of(membership))
    if form.is_valid():
        try:
            change_place(membership=membership, **form.place)
        except LastOwnerError as refused:
            form.add_error(None, str(refused))
        except MemberGoneError as gone:
            raise Http404("They have left meanwhile.") from gone
        else:
            messages.success(request, f"{membership.person} is {form.place['role'].label} now.")
            return _back(request, organisation_id)
    return render_form(request, "people/member.html", form, membership=membership, organisation=membership.organisation)


@login_required
@require_form_methods
@not_kept
@recently_signed_in
def remove(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    membership = member_or_404(request.user, organisation_id, membership_id, Action.MANAGE_PEOPLE)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    done = f"{membership.person} no longer belongs to {membership.organisation}."
    return _end(request, membership, form, "people/remove.html", done, lambda: _back(request, organisation_id))


@login_required
@require_form_methods
@not_kept
def leave(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, organisation_id, Action.VIEW)
    membership = organisation.memberships.select_related("person").get(person=request.user)
    membership.organisation = organisation
    form = LeavingForm(request.POST if request.method == "POST" else None)
    done = f"You no longer belong to {organisation}."
    return _end(request, membership, form, "people/leave.html", done, lambda: redirect("assessments:list"))


def _end(
    request: SignedInRequest,
    membership: Membership,
    form: RemovalForm | LeavingForm,
    template: str,
    done: str,
    onwards: Callable[[], HttpResponse],
) -> HttpResponse:
    if form.is_valid():
        try:
            end_membership(membership=membership, now=timezone.now())
        except LastOwnerError as refused:
            form.add_error(None, str(refused))
        except MemberGoneError as gone:
            raise Http404("They have left meanwhile.") from gone
        else:
            messages.success(request, done)
            return onwards()
    return render_form(request, template, form, membership=membership, organisation=membership.organisation)


def _back(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """To the page, or, for whoever may no longer see it, to what is theirs."""
    mine = rights_at(request.user, Organisation(pk=organisation_id))
    return redirect("assessments:people", organisation_id) if mine else redirect("assessments:list")
