"""Measures what hostile input costs: the slowest answer to any of it, and how much memory the whole of it takes."""

import gc
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment

from tests.assessments.workbook import exhausting, hostile
from tests.bench.contents import Contents
from tests.bench.figures import Row, Verdict, at_most
from tests.bench.timed import held_mib, peak_mib
from tests.hostile.fields import malformed
from tests.hostile.sending import URL_ENCODED, encoded, send, with_values
from tests.hostile.sheet import Good, Sheet
from tests.hostile.sheets import SHEETS
from tests.hostile.test_malformed_requests import BODIES
from tests.hostile.world import World, build_world, digest

MOST_MS = 2000
MOST_GROWTH = 150
FILES = {
    **{name: content for name, (content, _) in (hostile.FILES | exhausting.FILES | exhausting.BOOKS).items()},
    **exhausting.SHEETS,
}


@dataclass(slots=True)
class Told:
    """What came of the requests of one kind."""

    row: Row
    slowest: tuple[float, str] = (0.0, "")
    failures: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)


def measure_hostile(_: Contents) -> list[Row]:
    """In one transaction that is rolled back, so that nothing is measured on what the case before has left."""
    setup_test_environment()
    logging.disable(logging.CRITICAL)  # each refusal is a line in the log
    try:
        # It takes longer than the five minutes after which what is sensitive is asked again.
        with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=24 * 3600), transaction.atomic():
            world = build_world()
            warm_up(world)
            before = held_mib(None)
            told = [
                measure("hostile fields", world, fields()),
                measure("hostile requests", world, requests()),
                measure("hostile workbooks", world, workbooks()),
            ]
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
        teardown_test_environment()
    return [row for each in told for row in rows_of(each)] + [growth(before)]


Call = tuple[str, Any]


_GOOD: dict[str, Good] = {}


def good_of(sheet: Sheet, world: World) -> Good:
    """Read from its page once."""
    if sheet.name not in _GOOD:
        _GOOD[sheet.name] = sheet.good(world)
    return _GOOD[sheet.name]


def fields() -> Iterator[Call]:
    for sheet in SHEETS:
        for each in sheet.fields:
            for case in malformed(each, ["good"]):

                def call(world: World, sheet: Any = sheet, each: Any = each, case: str = case) -> Any:
                    good = good_of(sheet, world)
                    given = good[each.name]
                    values = malformed(each, given if isinstance(given, list) else [given])[case]
                    browser, address = world.browser(sheet.sender), world.address(sheet.name, sheet.at)
                    body = encoded(with_values(good, each.name, values))
                    return lambda: browser.post(address, body, content_type=URL_ENCODED)

                yield f"{sheet}, {each}, {case}", call


def requests() -> Iterator[Call]:
    for sheet in SHEETS:
        for case, body_of in BODIES.items():

            def call(world: World, sheet: Any = sheet, body_of: Any = body_of) -> Any:
                body = body_of(good_of(sheet, world))
                browser, address = world.browser(sheet.sender), world.address(sheet.name, sheet.at)
                return lambda: browser.post(address, body.content, content_type=body.content_type)

            yield f"{sheet}, {case}", call


def workbooks() -> Iterator[Call]:
    for name, content in FILES.items():

        def call(world: World, content: bytes = content) -> Any:
            browser = world.browser("alice")
            address = world.address("assessments:workbook_import", {"assessment_id": "unrated"})
            return lambda: browser.post(address, {"workbook": SimpleUploadedFile("book.xlsx", content)})

        yield name, call


def measure(name: str, world: World, calls: Iterator[Call]) -> Told:
    told, untouched = Told(Row(name)), digest()
    for case, prepare in calls:
        with transaction.atomic():
            ready = prepare(world)
            wall, cpu = time.perf_counter(), time.thread_time()
            response = ready()
            cpu_ms, wall_ms = (time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
            told.row.add(cpu_ms, wall_ms, len(response.content))
            told.slowest = max(told.slowest, (wall_ms, f"{cpu_ms:.0f} of CPU, {case}"))
            if not 400 <= response.status_code < 500:
                told.failures.append(f"{case}: {response.status_code}")
            if digest() != untouched:
                told.stored.append(case)
            transaction.set_rollback(True)
        del ready, response
        gc.collect()  # a response of the test client refers to itself, which those of the server do not
    return told


def rows_of(told: Told) -> list[Row]:
    name, count = told.row.name, len(told.row.wall_ms)
    told.row.name = f"{name} ({count})"
    told.row.size = None
    slowest, case = told.slowest
    told.row.verdict = Verdict(f"slowest {slowest:.0f} ms, {case}", f"≤ {MOST_MS} ms", slowest <= MOST_MS)
    counted = [("not refused", told.failures), ("stored all the same", told.stored)]
    return [told.row, *(_count(f"{name} {words}", cases) for words, cases in counted)]


def _count(name: str, cases: list[str]) -> Row:
    listed = f": {'; '.join(cases[:5])}" if cases else ""
    return Row(name, verdict=Verdict(f"{len(cases)}{listed}", "0", not cases))


def warm_up(world: World) -> None:
    """Libraries that are loaded at the first request of their kind are no growth."""
    for sheet in SHEETS:
        with transaction.atomic():
            send(world.browser(sheet.sender), world.address(sheet.name, sheet.at), [])
            transaction.set_rollback(True)
    with transaction.atomic():
        book = SimpleUploadedFile("book.xlsx", hostile.SOUND)
        address = world.address("assessments:workbook_import", {"assessment_id": "unrated"})
        world.browser("alice").post(address, {"workbook": book})
        transaction.set_rollback(True)


def growth(before: float | None) -> Row:
    if before is None:
        return Row("memory that all of it takes", verdict=Verdict("not measured: this system does not tell"))
    return Row("memory that all of it takes", verdict=at_most(peak_mib(None) - before, MOST_GROWTH, "MiB"))
