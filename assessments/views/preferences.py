"""Where a person's switches are set, from the page that shows them and back to it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from assessments.access import SignedInRequest
from assessments.forms.preferences import PreferencesForm
from assessments.refused_requests import not_understood
from assessments.sent import one


@require_POST
@login_required
def preferences(request: SignedInRequest) -> HttpResponse:
    form = PreferencesForm(request.POST, request.user)
    if not form.is_valid():
        return not_understood(request, _problems(form))
    address = one(request.POST, "next")
    form.save()
    return HttpResponseRedirect(_back(address))


def _problems(form: PreferencesForm) -> str:
    return " ".join(f"The field “{name}”: {problems[0]}" for name, problems in form.errors.items())


def _back(address: str) -> str:
    """Only to an address of this site: nobody is led elsewhere."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else reverse("assessments:list")
