"""The product's own server as a process of its own, and a connection to it over the loopback network."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import IO

from tests.bench.scratch import ROOT

STARTS_WITHIN = 60  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    pid: int
    port: int
    cookie: str
    started_after_ms: float

    def connect(self) -> "Connection":
        return Connection(HTTPConnection("127.0.0.1", self.port, timeout=STARTS_WITHIN), self.cookie)


@dataclass(frozen=True, slots=True)
class Connection:
    """One that is kept open, as a browser does."""

    http: HTTPConnection
    cookie: str

    def timed_get(self, path: str) -> float:
        """How long the whole answer took, in milliseconds; it must be a good one."""
        started = time.perf_counter()
        self.http.request("GET", path, headers={"Cookie": self.cookie})
        response = self.http.getresponse()
        response.read()
        took = time.perf_counter() - started
        if response.status != 200:
            raise RuntimeError(f"{path} was answered with {response.status}.")
        return took * 1000


@contextmanager
def serving(cookie: str, log: IO[bytes] | None = None) -> Iterator[Server]:
    """Start it, wait until it answers that it is healthy, and stop it afterwards; it complains here, or into a log."""
    port = int(os.environ["PORT"])
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "qmm_site"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log)
    try:
        wait_until_healthy(process, port)
        yield Server(process.pid, port, cookie, (time.perf_counter() - started) * 1000)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=STARTS_WITHIN)


def wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            Connection(HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN), "").timed_get("/healthz")
        except ConnectionRefusedError:
            time.sleep(0.005)
        else:
            return
    raise RuntimeError("The server did not start.")
