"""The pages and files of a cohort: public, read only, the same for everyone."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from benchmarks.cohorts import CohortFigures, read_cohort
from benchmarks.downloads import cohort_csv, cohort_json
from benchmarks.explorer import OtherCohort, compose_cohort
from benchmarks.models import Cohort
from benchmarks.published import read_published
from benchmarks.site_table import read_sorting

FRESH_SECONDS = 300


@require_safe
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    figures = _cohort_or_404(slug)
    page = compose_cohort(
        figures,
        sub_elements=read_published(slug),
        others=[OtherCohort(*other) for other in Cohort.objects.exclude(slug=slug).values_list("slug", "name")],
        sorting=read_sorting(figures, request.GET.get("sort", ""), request.GET.get("order", "")),
    )
    return render(request, "benchmarks/cohort.html", {"page": page})


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _download(request, cohort_csv(_cohort_or_404(slug)), f"{slug}.csv", "text/csv; charset=utf-8")


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    content = cohort_json(_cohort_or_404(slug), read_published(slug))
    return _download(request, content, f"{slug}.json", "application/json")


def _cohort_or_404(slug: str) -> CohortFigures:
    try:
        return read_cohort(slug)
    except Cohort.DoesNotExist as missing:
        raise Http404 from missing


def _download(request: HttpRequest, content: bytes, name: str, content_type: str) -> HttpResponseBase:
    """A file that any cache may keep for a while, and that is not sent twice to one who has it."""
    etag = quote_etag(sha256(content).hexdigest())
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return get_conditional_response(request, etag=etag, response=response) or response
