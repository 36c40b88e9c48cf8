"""How accounts behave where it differs from django-allauth: words, links in mails, redirects; and their addresses."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import path, re_path

from assessments.caching import not_kept
from assessments.invited import forget_invitation, invited_address
from assessments.views.own_name import own_name

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account has been switched off.",
        "email_password_mismatch": "No account has this e-mail address with this password.",
        "email_taken": "There is an account with this e-mail address already. Sign in, or reset its password.",
        "enter_current_password": "This is not your current password.",
        "too_many_login_attempts": "There were too many attempts. Wait five minutes, then try again.",
    }

    def is_safe_url(self, url: str) -> bool:
        """Only an address of this site that begins with a slash: a bare word would lead to a page that is not there."""
        return url.startswith("/") and bool(super().is_safe_url(url))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation whose link was opened before signing in or up, if one was."""
        return forget_invitation(request) or str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return forget_invitation(request) or str(super().get_signup_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links carry the configured address of the site, not the one that the request claims."""
        ours = {"site_url": settings.SITE_URL, "link_days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)}
        try:
            super().send_mail(template_prefix, email, {**context, **ours})
        except OSError as failure:
            logger.exception("A mail could not be sent")
            raise ImmediateHttpResponse(HttpResponse(render_to_string("503_mail.html"), status=503)) from failure


def refused_is_422(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a form that was not accepted with 422, as every other form here does."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and form.errors and response.status_code == 200:
            response.status_code = 422
        return response

    return answer


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """What is sent counts, also from someone who is signed in: that session ends and its key with it."""
    if request.method == "POST" and request.user.is_authenticated:
        logout(request)
    response: HttpResponseBase = views.login(request)
    return response


class SignUp(views.SignupView):  # type: ignore[misc]
    """Who follows an invitation finds the invited address filled in: no other one can accept it."""

    def get_initial(self) -> dict[str, Any]:
        address = invited_address(self.request)
        return {**super().get_initial(), **({"email": address} if address else {})}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        named = {"invited_address": invited_address(self.request)}
        return {**super().get_context_data(**context), **named}


def reset_mail_sent(request: HttpRequest) -> HttpResponseBase:
    """Without a mail server the mail is printed where the site runs, and the page says so."""
    is_printed = settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"
    response: HttpResponseBase = views.PasswordResetDoneView.as_view(extra_context={"is_printed": is_printed})(request)
    return response


# Only what this site offers, by allauth's own names; its pages for several addresses and codes are left out.
urlpatterns = [
    path("login/", refused_is_422(sign_in), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", refused_is_422(SignUp.as_view()), name="account_signup"),
    path("name/", own_name, name="account_name"),
    path("password/change/", not_kept(refused_is_422(views.password_change)), name="account_change_password"),
    path("password/set/", not_kept(refused_is_422(views.password_set)), name="account_set_password"),
    path("password/reset/", not_kept(refused_is_422(views.password_reset)), name="account_reset_password"),
    path("password/reset/done/", reset_mail_sent, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        not_kept(refused_is_422(views.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
]
