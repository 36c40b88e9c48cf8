"""Reads what comes out, page or file, and tells where a marked text is, whether it is whole, and what it could do."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl import load_workbook

from tests.hostile.texts import MARK

# Attributes that a browser only shows or sends back.
SHOWN = {"value", "title", "aria-label", "alt", "content", "placeholder"}
RUN = {"script", "style"}
FORMULA = re.compile(r"[ \n]*[=+\-@\t\r＝＋－＠]")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}


class Page(HTMLParser):
    """A page of HTML: the texts that hold the mark, and where it stands otherwise."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.dangers: list[str] = []
        self._tag = ""
        self._text = ""
        self.feed(html)
        self.close()
        self._end_of_text()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_of_text()
        self._tag = tag
        for name, value in attrs:
            if MARK in name or (MARK in (value or "") and not (name in SHOWN or name.startswith("data-"))):
                self.dangers.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        self._end_of_text()
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag in RUN and MARK in data:
            self.dangers.append(data)
        self._text += data

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.dangers.append(data)

    def _end_of_text(self) -> None:
        if MARK in self._text:
            self.texts.append(on_one_line(self._text))
        self._text = ""


def on_one_line(text: str) -> str:
    """As a browser shows it."""
    return " ".join(text.split())


def is_whole(shown: str, text: str) -> bool:
    """Whether what is shown has all of the text, or is an excerpt that says so."""
    line, shown = (normalize("NFC", each) for each in (on_one_line(text), shown))  # an excerpt composes its letters
    return line in shown or (shown.endswith("…") and line.startswith(shown[:-1]))


def cells_of_csv(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def strings_of_json(content: bytes | str) -> list[str]:
    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from walk(each)

    return list(walk(json.loads(content)))


def cells_of_workbook(content: bytes) -> list[tuple[str, str]]:
    """The kind of each cell that is filled in, and what stands in it."""
    book = load_workbook(BytesIO(content))
    return [
        (cell.data_type, str(cell.value))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def paragraphs_of_document(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
    return [
        "".join(LETTERS.get(part.tag, part.text or "") for part in paragraph.iter() if part.tag in {f"{W}t", *LETTERS})
        for paragraph in body.iter(f"{W}p")
    ]
