"""How django-allauth's accounts behave where ours differ: words, mails, where a redirect may lead, what is counted."""

import logging
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from assessments.invited import forget_invitation
from assessments.signing_in.limits import Limit, allows
from assessments.signing_in.passkeys import are_offered

logger = logging.getLogger(__name__)

AUTHENTICATIONS = "account_authentication_methods"  # where allauth keeps how and when someone proved who they are

BY_PASSKEY = "mfa_reauthenticate:webauthn"
WAYS = {
    "reauthenticate": "By your password",
    "mfa_reauthenticate": "By a code of your authenticator app, or a recovery code",
    BY_PASSKEY: "By a passkey",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account has been switched off.",
        "email_password_mismatch": "No account has this e-mail address with this password.",
        "email_taken": "There is an account with this e-mail address already. Sign in, or reset its password.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "rate_limited": "There were too many attempts. Wait a quarter of an hour, then try again.",
        "too_many_login_attempts": "There were too many attempts. Wait a quarter of an hour, then try again.",
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
        ours = {"site_url": settings.SITE_URL, "link_minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
        try:
            super().send_mail(template_prefix, email, {**context, **ours})
        except (OSError, ValueError) as failure:
            logger.exception("A mail could not be sent")
            raise ImmediateHttpResponse(HttpResponse(render_to_string("503_mail.html"), status=503)) from failure

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What it tells of is done already: a mail server that is away does not undo it."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            logger.warning("Nobody was told by mail of a change to an account")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """A new key of the session each time, also for the same person; having just signed in counts as recent."""
        if request.user.is_authenticated:
            request.session.cycle_key()
        super().login(request, user)
        # Of signing up allauth keeps nothing, though nobody is surer to be who they are.
        if not get_authentication_records(request, user):
            record_authentication(request, user, "signup")
        proofs = request.session[AUTHENTICATIONS]
        request.session[AUTHENTICATIONS] = [*proofs[:-1], {**proofs[-1], "reauthenticated": True}]

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Counted apart from signing in: who guesses from outside keeps nobody from their work who is in already."""
        key = f"person:{user.pk}"
        if not allows(context.request, Limit.PASSWORD_AGAIN, key):
            raise self.validation_error("too_many_login_attempts")
        return user.is_active and user.check_password(password)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """In our words; a passkey only where the site can have passkeys now."""
        ways = [{**way, "description": WAYS.get(way["id"], "")} for way in super().get_reauthentication_methods(user)]
        return [way for way in ways if way["id"] != BY_PASSKEY or are_offered()]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """By the account alone: allauth adds the host, and each name of this site would give further guesses."""
        return unicodedata.normalize("NFKC", credentials.get("email", "")).casefold()
