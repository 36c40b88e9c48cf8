"""What runs in the process of the renderer: reference (iii), and a clock around it and around ours."""

import resource
from collections.abc import Callable
from typing import Any

from weasyprint import HTML


def timed(render: Callable[[Any], bytes], given: object) -> tuple[bytes, float]:
    """What was rendered, and the CPU time that this took, in milliseconds."""
    before = _cpu_ms()
    return render(given), _cpu_ms() - before


def render_plain(html: str) -> bytes:
    """With the library's own defaults."""
    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


def _cpu_ms() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used) * 1000
