"""Measures headless Chromium printing what our renderer is given, beside the renderer: time, and memory."""

import base64
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from assessments.pdf_job import PrintJob
from tests.bench.figures import Row, Verdict
from tests.bench.scratch import ROOT
from tests.browser.chromium import CHROMIUM

MOST_MEMORY = 0.4


def measure_chromium(job: PrintJob, ours: Row, rounds: int) -> list[Row]:
    """Its own row, and ours against it; the row of ours holds the most memory that the renderer took."""
    if not Path(CHROMIUM).exists():
        return [Row("the same page printed by Chromium", verdict=Verdict("not measured: there is no Chromium"))]
    chromium = Row("the same page printed by a running Chromium, all its processes")
    for wall_ms, cpu_ms, size, peak_mib in printings(job, 1 + rounds)[1:]:
        chromium.add(cpu_ms, wall_ms, round(size))
        chromium.peak_mib = max(peak_mib, chromium.peak_mib or 0)
    return [chromium, *against_chromium(ours, chromium)]


def against_chromium(ours: Row, chromium: Row) -> list[Row]:
    times = ours.wall / chromium.wall
    rows = [Row("first PDF beside Chromium: wall time", verdict=Verdict(f"{times:.2f} ×", "≤ 1 ×", times <= 1))]
    if ours.peak_mib and chromium.peak_mib:
        share = ours.peak_mib / chromium.peak_mib
        verdict = Verdict(f"{share:.2f} ×", f"≤ {MOST_MEMORY:g} ×", share <= MOST_MEMORY)
        rows.append(Row("first PDF beside Chromium: most memory", verdict=verdict))
    return rows


def printings(job: PrintJob, times: int) -> list[list[float]]:
    """In a process of its own, so that what drives the browser is no part of what is measured here."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(page_of(job), encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.browser_print", page.as_uri(), str(times)]
        told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    printed: list[list[float]] = json.loads(told)
    return printed


def page_of(job: PrintJob) -> str:
    """With its style sheet and fonts inside: a browser takes no font from another file."""
    css = f"{job.css}\n@page {{ size: {job.paper.value} }}"
    for name, path in job.fonts.items():
        font = base64.b64encode(path.read_bytes()).decode()
        css = css.replace(f'"qmm:{name}"', f'"data:font/ttf;base64,{font}"')
    return job.html.replace("</head>", f"<style>{css}</style></head>", 1)
