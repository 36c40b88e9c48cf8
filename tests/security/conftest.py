"""A world with something at every address, who looks at it, and the product as it is served over https."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from assessments import report_links
from assessments.models import Assessment, Organisation, Person, Rater, ReportLink, Site
from assessments.pdf_processes import renderers
from assessments.rater_links import address_secret_of, secret_of
from tests.raters import begun, invited, opened
from tests.shared_reports import shared

ROOT = Path(__file__).resolve().parents[2]
OF_HTTPS = (
    "COOKIE_PREFIX",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT",
    "SEEN_COOKIE_NAME",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
)


@pytest.fixture
def plain_pdfs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of a PDF comes what it is made from, at once."""
    monkeypatch.setattr(renderers, "render", lambda job: job.html.encode())
    caches["pdf"].clear()
    yield
    caches["pdf"].clear()


@pytest.fixture
def rita(assessment: Assessment, alice: Person) -> Rater:
    return invited(opened(assessment, alice), email="rita@acme.example")


@pytest.fixture
def link(assessment: Assessment) -> ReportLink:
    return shared(assessment)


@pytest.fixture
def values(
    acme: Organisation, northfield: Site, assessment: Assessment, rita: Rater, link: ReportLink
) -> dict[str, Any]:
    """The arguments by which each address leads to something of Acme."""
    return {
        "anything": "half/a/link",
        "area_code": "MCQ",
        "assessment_id": assessment.pk,
        "address_secret": address_secret_of(rita),
        "code": "management-review",
        "link_id": link.pk,
        "link_secret": report_links.secret_of(link),
        "organisation_id": acme.pk,
        "rater_id": rita.pk,
        "secret": secret_of(rita),
        "site_id": northfield.pk,
        "slug": "fda-2024",
        "version": "2026.1",
    }


@pytest.fixture
def staff_client(db: None) -> Client:
    """Sees what the admin shows."""
    person = Person.objects.create_superuser("admin@server.example", "correct horse battery staple", name="Ada Admin")
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def rita_client(rita: Rater) -> Client:
    return begun(rita)


@pytest.fixture(scope="session")
def set_for_https() -> dict[str, Any]:
    """What the settings are on a public server, asked of a process that is started as one."""
    read = f"{{name: getattr(settings, name, None) for name in {OF_HTTPS}}}"
    ask = f"import json; from qmm_site import settings; print(json.dumps({read}))"
    environment = {**os.environ, "SITE_URL": "https://qmm.example.com", "BEHIND_PROXY": "on"}
    environment.pop("DJANGO_SETTINGS_MODULE")
    answer = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return {name: value for name, value in found.items() if value is not None}


@pytest.fixture
def https(settings: Any, set_for_https: dict[str, Any]) -> Callable[..., Client]:
    """Makes browsers that come over https to a server that is set for it."""
    for name, value in set_for_https.items():
        setattr(settings, name, tuple(value) if isinstance(value, list) else value)
    settings.ALLOWED_HOSTS = ["qmm.example.com"]

    def browser(**options: Any) -> Client:
        return Client(headers={"host": "qmm.example.com", "x-forwarded-proto": "https"}, **options)

    return browser
