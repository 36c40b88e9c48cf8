"""What runs in the process of the renderer beside the product's own: reference (iii), and counting pages."""

from io import BytesIO

import pikepdf
from weasyprint import HTML


def render_plain(html: str) -> bytes:
    """With the library's own defaults."""
    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)
