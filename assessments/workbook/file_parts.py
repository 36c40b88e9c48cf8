"""XlsxWriter as we need it: in memory, the same bytes for the same content, and every text kept as it was typed."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from assessments.workbook.escapes import escaped, without_unwritable

MOST_IN_A_CELL = 32_767  # as spreadsheet programs count: an emoji is two


class _PlainStrings(SharedStrings):  # type: ignore[misc]
    """The library takes a text like `<r>…</r>` for mark-up of its own, and misses one `_x005F_` of two that meet."""

    def _write_si(self, string: str) -> None:
        self._xml_si_element(escaped(string), [("xml:space", "preserve")])


class _Packager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        strings = _PlainStrings()
        strings.string_table = self.workbook.str_table
        strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        strings._assemble_xml_file()


class PlainWorkbook(Workbook):  # type: ignore[misc]
    """A workbook that becomes bytes; it leaves no file behind, not even for a moment."""

    def __init__(self, *, title: str, written_at: datetime, **properties: str) -> None:
        self._bytes = BytesIO()
        super().__init__(self._bytes, {"in_memory": True})
        texts = {key: without_unwritable(text)[:255] for key, text in {"title": title, **properties}.items()}
        self.set_properties({**texts, "created": written_at.astimezone(UTC).replace(tzinfo=None)})

    def _get_packager(self) -> Any:
        return _Packager()

    def to_bytes(self) -> bytes:
        self.close()
        return self._bytes.getvalue()


def fits_a_cell(text: str) -> bool:
    return len(text.encode("utf-16-le")) // 2 <= MOST_IN_A_CELL


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Always as a text, never as a formula, a number or a link; too much for a cell is refused, never cut off."""
    if not text:
        sheet.write_blank(row, column, None, style)
    elif not fits_a_cell(text) or sheet.write_string(row, column, text, style):
        raise ValueError(f"{len(text):,} characters do not fit into one cell.")
