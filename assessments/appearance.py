"""What PDFs depend on beside their content: our code, templates and style sheets, and the renderer; as one digest."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from assessments.pdf_job import Paper


@cache
def style_sheet(name: str) -> str:
    return (Path(settings.BASE_DIR) / "static" / "css" / name).read_text(encoding="utf-8")


def digest_of(content: object, paper: Paper, *, sheet: str, templates: tuple[str, ...]) -> str:
    """Equal exactly when the PDF would say and look the same; the content says in its repr() all that it is."""
    told = repr((content, paper, appearance_digest(sheet, templates)))
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


@cache
def appearance_digest(sheet: str, templates: tuple[str, ...]) -> str:
    """Of a style sheet, of folders of templates, and of what stands behind all of them."""
    digest = hashlib.sha256(f"weasyprint {version('weasyprint')} {style_sheet(sheet)}".encode())
    for file in sorted(_sources(templates)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(templates: tuple[str, ...]) -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    yield base / "templates" / "_fictional.html"
    for folder in templates:
        yield from (base / "templates" / folder).iterdir()
    for modules in ("assessments", "assessments/exports", "benchmarks"):
        yield from (base / modules).glob("*.py")
