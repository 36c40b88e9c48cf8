"""Invitations to an organisation: what an owner does with them, and the page behind an invitation's link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.access import Action, SignedInRequest, member_invitation_or_404, organisation_or_404
from assessments.caching import not_kept
from assessments.forms.members import MemberInvitationForm
from assessments.invited import remember_invitation
from assessments.member_invitations import (
    InvitationEndedError,
    NotInvitedError,
    accept_invitation,
    invitation_or_404,
    invite_member,
    withdraw_invitation,
)
from assessments.member_mails import mail_invitation
from assessments.models import MemberInvitation, Organisation
from assessments.people import Place
from assessments.rater_mails import Sent
from assessments.signing_in.limits import Limit, allows, by_address, too_many
from assessments.signing_in.recently import recently_signed_in
from assessments.views.members import people_page
from assessments.views.pages import require_form_methods


@login_required
@require_form_methods
@not_kept
def invite(request: SignedInRequest, organisation_id: int) -> HttpResponseBase:
    """A GET, as after signing in again, leads to the page with the form."""
    organisation = organisation_or_404(request.user, organisation_id, Action.MANAGE_PEOPLE)
    if request.method != "POST":
        return redirect("assessments:people", organisation_id)
    return _sent(request, organisation)


@recently_signed_in
def _sent(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Whoever finds a browser open could let in whomever they like, as an owner too."""
    form = MemberInvitationForm(request.POST, sites=organisation.sites.all())
    if not form.is_valid():
        return people_page(request, organisation, form)
    if not allows(request, Limit.INVITATION, f"person:{request.user.pk}"):
        return too_many(request)
    now = timezone.now()
    try:
        invitation = invite_member(
            organisation=organisation, email=form.cleaned_data["email"], **form.place, person=request.user, now=now
        )
    except NotInvitedError as refused:
        form.add_error(refused.field, str(refused))
        return people_page(request, organisation, form)
    outcome = mail_invitation(invitation, now)
    by_hand = "" if outcome is Sent.SENT else " Copy the link below and hand it over."
    messages.success(request, f"{invitation.email} has been invited. {outcome.words(invitation.email)}{by_hand}")
    return redirect("assessments:people", organisation.pk)


@login_required
@require_form_methods
@not_kept
def withdraw(request: SignedInRequest, organisation_id: int, invitation_id: UUID) -> HttpResponse:
    """One press, because it may be urgent; a GET, as after signing in again, leads to the page with the button."""
    invitation = member_invitation_or_404(request.user, organisation_id, invitation_id, Action.MANAGE_PEOPLE)
    if request.method == "POST":
        if withdraw_invitation(invitation=invitation, now=timezone.now()):
            messages.success(
                request, f"The invitation of {invitation.email} has been withdrawn: its link opens nothing."
            )
        else:
            joined = f"{invitation.email} has joined meanwhile. Remove them here to end their access."
            messages.warning(request, joined)
    return redirect("assessments:people", organisation_id)


@require_form_methods
@not_kept
@by_address(Limit.LINK)
def invitation(request: HttpRequest, invitation_id: UUID, invitation_secret: str) -> HttpResponse:
    """Looking at it uses nothing up, so that a mail scanner or a preview does no harm; the button does."""
    try:
        found = invitation_or_404(invitation_id, invitation_secret, timezone.now())
    except Http404:
        return _nothing_here(request)
    user = request.user
    if not user.is_authenticated:
        remember_invitation(request, found)
        return _page(request, found, status=403 if request.method == "POST" else 200)
    if user.email != found.email or request.method != "POST":
        return _page(request, found, status=403 if request.method == "POST" else 200)
    try:
        accept_invitation(invitation=found, person=user, now=timezone.now())
    except InvitationEndedError:
        return _nothing_here(request)
    messages.success(request, f"You belong to {found.organisation} now.")
    return redirect("assessments:list")


def _page(request: HttpRequest, found: MemberInvitation, status: int = 200) -> HttpResponse:
    is_theirs = request.user.is_authenticated and request.user.email == found.email
    context = {"invitation": found, "place": Place.of(found), "is_theirs": is_theirs}
    return render(request, "people/invitation.html", context, status=status)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whatever was wrong with the link."""
    return render(request, "people/no_invitation.html", status=404)
