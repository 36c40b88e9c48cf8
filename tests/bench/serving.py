"""Measures the running server: its start, its memory, and how long a page takes while PDFs are rendered."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from django.conf import settings
from django.urls import reverse

from tests.bench.contents import Contents
from tests.bench.figures import Row, Verdict, at_most
from tests.bench.pages import AREA
from tests.bench.processes import cpu_ms_of, descendants_of, memory_of
from tests.bench.running_server import Server, serving
from tests.bench.wire import measure_wire

STARTS = 5
ASKED = 100
PAUSE = 0.03  # seconds between two questions, so that they spread over several PDFs
QUESTIONNAIRE = "questionnaire page"


def measure_server(contents: Contents) -> list[Row]:
    cookie = f"{settings.SESSION_COOKIE_NAME}={contents.session}"
    start = Row("cold start until /healthz answers")
    for _ in range(STARTS):
        with serving(cookie) as server:
            start.wall_ms.append(server.started_after_ms)
            start.cpu_ms += filter(None, [cpu_ms_of(server.pid)])
    start.verdict = at_most(start.wall / 1000, 1, "s", digits=2)
    with serving(cookie) as server:
        return [start, *measure_running(server, contents)]


def measure_running(server: Server, contents: Contents) -> list[Row]:
    page = reverse("assessments:area", args=[contents.changing.pk, AREA])
    pdfs = [reverse("assessments:report_pdf", args=[each.pk]) for each in (contents.kept, contents.changing)]
    alone = Row(f"{QUESTIONNAIRE} over the network", wall_ms=ask_again_and_again(server, page))
    ask_again_and_again(server, reverse("assessments:report", args=[contents.kept.pk]))
    before = memory_rows(server, "before the first PDF", most=60)
    wire = measure_wire(server, page, QUESTIONNAIRE)
    forget_all_pdfs()
    first = Row("first PDF after the start, over the network", wall_ms=[server.connect().timed_get(pdfs[0])])
    busy = Row(f"{QUESTIONNAIRE} while two PDFs render")
    busy.name += f" ({rendering_meanwhile(server, page, pdfs, busy)} rendered meanwhile)"
    busy.verdict = at_most(busy.wall, 25, "ms, median")
    after = memory_rows(server, "after the last PDF", most=105)
    return [alone, busy, first, *before, *after, *wire]


def ask_again_and_again(server: Server, path: str) -> list[float]:
    connection, took = server.connect(), []
    connection.timed_get(path)
    for _ in range(ASKED):
        time.sleep(PAUSE)
        took.append(connection.timed_get(path))
    return took


def rendering_meanwhile(server: Server, page: str, pdfs: list[str], busy: Row) -> int:
    """Fill the row while each PDF is rendered over and over; how many were."""
    ended = Event()
    with ThreadPoolExecutor(len(pdfs)) as readers:
        rendered: list[Future[int]] = [readers.submit(render_until, ended, server, pdf) for pdf in pdfs]
        try:
            time.sleep(1)
            busy.wall_ms = ask_again_and_again(server, page)
        finally:
            ended.set()
    return sum(each.result() for each in rendered)


def render_until(ended: Event, server: Server, path: str) -> int:
    connection, count = server.connect(), 0
    while not ended.is_set():
        forget_all_pdfs()
        connection.timed_get(path)
        count += 1
    return count


def forget_all_pdfs() -> None:
    for kept in (settings.VAR_DIR / "pdf").glob("*.djcache"):
        kept.unlink(missing_ok=True)


def memory_rows(server: Server, moment: str, most: float) -> list[Row]:
    """The server itself against its target; the renderers, which end and are replaced, only told."""
    own, renderers = memory_of([server.pid]), descendants_of(server.pid)
    if own is None:
        return [Row(f"memory {moment}", verdict=Verdict("not measured: this system does not tell"))]
    verdict = Verdict(str(own), f"≤ {most:g} MiB", own.rss <= most)
    rows = [Row(f"memory of the server {moment}", verdict=verdict)]
    if renderers:
        verdict = Verdict(str(memory_of(renderers)))
        rows.append(Row(f"memory of its {len(renderers)} processes for PDFs {moment}", verdict=verdict))
    return rows
