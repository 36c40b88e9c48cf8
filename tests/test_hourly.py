"""The hourly round of the built-in server: it goes on whatever happens, never twice at once, and ends with it."""

import threading

import pytest
from django.db import OperationalError

from qmm_site import hourly


def test_a_round_deletes_what_is_due_in_the_name_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[object, ...]] = []
    monkeypatch.setattr(hourly, "call_command", lambda *names, **options: called.append((*names, options)))
    hourly.go_round()
    assert called == [("delete_due", {"executed_by": "server", "verbosity": 0})]


def test_it_survives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    rounds = threading.Semaphore(0)
    stopped = threading.Event()

    def fail(*_: object, **__: object) -> None:
        rounds.release()
        raise OperationalError("the database is away")

    monkeypatch.setattr(hourly, "call_command", fail)
    monkeypatch.setattr(hourly, "FIRST_AFTER", 0)
    monkeypatch.setattr(hourly, "EVERY", 0)
    thread = hourly.start(stopped)
    assert all(rounds.acquire(timeout=20) for _ in range(3))
    stopped.set()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert "The hourly round failed" in caplog.text


def test_it_does_not_keep_the_server_from_ending() -> None:
    stopped = threading.Event()
    thread = hourly.start(stopped)
    assert thread.daemon
    stopped.set()
    thread.join(timeout=20)
    assert not thread.is_alive()
