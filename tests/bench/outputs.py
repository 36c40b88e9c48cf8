"""Measures the report in every form it takes, of the demonstration and of the longest assessment that can be typed."""

import tracemalloc
from unittest.mock import patch

from django.urls import reverse

from assessments.kept_pdfs import forget_pdfs
from assessments.models import Assessment
from tests.bench.contents import Contents
from tests.bench.figures import Row, at_most
from tests.bench.paper import PEAK, RENDERERS_OF_THE_PRODUCT, REPLACED_AFTER, TimedRenderer
from tests.bench.visitor import Visitor

FORMS = {
    "page": "report",
    "JSON": "report_json",
    "CSV": "report_csv",
    "XLSX": "report_xlsx",
    "DOCX": "report_docx",
    "repeated PDF": "report_pdf",
}
LONGEST_PDF_SECONDS = 10


def measure_outputs(contents: Contents, rounds: int) -> list[Row]:
    demonstration = outputs_of("demonstration", contents.demonstration, contents.demonstration_session, rounds)
    longest = outputs_of("longest", contents.longest, contents.session, rounds)
    first = longest[0]
    first.verdict = at_most(first.cpu / 1000, LONGEST_PDF_SECONDS, "s of CPU", digits=1)
    return demonstration + longest


def outputs_of(kind: str, assessment: Assessment, session: str, rounds: int) -> list[Row]:
    visitor = Visitor(session)
    rows = [first_pdf(f"{kind}: first PDF", assessment, visitor, rounds)]
    for form, route in FORMS.items():
        path = reverse(f"assessments:{route}", args=[assessment.pk])
        rows.append(measured(f"{kind}: {form}", visitor, path, rounds))
    return rows


def first_pdf(name: str, assessment: Assessment, visitor: Visitor, rounds: int) -> Row:
    """In a renderer of its own, so that the most it ever held is that of this report."""
    path, row = reverse("assessments:report_pdf", args=[assessment.pk]), Row(name)
    renderer = TimedRenderer()
    try:
        with patch(RENDERERS_OF_THE_PRODUCT, renderer), patch(REPLACED_AFTER, 0):
            for _ in range(rounds):
                forget_pdfs(str(assessment.pk))
                answered = visitor.get(path)
                row.add(answered.cpu_ms + renderer.cpu_ms, answered.wall_ms, len(answered.body))
            row.peak_mib = renderer.call(PEAK, None)
            row.queries = queries_of(visitor, path)
    finally:
        renderer.stop()
    return row


def measured(name: str, visitor: Visitor, path: str, rounds: int) -> Row:
    row = Row(name)
    visitor.get(path)
    for _ in range(rounds):
        answered = visitor.get(path)
        row.add(answered.cpu_ms, answered.wall_ms, len(answered.body))
    tracemalloc.start()  # apart, because it slows down what it watches
    visitor.get(path)
    row.peak_mib = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    row.queries = queries_of(visitor, path)
    return row


def queries_of(visitor: Visitor, path: str) -> int | None:
    visitor.is_counting = True
    queries = visitor.get(path).queries
    visitor.is_counting = False
    return queries
