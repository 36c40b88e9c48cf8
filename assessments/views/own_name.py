"""Where a person changes their own name, which their signatures print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from assessments.access import SignedInRequest
from assessments.caching import not_kept
from assessments.forms.members import NameForm
from assessments.signing_in.recently import recently_signed_in
from assessments.views.pages import render_form, require_form_methods


@login_required
@require_form_methods
@not_kept
@recently_signed_in
def own_name(request: SignedInRequest) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": request.user.name})
    if not form.is_valid():
        return render_form(request, "account/name.html", form)
    request.user.name = form.cleaned_data["name"]
    request.user.save(update_fields=["name"])
    messages.success(request, "Your name has been saved.")
    return redirect("account_change_password")
