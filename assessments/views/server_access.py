"""The owner's page on which one of the server's staff is let in for a while, and shown the door."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from assessments.access import Action, SignedInRequest, organisation_or_404
from assessments.caching import not_kept
from assessments.forms.server_access import LetInForm
from assessments.models import Membership, Organisation
from assessments.server_access import IsMemberError, NotStaffError, end_access, let_in, let_in_now
from assessments.signing_in.recently import recently_signed_in
from assessments.views.pages import render_form, require_form_methods

NOT_STAFF = "Nobody who looks after this server signs in with this address. Ask them for theirs."
IS_MEMBER = "This person belongs to your organisation already. What they may do is on the page of its people."


@login_required
@require_form_methods
@not_kept
def server_access(request: SignedInRequest, organisation_id: int) -> HttpResponseBase:
    organisation = organisation_or_404(request.user, organisation_id, Action.MANAGE_PEOPLE)
    if request.method == "POST":
        return _sent(request, organisation)
    return _page(request, organisation, LetInForm())


@recently_signed_in
def _sent(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    form = LetInForm(request.POST)
    let = _let_in(organisation, form) if form.is_valid() else None
    if let is None:
        return _page(request, organisation, form)
    until = timezone.localtime(let.ends_at)
    messages.success(request, f"{let.person} may look at everything until {until:%-d %B %Y, %H:%M %Z}.")
    return redirect("assessments:server_access", organisation.pk)


def _page(request: SignedInRequest, organisation: Organisation, form: LetInForm) -> HttpResponse:
    people = let_in_now(organisation, timezone.now())
    return render_form(request, "server_access/page.html", form, organisation=organisation, let_in=people)


def _let_in(organisation: Organisation, form: LetInForm) -> Membership | None:
    """None when it is refused, which the form then says."""
    try:
        return let_in(organisation=organisation, **form.cleaned_data, now=timezone.now())
    except NotStaffError:
        form.add_error("email", NOT_STAFF)
    except IsMemberError:
        form.add_error("email", IS_MEMBER)
    return None


@login_required
@require_form_methods
@not_kept
def end(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    """One press, because it may be urgent; a GET, as after signing in again, leads to the page with the button."""
    organisation = organisation_or_404(request.user, organisation_id, Action.MANAGE_PEOPLE)
    if request.method == "POST":
        ended = end_access(organisation=organisation, membership_id=membership_id)
        messages.success(request, f"{ended.person} is let in no more." if ended else "That has ended already.")
    return redirect("assessments:server_access", organisation_id)
