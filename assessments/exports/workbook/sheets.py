"""A sheet as a table: its columns, its rows, and how it is frozen, sized and printed; what stands in it is not its."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessments.exports.workbook.styles import Styles
from assessments.workbook.escapes import without_unwritable
from assessments.workbook.file_parts import write_text
from assessments.workbook.styles import A4, height_for

HEADING_ROW, FIRST_ROW = 0, 1
MOST_IN_FOOT = 100


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with what it gives, for those who read without computing; None where it shows nothing."""

    text: str
    value: Decimal | Fraction | int | None


Value = str | Decimal | Fraction | int | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `style` names a style of `Styles`."""

    heading: str
    width: int
    style: str = "text"

    @property
    def heading_style(self) -> str:
        return "heading" if self.style in ("text", "label") else "number_heading"


def write_table(sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]], styles: Styles) -> None:
    """Headings in the first row, which stays in sight, then a row each, as high as its texts need."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        write_text(sheet, HEADING_ROW, place, column.heading, getattr(styles, column.heading_style))
    sheet.set_row(HEADING_ROW, height_for((column.heading, column.width) for column in columns))
    for number, row in enumerate(rows, start=FIRST_ROW):
        texts = [(value, column.width) for value, column in zip(row, columns, strict=True) if isinstance(value, str)]
        sheet.set_row(number, height_for([*texts, ("", 1)]))
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            write_value(sheet, number, place, value, getattr(styles, column.style))


def write_value(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """A text as a text, a number as a number, a formula with its value; None as an empty cell."""
    if value is None or isinstance(value, str):
        write_text(sheet, row, column, value or "", style)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, style, "" if value.value is None else float(value.value))
    else:
        sheet.write_number(row, column, float(value), style)


def set_up(sheet: Worksheet, *, names: int = 1, across: int = 1, down: int = 0, foot: str = "") -> None:
    """A4 landscape, so many pages `across` and `down`; 0 are as many as it takes at full size.

    Headings stay in sight and are on every page, as are the first columns with names.
    """
    sheet.freeze_panes(FIRST_ROW, names)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.repeat_rows(HEADING_ROW)
    if across > 1:
        sheet.repeat_columns(0, names - 1)
    if across:
        sheet.fit_to_pages(across, down)
    plain = without_unwritable(foot)[:MOST_IN_FOOT].replace("&", "&&")
    sheet.set_footer(f"&L&8&A&C&8{plain}&R&8&P / &N")
