"""Measures whether a renderer holds more and more: many reports in a row in one process that is never replaced."""

from unittest.mock import patch

from django.urls import reverse

from assessments.kept_pdfs import forget_pdfs
from tests.bench.contents import Contents
from tests.bench.figures import Row, Verdict
from tests.bench.paper import OURS, RENDERERS_OF_THE_PRODUCT, REPLACED_AFTER, TimedRenderer
from tests.bench.visitor import Visitor

WARM = 20  # until then it fills what it keeps
MOST_GROWTH = 0.05
HELD = "tests.bench.timed.held_mib"


def measure_flatness(contents: Contents, renders: int) -> list[Row]:
    renderer = TimedRenderer()
    path = reverse("assessments:report_pdf", args=[contents.demonstration.pk])
    try:
        with patch(RENDERERS_OF_THE_PRODUCT, renderer), patch(REPLACED_AFTER, 0):
            forget_pdfs(str(contents.demonstration.pk))
            Visitor(contents.demonstration_session).get(path)
            warm = after(WARM, renderer)
            last = after(renders - WARM, renderer)
    finally:
        renderer.stop()
    return [Row("memory of one renderer over many reports", verdict=verdict(warm, last, renders))]


def verdict(warm: float | None, last: float | None, renders: int) -> Verdict:
    if warm is None or last is None:
        return Verdict("not measured: this system does not tell")
    told = f"{warm:.1f} MiB after {WARM}, {last:.1f} after {renders}"
    return Verdict(told, f"≤ {1 + MOST_GROWTH:g} ×", last <= warm * (1 + MOST_GROWTH))


def after(renders: int, renderer: TimedRenderer) -> float | None:
    for _ in range(renders):
        renderer.call(OURS, renderer.job)
    held: float | None = renderer.call(HELD, None)
    return held
