"""Asks who it is once more before something sensitive is done, and comes back to it; the pages that ask, too."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from assessments.signing_in.sessions import SIGN_IN

Answer = TypeVar("Answer", bound=HttpResponseBase)


def signed_in_recently(request: HttpRequest) -> bool:
    """In the last five minutes: signed in, or asked again, by password, code, passkey or another site."""
    signed_in_at = request.session.get(SIGN_IN, [0])[0]
    if timezone.now().timestamp() - signed_in_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return True
    return bool(get_reauthentication_flows(request.user)) and bool(did_recently_reauthenticate(request))


def recently_signed_in(view: Callable[..., Answer]) -> Callable[..., HttpResponseBase]:
    """For a view of someone who is signed in, below `login_required`: who it is is asked first, then it goes on.

    A form that was sent meanwhile is kept and goes on as well, with what was typed; a file in it is not.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if signed_in_recently(request):
            # A form that was kept comes through the page that asked; the trail and the logs know it by its own address.
            request.resolver_match = resolve(request.path_info)
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        return _sign_in_anew(request)

    return checked


def renewing_the_key(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Who has proved once more who they are goes on under a new key of the session."""

    @wraps(view)
    def renewed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = len(get_authentication_records(request, request.user))
        response = view(request, *args, **kwargs)
        user = request.user
        if user.is_authenticated and len(get_authentication_records(request, user)) > before:
            old = request.session.session_key
            request.session.cycle_key()
            UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
        return response

    return renewed


def _sign_in_anew(request: HttpRequest) -> HttpResponseRedirect:
    """Without password and factor there is nothing to ask here: the other site is asked."""
    back = request.get_full_path() if request.method == "GET" else "/"
    logout(request)
    messages.info(request, "Sign in once more: what you want to do needs to know that it is you.")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
