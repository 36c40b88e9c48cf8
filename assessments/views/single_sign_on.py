"""The way to the other site by which people sign in, and the way back."""

import logging
from collections.abc import Callable

import requests
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from assessments.caching import not_kept
from assessments.signing_in.limits import Limit, by_address
from assessments.signing_in.single_sign_on import only_if_configured, refusal

logger = logging.getLogger(__name__)

AWAY = "{site} cannot be reached now. Try again in a minute, or sign in with a password if your account has one."
FAILURES = (requests.RequestException, ValueError, KeyError, TypeError)  # no answer, or one that is none


@require_POST
@not_kept
@only_if_configured
def go(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """By a page that leads there: browsers refuse a form that ends at another site."""
    response = _from_there(views.login, request, provider_id)
    if response.status_code != 302:
        return response
    return render(request, "account/single_sign_on.html", {"address": response["Location"]})


@require_safe
@not_kept
@by_address(Limit.LINK)
@only_if_configured
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _from_there(views.callback, request, provider_id)


def _from_there(view: Callable[..., HttpResponseBase], request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return view(request, provider_id)
    except FAILURES:
        logger.exception("The other site to sign in by gave no answer that can be used")
        return refusal(request, AWAY, 503)
