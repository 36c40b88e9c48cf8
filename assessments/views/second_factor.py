"""Pages of the second factor: django-allauth's, told what our templates need, and the owner's switch for all."""

from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse_lazy

from assessments.access import Action, SignedInRequest, organisation_or_404
from assessments.caching import not_kept
from assessments.forms.organisations import RequirementForm
from assessments.models import Organisation
from assessments.signing_in import passkeys
from assessments.signing_in.recently import recently_signed_in
from assessments.signing_in.requirement import (
    NoFactorError,
    members_without_factor,
    organisations_requiring,
    set_requirement,
)
from assessments.views.pages import render_form, require_form_methods

INDEX = reverse_lazy("mfa_index")


class Index(base.IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ours: dict[str, Any] = {"no_passkeys_because": passkeys.why_not()}
        if getattr(self.request.user, "lacks_required_factor", False):
            ours["required_by"] = organisations_requiring(self.request.user)
        return {**super().get_context_data(**kwargs), **ours}


class Authenticate(base.AuthenticateView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = passkeys.are_offered() and bool(webauthn.auth.get_credentials(self.stage.login.user))
        return {**super().get_context_data(**kwargs), "has_passkeys": offered}


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context


class PasskeyAgain(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: forms.Form) -> HttpResponse:
        super().form_invalid(form)  # its message, but not its way: to the page for signing in
        return HttpResponseRedirect(self.request.get_full_path())


index = Index.as_view()
authenticate = Authenticate.as_view()
again = base.ReauthenticateView.as_view()
add_app = totp.activate_totp
remove_app = totp.deactivate_totp
add_passkey = AddPasskey.as_view()
rename_passkey = webauthn.EditWebAuthnView.as_view(success_url=INDEX)
remove_passkey = webauthn.RemoveWebAuthnView.as_view(success_url=INDEX)
passkey_again = PasskeyAgain.as_view()
codes = recovery_codes.view_recovery_codes
new_codes = recovery_codes.generate_recovery_codes
download_codes = recovery_codes.download_recovery_codes


def passkey_sign_in(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = webauthn.login_webauthn(request)
    return response


@login_required
@require_form_methods
@not_kept
def requirement(request: SignedInRequest, organisation_id: int) -> HttpResponseBase:
    """The owner's switch; nobody else is asked who they are."""
    return _requirement(request, organisation_or_404(request.user, organisation_id, Action.MANAGE_ORGANISATION))


@recently_signed_in
def _requirement(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    initial = {"is_required": organisation.requires_second_factor}
    form = RequirementForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        is_required = form.cleaned_data["is_required"]
        try:
            set_requirement(organisation=organisation, is_required=is_required, person=request.user)
        except NoFactorError:
            form.add_error("is_required", "Set up a second factor for yourself first: this would lock you out.")
        else:
            messages.success(request, _said(organisation.name, is_required=is_required))
            return redirect("assessments:organisations")
    without = members_without_factor(organisation)
    return render_form(
        request, "assessments/second_factor.html", form, organisation=organisation, without=without.order_by("name")
    )


def _said(name: str, *, is_required: bool) -> str:
    if is_required:
        return f"Whoever belongs to {name} now needs a second factor. Who has none sets one up on their next page."
    return f"{name} no longer requires a second factor."
