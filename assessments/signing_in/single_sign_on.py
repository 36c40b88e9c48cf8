"""Signing in by another site (OpenID Connect): whether there is one, and whom it lets in as which account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from assessments.models import Person
from assessments.texts import TITLE_LENGTH, refuse_broken_text

CALLBACK = "openid_connect_callback"
NO_ADDRESS = "{site} gave no e-mail address for you, and without one there is no account here."
OTHER_ACCOUNT = (
    "There is an account with the address {email} already, and it is not opened by {site}. Sign in with its password;"
    " whoever runs this server can let {site} open accounts by their address."
)
TWO_PEOPLE = "{site} named two different people. Try again, or tell whoever runs this server."
NOT_NOW = "{site} did not sign you in: it was cancelled, or something went wrong there. Try again."


def button() -> str:
    """What the button says; empty when there is no other site to sign in by."""
    return settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS else ""


def only_if_configured(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def configured(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not button():
            raise Http404("There is no other site to sign in by.")
        return view(request, *args, **kwargs)

    return configured


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever comes for the first time gets an account and belongs to no organisation yet."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        sociallogin.account.extra_data = _storable(sociallogin.account.extra_data)
        said = {name: value for name, value in data.items() if isinstance(value, str)}
        person: Person = super().populate_user(request, sociallogin, said)
        person.email = person.email.lower()
        person.name = _sound(said.get("name", ""))
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """It signs in, and joins nothing to an account that happens to be open: whoever sits there could be anybody."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise refused(request, NOT_NOW)
        if _names_two(sociallogin.account.extra_data):
            raise refused(request, TWO_PEOPLE)
        if sociallogin.is_existing:
            return
        email = sociallogin.user.email
        if not _is_address(email):
            raise refused(request, NO_ADDRESS)
        if Person.objects.filter(email__iexact=email).exists():
            raise refused(request, OTHER_ACCOUNT, email=email)

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        raise refused(request, NOT_NOW)


def refused(request: HttpRequest, words: str, **more: str) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(refusal(request, words, 403, **more))


def refusal(request: HttpRequest, words: str, status: int, **more: str) -> HttpResponse:
    context = {"words": words.format(site=settings.OIDC_NAME, **more)}
    return render(request, "account/single_sign_on_refused.html", context, status=status)


def _names_two(data: Any) -> bool:
    """By the rules of OpenID Connect the subject of both answers is the same, or the second one is not to be used."""
    claims = [data[part].get("sub") for part in ("id_token", "userinfo") if isinstance(data.get(part), dict)]
    return len(set(claims)) > 1


def _storable(said: Any) -> Any:
    """What the other site told, without what PostgreSQL cannot keep: NUL, and halves of surrogate pairs."""
    if isinstance(said, dict):
        return {_storable(name): _storable(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_storable(value) for value in said]
    return said.replace("\0", "").encode("utf-8", "replace").decode() if isinstance(said, str) else said


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254


def _sound(name: str) -> str:
    """As the other site writes it, if it can be written here."""
    try:
        refuse_broken_text(name)
    except ValueError:
        return ""
    return " ".join(name.split())[:TITLE_LENGTH]
