"""Views whose libraries are large and seldom needed: their module is imported when it is first asked for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string


def on_demand(view: str) -> Callable[..., HttpResponse]:
    """The view of that name, `module.function` below `assessments.views`."""

    def asked(request: HttpRequest, **given: Any) -> HttpResponse:
        answer: HttpResponse = import_string(f"assessments.views.{view}")(request, **given)
        return answer

    return asked
