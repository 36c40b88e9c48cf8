"""The owner's page from which an organisation is taken away as one archive, and the archive itself."""

import tempfile
import time

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, organisation_or_404
from assessments.archive.reports import NotReadyError
from assessments.archive.turns import BusyError, a_turn
from assessments.archive.writing import write_archive
from assessments.caching import not_kept
from assessments.exports.names import plain_file_name
from assessments.models import Organisation
from assessments.signing_in.recently import recently_signed_in
from assessments.views.pages import require_form_methods

SECONDS = 40  # for making reports; a proxy gives up on an answer after 60
RETRY_AFTER = "30"
NOT_READY = (
    "{} of {} reports are ready as PDF; making the others takes longer than a page may. Try again in half a minute: it "
    "goes on from there."
)
BUSY = "An archive is being made at this moment. Try again in half a minute."


@login_required
@require_safe
@not_kept
def archive(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, organisation_id, Action.ARCHIVE)
    return render(request, "archive/page.html", {"organisation": organisation})


@login_required
@require_form_methods
@not_kept
def archive_zip(request: SignedInRequest, organisation_id: int) -> HttpResponseBase:
    """Made when it is asked for; a GET, as after signing in again, leads to the page with the button."""
    organisation = organisation_or_404(request.user, organisation_id, Action.ARCHIVE)
    if request.method != "POST":
        return redirect("assessments:archive", organisation.pk)
    return _sent(request, organisation)


@recently_signed_in
def _sent(request: SignedInRequest, organisation: Organisation) -> HttpResponseBase:
    try:
        with a_turn(organisation.pk):
            return _made(organisation)
    except BusyError:
        return _not_now(request, organisation, BUSY)
    except NotReadyError as waiting:
        return _not_now(request, organisation, NOT_READY.format(waiting.ready, waiting.total))


def _made(organisation: Organisation) -> FileResponse:
    """On the disk, without a name there; it is gone once it has been sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    try:
        write_archive(file, organisation, now=timezone.now(), deadline=time.monotonic() + SECONDS)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    name = plain_file_name(organisation.name, "zip", suffix=f"archive-{timezone.localdate():%Y-%m-%d}")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _not_now(request: SignedInRequest, organisation: Organisation, why: str) -> HttpResponse:
    context = {"organisation": organisation, "not_now": why}
    response = render(request, "archive/page.html", context, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
