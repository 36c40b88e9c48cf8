"""The audit trail of an organisation: the page with its filters, the whole of it as CSV, and the newest as PDF."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, organisation_or_404
from assessments.caching import not_kept
from assessments.exports.names import plain_file_name
from assessments.forms.trail import TrailFilterForm
from assessments.models import Organisation
from assessments.pdf_processes import Busy, Failed, renderers
from assessments.trail.files import csv_lines
from assessments.trail.printing import MOST_ON_PAPER, PrintedTrail, that_fit, trail_job
from assessments.trail.reading import (
    PER_PAGE,
    Asked,
    actors_in,
    assessments_in,
    entries_of,
    kinds_in,
    lines_of,
    sealed_texts,
)
from assessments.trail.sealing import head_of_trail
from assessments.trail.verifying import faults_of
from assessments.views.downloads import SECONDS_TO_WAIT, as_file, asked_paper

WALKED = 10_000  # entries that a page walks, in less than half a second; the command walks all


@login_required
@require_safe
@not_kept
def page(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    organisation = organisation_or_404(request.user, organisation_id, Action.READ_TRAIL)
    form = _form(request, organisation)
    is_valid = form.is_valid()
    asked = form.asked if is_valid else Asked()
    pages = Paginator(entries_of(organisation.pk, asked), PER_PAGE)
    shown = pages.get_page(form.cleaned_data.get("page") if is_valid else 1)
    context = {
        "organisation": organisation,
        "form": form,
        "shown": shown,
        "lines": lines_of(organisation.pk, shown.object_list),
        "head": head_of_trail(organisation.pk),
        "faults": faults_of(organisation.pk, newest=WALKED),
        "walked": WALKED,
        "query": _query(asked),
        "is_filtered": not asked.is_everything,
        "most_on_paper": MOST_ON_PAPER,
    }
    return render(request, "trail/page.html", context, status=200 if is_valid else 422)


@login_required
@require_safe
def as_csv(request: SignedInRequest, organisation_id: int) -> HttpResponseBase:
    """All of it: a part would not let anybody compute the chain."""
    organisation = organisation_or_404(request.user, organisation_id, Action.READ_TRAIL)
    name = plain_file_name(f"{organisation.name} audit trail", "csv")
    head_of_trail(organisation.pk)
    return StreamingHttpResponse(
        csv_lines(sealed_texts(organisation.pk)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


@login_required
@require_safe
@not_kept
def as_pdf(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """The newest entries of what the filters ask for."""
    organisation = organisation_or_404(request.user, organisation_id, Action.READ_TRAIL)
    form = _form(request, organisation)
    if not form.is_valid():
        return page(request, organisation_id)
    paper = asked_paper(request)
    try:
        pdf = renderers.render(trail_job(organisation, _printed(organisation, form.asked), paper))
    except (Busy, Failed) as problem:
        context = {"busy": isinstance(problem, Busy), "organisation": organisation}
        response = render(request, "trail/not_now.html", context, status=503)
        response.headers["Retry-After"] = SECONDS_TO_WAIT
        return response
    name = plain_file_name(f"{organisation.name} audit trail", "pdf", suffix=paper.file_suffix)
    return as_file(pdf, "application/pdf", name)


def _printed(organisation: Organisation, asked: Asked) -> PrintedTrail:
    entries = entries_of(organisation.pk, asked)
    return PrintedTrail(
        organisation_id=organisation.pk,
        organisation=organisation.name,
        lines=that_fit(lines_of(organisation.pk, entries[:MOST_ON_PAPER])),
        total=entries.count(),
        is_filtered=not asked.is_everything,
        head=head_of_trail(organisation.pk),
        is_sound=not faults_of(organisation.pk, newest=WALKED),
        printed_at=timezone.now(),
    )


def _form(request: SignedInRequest, organisation: Organisation) -> TrailFilterForm:
    return TrailFilterForm(
        request.GET,
        actors=actors_in(organisation.pk),
        kinds=kinds_in(organisation.pk),
        assessments=assessments_in(organisation.pk),
    )


def _query(asked: Asked) -> str:
    """The filters for the addresses of other pages and of the PDF."""
    told = {name: getattr(asked, name) for name in ("actor", "kind", "assessment", "since", "until")}
    return urlencode({name: str(value) for name, value in told.items() if value})
