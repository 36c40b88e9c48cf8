"""The landing page, and the address where a monitor asks whether the site works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.landing import Landing, compose_landing
from assessments.models import Questionnaire
from assessments.sample import Sample
from assessments.unavailable import DATABASE_FAILURES
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.models import Cohort

SAMPLE = Sample()


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    try:
        cohort = read_cohort(DEFAULT_COHORT)
        page = compose_landing(cohort, SAMPLE.html(cohort, timezone.localtime()))
    except Cohort.DoesNotExist:
        page = Landing()
    return render(request, "assessments/home.html", {"page": page})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when the database answers from a table of ours; no page, no session."""
    try:
        Questionnaire.objects.exists()
    except DATABASE_FAILURES:
        return HttpResponse("database not available\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
