"""What views of forms share: which methods they answer, and the status of a page whose form was not accepted."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


def render_form(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """The page with its form; 422 when what was sent is not accepted, with everything typed still on it."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
