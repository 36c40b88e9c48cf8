"""Someone signed in who asks the application itself, without a network; each answer comes with what it cost."""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.form_reader import read_form

FORM = "application/x-www-form-urlencoded"
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
GZIP = b"\x1f\x8b"
CSRF_SECRET = "0123456789abcdefghijklmnopqrstuv"


@dataclass(frozen=True, slots=True)
class Answered:
    """A response, the CPU time of the thread that made it, and how long that took."""

    status: str
    body: bytes
    cpu_ms: float
    wall_ms: float
    queries: int | None  # counted only where that was asked for, because counting costs time

    @property
    def content(self) -> bytes:
        """The body as it was before it was compressed for its way."""
        return gzip.decompress(self.body) if self.body.startswith(GZIP) else self.body


class Visitor:
    """Speaks WSGI, as the server does, so that every middleware takes part."""

    def __init__(self, session: str) -> None:
        self._application = get_wsgi_application()
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF_SECRET}"
        headers = {"host": f"127.0.0.1:{settings.PORT}", "cookie": cookies, "accept-encoding": "gzip, deflate, br"}
        self._requests = RequestFactory(headers=headers)
        self.is_counting = False

    def get(self, path: str) -> Answered:
        return self._ask(self._requests.get(path).environ)

    def post(self, path: str, fields: Mapping[str, str]) -> Answered:
        body = urlencode({**fields, "csrfmiddlewaretoken": CSRF_SECRET})
        return self._ask(self._requests.post(path, body, content_type=FORM).environ)

    def _ask(self, environ: dict[str, object]) -> Answered:
        if not self.is_counting:
            return self._answer(environ)
        with CaptureQueriesContext(connection) as captured:
            answered = self._answer(environ)
        # Those that only begin or end a transaction neither read nor write.
        counted = sum(not query["sql"].startswith(TRANSACTION) for query in captured.captured_queries)
        return replace(answered, queries=counted)

    def _answer(self, environ: dict[str, object]) -> Answered:
        statuses: list[str] = []
        wall, cpu = time.perf_counter(), time.thread_time()
        response = self._application(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
        body = b"".join(response)
        response.close()
        cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
        return Answered(statuses[0], body, cpu * 1000, wall * 1000, queries=None)


def fields_of(page: bytes, marker: str) -> dict[str, str]:
    """What a browser would send of the form that has a certain attribute."""
    return read_form(page.decode(), marker)
