"""One save sent to the running server as a page sends it while one types, and what the server said to it."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings

from assessments.entries import Entry
from assessments.forms.answer_choices import initial_of
from tests.bench.crowd_plan import Task
from tests.bench.visitor import CSRF_SECRET, FORM

TIMEOUT = 60  # seconds
UNTOUCHED = f"0-{Entry().fingerprint}"
EMPTY_ROW = {"evidence-0-title": "", "evidence-0-location": ""}


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back: the version that was stored, or the mark of another that stands there, or what went wrong."""

    took_ms: float
    stored_version: int | None = None
    overtaken_by: str | None = None
    problem: str = ""


class SavingPerson:
    """One person with a connection that is kept open, as a browser does."""

    def __init__(self, port: int, session: str) -> None:
        self._http = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF_SECRET}"
        self._headers = {"Cookie": cookies, "X-CSRFToken": CSRF_SECRET, "Content-Type": FORM}

    def save(self, task: Task, mark: str) -> Heard:
        """Sent once; `mark` is that of the version which the person has before them."""
        started = perf_counter()
        try:
            self._http.request("POST", path_of(task), urlencode(fields_of(task, mark)), self._headers)
            response = self._http.getresponse()
            body = response.read()
        except (OSError, HTTPException) as problem:
            self._http.close()  # the next request opens it anew
            return Heard((perf_counter() - started) * 1000, problem=repr(problem))
        return understood(task, response.status, body, (perf_counter() - started) * 1000)


def path_of(task: Task) -> str:
    return f"/assessments/{task.assessment_id}/answers/{task.code}/"


def fields_of(task: Task, mark: str) -> dict[str, str]:
    """The answer as it is typed, and what the browser calls this save."""
    typed = {**EMPTY_ROW, **initial_of(task.entry), "version": mark}
    return {f"{task.code}-{name}": text for name, text in typed.items()} | {"save_id": str(uuid4())}


def understood(task: Task, status: int, body: bytes, took_ms: float) -> Heard:
    told = json.loads(body) if status in (200, 409) else {}
    if told.get("outcome") == "saved":
        return Heard(took_ms, stored_version=int(told["mark"].partition("-")[0]))
    if told.get("outcome") == "overtaken":
        return Heard(took_ms, overtaken_by=told["mark"])
    return Heard(took_ms, problem=f"{status} for {task.code}")
