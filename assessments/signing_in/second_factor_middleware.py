"""Keeps whoever needs a second factor and has none at setting one up; what needs no account stays open to them."""

from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from assessments.unavailable import DATABASE_FAILURES

SETTING_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "account_login",
    }
)
WITHOUT_ACCOUNT = ("healthz", "benchmarks:", "assessments:healthz", "assessments:rate", "assessments:shared_")


class SecondFactorMiddleware:
    """Asked before the view. When the database is away, the view hears so as soon as it asks who this is.

    Also if it should be back by then: nobody gets past unasked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or name in SETTING_UP or _needs_no_account(name):
            return None
        try:
            lacks_factor = getattr(request.user, "lacks_required_factor", False)
        except DATABASE_FAILURES as failure:
            request.user = SimpleLazyObject(partial(_fail, failure))  # type: ignore[assignment]
            return None
        if not lacks_factor:
            return None
        if "application/json" in request.headers.get("Accept", ""):  # asked by a script, which keeps the text
            return JsonResponse({"outcome": "signed_out"}, status=403)
        return HttpResponseRedirect(reverse("mfa_index"))


def _needs_no_account(name: str) -> bool:
    """Raters' names of addresses begin with `rate` and a bound: those of the lead are called `rater…`."""
    return name.startswith(WITHOUT_ACCOUNT) and not name.startswith("assessments:rater")


def _fail(failure: Exception) -> NoReturn:
    raise failure
