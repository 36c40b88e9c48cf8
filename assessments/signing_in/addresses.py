"""The addresses of second factor, sessions and being asked again, below /accounts/, by django-allauth's names."""

from collections.abc import Callable

from allauth.account import views as account
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from assessments.accounts import refused_is_422
from assessments.caching import not_kept
from assessments.signing_in.passkeys import only_where_offered
from assessments.signing_in.recently import renewing_the_key
from assessments.signing_in.single_sign_on import CALLBACK
from assessments.views import second_factor, sessions, single_sign_on
from assessments.views.pages import require_form_methods

View = Callable[..., HttpResponseBase]


def _ours(view: View) -> View:
    kept_to_forms: View = require_form_methods(not_kept(refused_is_422(view)))
    return kept_to_forms


def _passkey(view: View) -> View:
    kept_to_forms: View = require_form_methods(only_where_offered(_ours(view)))
    return kept_to_forms


# /accounts/passkeys/
passkey_urls: list[URLPattern | URLResolver] = [
    path("sign-in/", _passkey(second_factor.passkey_sign_in), name="mfa_login_webauthn"),
    path("add/", _passkey(second_factor.add_passkey), name="mfa_add_webauthn"),
    path("again/", _passkey(renewing_the_key(second_factor.passkey_again)), name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/rename/", _ours(second_factor.rename_passkey), name="mfa_edit_webauthn"),
    path("<int:pk>/remove/", _ours(second_factor.remove_passkey), name="mfa_remove_webauthn"),
]

# /accounts/second-factor/
factor_urls: list[URLPattern | URLResolver] = [
    path("", _ours(second_factor.index), name="mfa_index"),
    path("sign-in/", _ours(second_factor.authenticate), name="mfa_authenticate"),
    path("again/", _ours(renewing_the_key(second_factor.again)), name="mfa_reauthenticate"),
    path("app/add/", _ours(second_factor.add_app), name="mfa_activate_totp"),
    path("app/remove/", _ours(second_factor.remove_app), name="mfa_deactivate_totp"),
    path("recovery-codes/", _ours(second_factor.codes), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", _ours(second_factor.new_codes), name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", _ours(second_factor.download_codes), name="mfa_download_recovery_codes"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("again/", _ours(renewing_the_key(account.reauthenticate)), name="account_reauthenticate"),
    path("sessions/", sessions.own, name="account_sessions"),
    path("sessions/end-others/", sessions.end_others, name="account_sessions_end_others"),
    path("sessions/<int:session_id>/end/", sessions.end, name="account_session_end"),
    path("oidc/<slug:provider_id>/login/", single_sign_on.go, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", single_sign_on.come_back, name=CALLBACK),
    path("second-factor/", include(factor_urls)),
    path("passkeys/", include(passkey_urls)),
]
