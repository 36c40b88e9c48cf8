"""The addresses of accounts: of what django-allauth can do, only what this site offers, answered as our pages are."""

from collections.abc import Callable
from typing import Any

from allauth.account import views
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from assessments.caching import clears_the_cache, not_kept
from assessments.invited import invited_address
from assessments.signing_in import passkeys
from assessments.signing_in.recently import recently_signed_in
from assessments.signing_in.single_sign_on import button
from assessments.views.own_name import own_name
from assessments.views.pages import require_form_methods


def refused_is_422(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a form that was not accepted with 422, and no other method than a form has, as every other form here."""

    @require_form_methods
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = [context[name] for name in ("form", "webauthn_form") if context.get(name) is not None]
        if response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response

    return answer


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """What is sent counts, also from someone who is signed in: that session ends and its key with it."""
    if request.method == "POST" and request.user.is_authenticated:
        logout(request)
    ours = {"has_passkeys": passkeys.are_offered(), "single_sign_on": button()}
    response: HttpResponseBase = views.LoginView.as_view(extra_context=ours)(request)
    return response


class SignUp(views.SignupView):  # type: ignore[misc]
    """Who follows an invitation finds the invited address filled in: no other one can accept it."""

    def get_initial(self) -> dict[str, Any]:
        address = invited_address(self.request)
        return {**super().get_initial(), **({"email": address} if address else {})}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        named = {"invited_address": invited_address(self.request)}
        return {**super().get_context_data(**context), **named}


def _where_the_mail_is() -> dict[str, bool]:
    """Without a mail server the mail is printed where the site runs, and the page says so."""
    return {"is_printed": settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"}


def reset_mail_sent(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = views.PasswordResetDoneView.as_view(extra_context=_where_the_mail_is())(request)
    return response


def verification_sent(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = views.EmailVerificationSentView.as_view(extra_context=_where_the_mail_is())(request)
    return response


# Only what this site offers, by allauth's own names; its pages for several addresses and codes are left out.
urlpatterns = [
    path("login/", refused_is_422(sign_in), name="account_login"),
    path("logout/", clears_the_cache(require_form_methods(views.logout)), name="account_logout"),
    path("inactive/", require_safe(views.account_inactive), name="account_inactive"),
    path("signup/", refused_is_422(SignUp.as_view()), name="account_signup"),
    path("name/", own_name, name="account_name"),
    path("confirm-email/", require_safe(verification_sent), name="account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$",
        not_kept(require_form_methods(views.confirm_email)),
        name="account_confirm_email",
    ),
    path("password/change/", not_kept(refused_is_422(views.password_change)), name="account_change_password"),
    path(
        "password/set/",
        login_required(not_kept(recently_signed_in(refused_is_422(views.password_set)))),
        name="account_set_password",
    ),
    path("password/reset/", not_kept(refused_is_422(views.password_reset)), name="account_reset_password"),
    path("password/reset/done/", require_safe(reset_mail_sent), name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        require_safe(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        not_kept(refused_is_422(views.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
]
