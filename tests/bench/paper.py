"""Measures the first PDF through its view, turn by turn with reference (iii) in the same warm renderer."""

from io import BytesIO
from time import perf_counter
from typing import Any
from unittest.mock import patch

import pikepdf
from django.urls import reverse

from assessments.pdf_job import PrintJob
from assessments.pdf_processes import Renderers, render_job
from assessments.printing import forget_pdfs
from tests.bench.contents import Contents
from tests.bench.figures import Row, against
from tests.bench.plain_document import amount_printed, plain_document
from tests.bench.renderer_side import render_plain, timed
from tests.bench.visitor import Visitor

WARM_UP = 3
RENDERERS_OF_THE_VIEW = "assessments.views.report.renderers"


class TimedRenderer(Renderers):
    """The product's own, with one process, and what its last rendering was given and took."""

    job: PrintJob
    cpu_ms: float

    def __init__(self) -> None:
        super().__init__(processes=1)

    def render(self, job: PrintJob) -> bytes:
        self.job = job
        pdf, self.cpu_ms = self.start().schedule(timed, args=[render_job, job]).result()
        return pdf

    def render_plain(self, html: str) -> bytes:
        pdf, self.cpu_ms = self.start().schedule(timed, args=[render_plain, html]).result()
        return pdf

    def stop(self) -> None:
        pool: Any = self.start()
        pool.close()
        pool.join()


def measure_paper(contents: Contents, rounds: int) -> list[Row]:
    """Rows of reference (iii) and of the first PDF, which is kept when this ends."""
    renderer = TimedRenderer()
    try:
        with patch(RENDERERS_OF_THE_VIEW, renderer):
            return take_turns(renderer, contents, rounds)
    finally:
        renderer.stop()


def take_turns(renderer: TimedRenderer, contents: Contents, rounds: int) -> list[Row]:
    visitor = Visitor(contents.session)
    path = reverse("assessments:report_pdf", args=[contents.kept.pk])
    amount = amount_printed("", pages=1)
    plain, first = Row("(iii)"), Row("first PDF, through its view")
    for turn in range(WARM_UP + rounds):
        forget_pdfs(str(contents.kept.pk))
        answered = visitor.get(path)
        cpu_ms = answered.cpu_ms + renderer.cpu_ms
        if not answered.body.startswith(b"%PDF"):
            raise RuntimeError(f"The PDF was answered with {answered.status}.")
        if turn == 0:
            amount = amount_printed(renderer.job.html, pages_of(answered.body))
            html = plain_document(amount)
        started = perf_counter()
        pdf = renderer.render_plain(html)
        if turn >= WARM_UP:
            first.add(cpu_ms, answered.wall_ms, len(answered.body))
            plain.add(renderer.cpu_ms, (perf_counter() - started) * 1000, len(pdf))
    counted = f"{pages_of(pdf)} pages, {len(amount.pictures)} pictures, {amount.letters:,} letters"
    plain.name = f"(iii) plain document: {counted}"
    first.verdict = against(first, plain, "(iii)", 1.2)
    return [plain, first]


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)
