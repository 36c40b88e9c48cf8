"""`python -m tests.bench.browser_print`: prints a page again and again in one running browser."""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.bench.processes import cpu_ms_of, descendants_of, memory_of
from tests.browser.chromium import ARGUMENTS, CHROMIUM

BETWEEN_LOOKS = 0.02  # seconds


def main(address: str, times: str) -> None:
    """Print JSON: for each printing the wall and CPU milliseconds, bytes, and most MiB of PSS of all its processes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        printed = [print_once(browser, address) for _ in range(int(times))]
        browser.close()
    json.dump(printed, sys.stdout)


def print_once(browser: Browser, address: str) -> list[float]:
    context = browser.new_context()
    before = cpu_of_the_browser()
    started = time.perf_counter()
    with highest_memory() as seen:
        page = context.new_page()
        page.goto(address)
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    wall = (time.perf_counter() - started) * 1000
    cpu = cpu_of_the_browser() - before  # before the page is closed, and its process with it
    context.close()
    return [wall, cpu, len(pdf), max(seen)]


def cpu_of_the_browser() -> float:
    return sum(filter(None, map(cpu_ms_of, processes_of_the_browser())))


def processes_of_the_browser() -> list[int]:
    """All that this process started: the driver, which is no part of it, stands first."""
    return descendants_of(os.getpid())[1:]


@contextmanager
def highest_memory() -> Iterator[list[float]]:
    seen, ended = [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(BETWEEN_LOOKS):
            try:
                held = memory_of(processes_of_the_browser())
            except OSError:  # one of them has ended meanwhile
                continue
            if held:
                seen.append(held.pss)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        ended.set()
        looking.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
