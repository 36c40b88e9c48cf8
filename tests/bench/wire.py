"""Measures what a browser loads for one page: bytes over the wire with all that belongs to it, and from where."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.figures import Row, Verdict, at_most
from tests.bench.running_server import Server
from tests.bench.scratch import ROOT
from tests.browser.chromium import CHROMIUM


def measure_wire(server: Server, path: str, name: str) -> list[Row]:
    if not Path(CHROMIUM).exists():
        return [Row(f"{name} in a browser", verdict=Verdict("not measured: there is no Chromium"))]
    host = f"127.0.0.1:{server.port}"
    loaded = load(f"http://{host}{path}", server.cookie)
    total = sum(loaded.values())
    strangers = [address for address in loaded if urlsplit(address).netloc != host]
    return [
        Row(f"{name} with all it loads ({len(loaded)} files)", size=total, verdict=at_most(total / 1000, 100, "KB")),
        Row(f"{name}: requests outside its own host", verdict=at_most(len(strangers), 0, "requests")),
    ]


def load(address: str, cookie: str) -> dict[str, int]:
    """In a process of its own, so that what drives the browser is no part of what is measured here."""
    command = [sys.executable, "-m", "tests.bench.browser_load", address, cookie]
    listed = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return dict(listed)
