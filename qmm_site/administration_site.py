"""The admin as a place: how one signs in to it, and whose tables it may show; what it shows of them, each app says."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

# The tables of installed packages hold what gives access to accounts: addresses, second factors, tokens, sessions.
APPS_SHOWN = frozenset({"assessments", "auth", "benchmarks"})


class Administration(AdminSite):
    site_header = site_title = "QMM self-assessment: administration"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One page to sign in, with its limits on guessing, for the admin too."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def get_urls(self) -> list[Any]:
        """Without the one that tells of a row of any table whether it is there."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """What an app registers that is not shown here is left out, whichever comes with the next version of it."""
        models: Iterable[type[Model]] = model_or_iterable
        if isinstance(model_or_iterable, type):
            models = (model_or_iterable,)
        super().register([model for model in models if model._meta.app_label in APPS_SHOWN], admin_class, **options)
