"""What a browser really loads for one page: bytes over the wire with all that belongs to it, and from where."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Request, sync_playwright

from tests.bench.figures import Row, Verdict, at_most
from tests.bench.running_server import Server
from tests.browser.conftest import ARGUMENTS, CHROMIUM


@dataclass(frozen=True, slots=True)
class Loaded:
    """One answer as it came over the wire, its head included."""

    url: str
    size: int


def measure_wire(server: Server, path: str, name: str) -> list[Row]:
    if not Path(CHROMIUM).exists():
        return [Row(f"{name} in a browser", verdict=Verdict("not measured: there is no Chromium"))]
    loaded = load(server, path)
    total = sum(each.size for each in loaded)
    strangers = [each for each in loaded if urlsplit(each.url).netloc != f"127.0.0.1:{server.port}"]
    return [
        Row(f"{name} with all it loads ({len(loaded)} requests)", size=total, verdict=at_most(total / 1000, 100, "KB")),
        Row(f"{name}: requests outside its own host", verdict=at_most(len(strangers), 0, "requests")),
    ]


def load(server: Server, path: str) -> list[Loaded]:
    """Open the page with an empty cache and wait until nothing more is asked for."""
    requests: list[Request] = []
    site = f"http://127.0.0.1:{server.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context()
        name, _, value = server.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": site}])
        context.on("requestfinished", lambda request: requests.append(request))
        context.on("requestfailed", lambda request: requests.append(request))
        context.new_page().goto(f"{site}{path}", wait_until="networkidle")
        loaded = [Loaded(each.url, size_of(each)) for each in requests]
        browser.close()
    return loaded


def size_of(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
