"""The browser for the journeys: Debian's Chromium, headless, that may speak to the tested server and to nobody else."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from assessments.models import Person
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.conftest import PASSWORD

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=20_000)  # a busy machine is slow and no failure

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def event_loop_beside_the_database() -> None:
    """Playwright keeps an event loop in this thread; Django would refuse its database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens a page in a context of its own; at the end nothing may have been asked of another host or gone wrong."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            strangers.append(request.url)

    def opened(
        *, javascript: bool = True, viewport: dict[str, int] = WIDE, scheme: str = "light", has_touch: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=viewport,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            color_scheme=scheme,  # type: ignore[arg-type]
            has_touch=has_touch,
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        context.on("request", note)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note_complaint(message.type, message.text, complaints))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert strangers == []
    assert complaints == []


def _note_complaint(kind: str, text: str, complaints: list[str]) -> None:
    # A page that is meant to be refused says so in the console as well.
    if kind in ("error", "warning") and "Failed to load resource" not in text:
        complaints.append(text)


def sign_in(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def saved_file(page: Page, link: str, folder: Path) -> Path:
    """Click a link that downloads; the file."""
    with page.expect_download() as expected:
        page.get_by_role("link", name=link, exact=True).click()
    target = folder / expected.value.suggested_filename
    expected.value.save_as(target)
    return target
