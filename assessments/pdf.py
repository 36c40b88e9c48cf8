"""From finished HTML to the bytes of a PDF: the only importer of WeasyPrint. It fetches nothing but our own fonts."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pydyf
from weasyprint import CSS, HTML, Attachment, Document, URLFetcher
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from assessments.pdf_job import AttachedReport, PrintJob
from assessments.pdf_letters import FAMILY, box_font, printable, unknown_letters

# Variable fonts carry the time of embedding; a fixed one gives the same bytes each time.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
SCHEME = "qmm:"


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Knows `data:` and the fonts of the job; any other address stops the rendering."""

    def __init__(self, fonts: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"}, fail_on_errors=True)
        self._fonts = fonts

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        font = self._fonts.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if font is not None:
            return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
        return super().fetch(url, headers)


def render_pdf(job: PrintJob) -> bytes:
    """A tagged PDF that meets PDF/A-3a and PDF/UA-1, with the report's data attached if there is one."""
    html = printable(job.html)
    dress = dress_of(job, tuple(unknown_letters(html, job.fonts.values())))
    with rubbish_left():
        pdf: bytes = HTML(string=html, url_fetcher=dress.fetcher, base_url=SCHEME).write_pdf(
            stylesheets=[dress.sheet],
            font_config=dress.fonts,
            finisher=declare_pdf_ua,
            pdf_variant="pdf/a-3a",
            pdf_identifier=job.identifier.encode(),
            attachments=[attachment_of(job.attached)] if job.attached else None,
        )
    return pdf


@contextmanager
def rubbish_left() -> Iterator[None]:
    """Look for dead objects once, at the end: while a document grows nearly all live, and looking takes a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


@dataclass(frozen=True, slots=True)
class Dress:
    """A style sheet with its fonts, as the library has read them."""

    sheet: CSS
    fonts: FontConfiguration
    fetcher: OwnFilesOnly


def dress_of(job: PrintJob, unknown: tuple[int, ...]) -> Dress:
    css = f"{job.css}\n@page {{ size: {job.paper.value} }}"
    files = tuple(job.fonts.items())
    return _made_to_measure(css, files, unknown) if unknown else _kept_dress(css, files)


@lru_cache(maxsize=4)
def _kept_dress(css: str, files: tuple[tuple[str, Path], ...]) -> Dress:
    """Read once for all reports on the same paper."""
    return _dress(css, {name: path.read_bytes() for name, path in files})


def _made_to_measure(css: str, files: tuple[tuple[str, Path], ...], unknown: tuple[int, ...]) -> Dress:
    """With a box for each letter that no font has."""
    face = f'\n@font-face {{ font-family: "{FAMILY}"; src: url("{SCHEME}unknown") }}'
    read = {name: path.read_bytes() for name, path in files}
    return _dress(css + face, read | {"unknown": box_font(unknown)})


def _dress(css: str, files: dict[str, bytes]) -> Dress:
    fetcher, fonts = OwnFilesOnly(files), FontConfiguration()
    return Dress(CSS(string=css, font_config=fonts, url_fetcher=fetcher, base_url=SCHEME), fonts, fetcher)


def attachment_of(report: AttachedReport) -> Attachment:
    return Attachment(
        string=report.data,
        name="report.json",
        description="The report as data",
        created=report.made_at,
        modified=report.made_at,
        relationship="Data",
    )


PDF_UA_METADATA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END_OF_RDF = b"</rdf:RDF>"


def declare_pdf_ua(_document: Document, pdf: pydyf.PDF) -> None:
    """Say in the one rdf:RDF that the file is PDF/UA-1 too, and describe that claim as PDF/A asks."""
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number].stream
    packet = b"\n".join(stream)
    if packet.count(END_OF_RDF) != 1:
        raise ValueError("The metadata of the PDF must hold exactly one rdf:RDF.")
    stream[:] = [packet.replace(END_OF_RDF, PDF_UA_METADATA + END_OF_RDF)]
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog.get("AF", ())))  # WeasyPrint names each file twice
