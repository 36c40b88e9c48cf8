"""Keeps whoever needs a second factor and has none at setting one up; what needs no account stays open to them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

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
    """Asked before the view; a database that is away is told of as everywhere, by 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or name in SETTING_UP or _needs_no_account(name):
            return None
        if not getattr(request.user, "lacks_required_factor", False):
            return None
        if "application/json" in request.headers.get("Accept", ""):  # asked by a script, which keeps the text
            return JsonResponse({"outcome": "signed_out"}, status=403)
        return HttpResponseRedirect(reverse("mfa_index"))


def _needs_no_account(name: str) -> bool:
    """Raters' names of addresses begin with `rate` and a bound: those of the lead are called `rater…`."""
    return name.startswith(WITHOUT_ACCOUNT) and not name.startswith("assessments:rater")
