"""Measures the demonstration's first PDF through its view, in turn with reference (iii) in the same warm renderer."""

from time import perf_counter
from typing import Any
from unittest.mock import patch

from django.urls import reverse

from assessments.kept_pdfs import forget_pdfs
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import Renderers
from tests.bench.chromium_print import measure_chromium
from tests.bench.contents import Contents
from tests.bench.figures import Row, against
from tests.bench.plain_document import pictures_of, plain_document
from tests.bench.timed import timed
from tests.bench.visitor import Visitor

WARM_UP = 3
RENDERERS_OF_THE_PRODUCT = "assessments.kept_pdfs.renderers"
REPLACED_AFTER = "assessments.pdf_processes.REPORTS_PER_PROCESS"  # 0: never, because it shall be warm
OURS = "assessments.pdf_processes.render_job"
PLAIN = "tests.bench.renderer_side.render_plain"
PAGES = "tests.bench.renderer_side.pages_of"
PEAK = "tests.bench.timed.peak_mib"


class TimedRenderer(Renderers):
    """The product's own, with one process, and what its last rendering was given and took."""

    job: PrintJob
    cpu_ms: float

    def __init__(self) -> None:
        super().__init__(processes=1)

    def render(self, job: PrintJob) -> bytes:
        self.job = job
        pdf: bytes = self.call(OURS, job)
        return pdf

    def call(self, function: str, given: object) -> Any:
        made, self.cpu_ms = self.start().schedule(timed, args=[function, given]).result()
        return made

    def stop(self) -> None:
        pool: Any = self.start()
        pool.close()
        pool.join()


def measure_paper(contents: Contents, rounds: int) -> list[Row]:
    """Rows of reference (iii), of the first PDF, which is kept when this ends, and of Chromium."""
    renderer = TimedRenderer()
    try:
        with patch(RENDERERS_OF_THE_PRODUCT, renderer), patch(REPLACED_AFTER, 0):
            return take_turns(renderer, contents, rounds)
    finally:
        renderer.stop()


def take_turns(renderer: TimedRenderer, contents: Contents, rounds: int) -> list[Row]:
    visitor = Visitor(contents.demonstration_session)
    path = reverse("assessments:report_pdf", args=[contents.demonstration.pk])
    own_pdf = visitor.get(path).content
    most = renderer.call(PEAK, None)  # before it renders anything else
    pages = renderer.call(PAGES, own_pdf)
    pictures = pictures_of(renderer.job.html)
    html = plain_document(pictures, pages, lambda tried: renderer.call(PAGES, renderer.call(PLAIN, tried)))
    plain = Row(f"(iii) plain document of {pages} pages with {len(pictures)} pictures")
    first = Row("first PDF, through its view")
    for turn in range(WARM_UP + rounds):
        forget_pdfs(str(contents.demonstration.pk))
        answered = visitor.get(path)
        cpu_ms = answered.cpu_ms + renderer.cpu_ms
        started = perf_counter()
        pdf = renderer.call(PLAIN, html)
        if turn >= WARM_UP:
            first.add(cpu_ms, answered.wall_ms, len(answered.body))
            plain.add(renderer.cpu_ms, (perf_counter() - started) * 1000, len(pdf))
    first.verdict = against(first, plain, "(iii)", 1.2)
    first.peak_mib = most
    return [plain, first, *measure_chromium(renderer.job, first, rounds)]
