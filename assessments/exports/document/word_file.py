"""A Word document in Word's own styles, the same bytes for the same content; it alone knows python-docx."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from assessments.workbook.escapes import without_unwritable

FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # of the parts of the file, which must not say when it was packed
LONGEST_PROPERTY = 255
LONGEST_UNBROKEN = 300  # letters in a row that is not torn by the end of a page
A4_WIDTH, A4_HEIGHT, MARGIN = Mm(210), Mm(297), Mm(22)
NORMAL, BULLET, CAPTION, SUBTITLE = "Normal", "List Bullet", "Caption", "Subtitle"
HEADINGS = ("Title", "Heading 1", "Heading 2")
STYLES = (BULLET, CAPTION, SUBTITLE, *HEADINGS)
GRID = "Table Grid"
BALLAST = ("/thumbnail", "/stylesWithEffects")
# What may follow `w:bidi` in the properties of a paragraph: the format fixes the order.
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of a cell: its text, after a label in bold where there is one."""

    text: str
    label: str = ""
    style: str = NORMAL


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table and its part of the width."""

    heading: str
    part: int = 1


class WordFile:
    """A document that grows from top to bottom. Every text is a text: nothing in it is mark-up, a field or a link.

    The only fields are those that number the pages, at the foot.
    """

    def __init__(
        self, *, title: str, author: str, subject: str, keywords: str, foot: str, written_at: datetime
    ) -> None:
        self._document = Document()
        self._style_ids = {name: self._document.styles[name].style_id for name in STYLES}
        self._set_page()
        self._set_language()
        self._drop_ballast()
        self._document.styles[CAPTION].paragraph_format.keep_with_next = True  # with the table beneath it
        self._write_foot(foot)
        made = written_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties = self._document.core_properties
        properties.title, properties.author, properties.subject, properties.keywords = (
            without_unwritable(text)[:LONGEST_PROPERTY] for text in (title, author, subject, keywords)
        )
        properties.created = properties.modified = made
        properties.last_modified_by = properties.author
        properties.comments = ""
        properties.language = "en-GB"

    def heading(self, text: str, level: int) -> None:
        """Level 0 is the title."""
        self.paragraph(text, HEADINGS[level])

    def paragraph(self, text: str, style: str = NORMAL, label: str = "") -> None:
        self._fill(self._document.add_paragraph(), Text(text, label, style))

    def table(self, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str | Sequence[Text]]]) -> None:
        """The caption above, the headings again on every page."""
        self.paragraph(caption, CAPTION)
        table = self._document.add_table(1, len(columns), GRID)
        table.autofit = False
        _repeat_first_row(table)
        parts = sum(column.part for column in columns)
        widths = [Length((A4_WIDTH - 2 * MARGIN) * column.part // parts) for column in columns]
        for drawn, width in zip(table.columns, widths, strict=True):
            drawn.width = width
        self._fill_row(table, 0, [[Text("", label=column.heading)] for column in columns], widths)
        for cell in table.rows[0].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for number, row in enumerate(rows, start=1):
            table.add_row()
            self._fill_row(table, number, row, widths)
            if sum(len(text.text) for content in row for text in _texts(content)) <= LONGEST_UNBROKEN:
                table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self._document.add_paragraph()

    def _fill_row(
        self, table: Table, number: int, row: Sequence[str | Sequence[Text]], widths: Sequence[Length]
    ) -> None:
        for cell, content, width in zip(table.rows[number].cells, row, widths, strict=True):
            cell.width = width
            for place, text in enumerate(_texts(content)):  # a cell has one empty paragraph from the start
                self._fill(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), text)

    def _fill(self, paragraph: Paragraph, content: Text) -> None:
        """Line breaks stay line breaks inside the paragraph."""
        if content.style != NORMAL:
            # Not by its name, as the library offers: it would read all styles for every paragraph.
            paragraph._p.style = self._style_ids[content.style]
        if content.label:
            paragraph.add_run(without_unwritable(content.label)).bold = True
        text = without_unwritable(_LINE_END.sub("\n", content.text))
        if text:
            paragraph.add_run(f" {text}" if content.label else text)
        if _reads_from_the_right(content.text):
            paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)

    def _write_foot(self, foot: str) -> None:
        footer = self._document.sections[0].footer
        self._fill(footer.paragraphs[0], Text(foot))
        numbered = footer.add_paragraph(style=footer.paragraphs[0].style)
        for word, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            numbered.add_run(word)
            numbered._p.append(OxmlElement("w:fldSimple", {qn("w:instr"): field}))

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = A4_WIDTH, A4_HEIGHT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN

    def _set_language(self) -> None:
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), "en-GB")

    def _drop_ballast(self) -> None:
        """The library's template comes with a picture of its own empty page, and all styles again for Word 2010."""
        for part in (self._document.part.package, self._document.part):
            for key in [key for key, each in part.rels.items() if each.reltype.endswith(BALLAST)]:
                del part.rels[key]

    def to_bytes(self) -> bytes:
        packed, page = BytesIO(), BytesIO()
        self._document.save(packed)
        with ZipFile(packed) as parts, ZipFile(page, "w") as archive:
            for name in parts.namelist():
                archive.writestr(ZipInfo(name, FIRST_DATE), parts.read(name), ZIP_DEFLATED)
        return page.getvalue()


def _reads_from_the_right(text: str) -> bool:
    """Whether the first letter that has a direction belongs to a script that is read from the right."""
    directions = map(unicodedata.bidirectional, text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def _texts(content: str | Sequence[Text]) -> Sequence[Text]:
    return [Text(content)] if isinstance(content, str) else content


def _repeat_first_row(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
