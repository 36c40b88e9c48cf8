"""`python -m tests.bench.browser_load`: opens a page in a browser and lists what it loaded, and from where."""

import json
import sys

from playwright.sync_api import Request, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM


def main(address: str, cookie: str) -> None:
    """Print JSON: each address with its bytes over the wire, heads included; the cache was empty at the start."""
    requests: list[Request] = []
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context()
        context.add_cookies([{"name": name, "value": value, "url": address}])
        context.on("requestfinished", lambda request: requests.append(request))
        context.on("requestfailed", lambda request: requests.append(request))
        context.new_page().goto(address, wait_until="networkidle")
        json.dump([[each.url, size_of(each)] for each in requests], sys.stdout)
        browser.close()


def size_of(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


if __name__ == "__main__":
    main(*sys.argv[1:])
