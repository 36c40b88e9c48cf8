"""A filled-in workbook read sheet by sheet: rows by code, columns by key; nothing goes by what is shown to people."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from assessments.workbook import layout
from assessments.workbook.cells import Cell, SheetCells, address, read_sheets
from assessments.workbook.filled import BadCell, Filled, FilledRow, Passport
from assessments.workbook.refusals import Refused
from assessments.workbook.rows import Row, read_row

NOT_OURS = (
    "This workbook was not written by this product, or its first sheet was changed: what it belongs to cannot be told. "
    "Download the workbook from the assessment and copy your answers into it."
)
OTHER_LAYOUT = "This workbook has another layout ({}) than this version of the product reads ({}). Download it anew."
LONGEST_SHOWN = 80
LONGEST_IN_PASSPORT = 500  # it may come back in a message


def read_workbook(content: bytes, codes: Collection[str], areas: Collection[str]) -> Filled:
    """`codes` of the sub-elements and `areas` that the questionnaire has. Raise Refused for any other file."""
    sheets = read_sheets(content)
    passport = _passport(sheets)
    found = _Found(codes)
    for sheet in sheets:
        keys = _key_row(sheet)
        if keys is not None:
            found.take(sheet, *keys)
        elif sheet.title in areas:
            found.complain(sheet, 1, 1, "", _without_keys(sheet.title))
        elif not _is_start(sheet):
            found.notices.append(f"The sheet “{sheet.title[:31]}” is not part of the questionnaire and was not read.")
    return Filled(passport, tuple(found.rows), tuple(found.bad), tuple(found.notices), frozenset(found.seen))


def _passport(sheets: Iterable[SheetCells]) -> Passport:
    """What the first sheet says the workbook is, wherever that sheet stands now and whatever it is called."""
    for sheet in sheets:
        if _is_start(sheet):
            values = _start_values(sheet)
            if values.get("format") != layout.FORMAT:
                raise Refused(OTHER_LAYOUT.format(values.get("format", "")[:LONGEST_SHOWN], layout.FORMAT))
            wanted = [key for key in layout.PASSPORT if key != "format"]
            return Passport(**{key: values.get(key, "")[:LONGEST_IN_PASSPORT] for key in wanted})
    raise Refused(NOT_OURS)


def _is_start(sheet: SheetCells) -> bool:
    values = _start_values(sheet)
    return "format" in values and "assessment" in values


def _start_values(sheet: SheetCells) -> dict[str, str]:
    rows = [row for row in sheet.rows.values() if 1 in row and row[1].text in layout.PASSPORT]
    return {row[1].text: row[layout.PASSPORT_VALUE].text for row in rows if layout.PASSPORT_VALUE in row}


def _key_row(sheet: SheetCells) -> tuple[int, dict[str, list[int]]] | None:
    """The row that names the columns, with the places of each key; None in a sheet without one."""
    for number, row in sheet.rows.items():
        if {layout.CODE, layout.STATE} <= {cell.text for cell in row.values()}:
            places: dict[str, list[int]] = {}
            for cell in row.values():
                places.setdefault(cell.text, []).append(cell.column)
            return number, places
    return None


def _without_keys(title: str) -> str:
    return (
        f"The hidden first row of the sheet “{title}”, which names its columns, is missing. "
        "Copy your answers into a freshly downloaded workbook."
    )


@dataclass
class _Found:
    """What the sheets have given so far."""

    codes: Collection[str]
    rows: list[FilledRow] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)  # the address at which each code was met first

    def take(self, sheet: SheetCells, key_row: int, places: dict[str, list[int]]) -> None:
        if faults := list(_column_faults(places)):
            for column, message in faults:
                self.complain(sheet, key_row, column, "", message)
            self.seen |= dict.fromkeys(self._codes_in(sheet, places), "")
            return
        columns = {key: places[key][0] for key in layout.READ}
        strays: set[int] = set()
        for number, cells in sheet.rows.items():
            code = cells.get(columns[layout.CODE])
            if number == key_row or (code is not None and code.text == layout.NO_CODE):
                continue
            if code is not None:
                self._take_row(sheet, Row(sheet.title, number, columns, cells), code)
                strays |= cells.keys() - {place for each in places.values() for place in each}
            else:
                self._refuse_row_without_code(sheet, columns, cells)
        for column in sorted(strays):
            where = address(key_row, column).rstrip("0123456789")
            self.notices.append(f"Column {where} of the sheet “{sheet.title[:31]}” is not ours and was not read.")

    def _codes_in(self, sheet: SheetCells, places: dict[str, list[int]]) -> Iterator[str]:
        """Which rows a sheet has that cannot be read as a whole: they are not missing."""
        for cells in sheet.rows.values():
            code = cells.get(places[layout.CODE][0])
            if code is not None and code.text in self.codes:
                yield code.text

    def _take_row(self, sheet: SheetCells, row: Row, code: Cell) -> None:
        if code.text not in self.codes:
            message = f"There is no sub-element “{code.text[:40]}” in this questionnaire. Remove the row."
            self.complain(sheet, code.row, code.column, code.text, message, layout.CODE)
        elif code.text in self.seen:
            before = self.seen[code.text]
            message = f"{code.text} stands in the workbook twice, first in {before}. Keep one of the two rows."
            self.complain(sheet, code.row, code.column, code.text, message, layout.CODE)
        else:
            self.seen[code.text] = f"{sheet.title}!{address(code.row, code.column)}"
            filled, bad = read_row(row, code.text)
            self.bad += bad
            if filled is not None:
                self.rows.append(filled)

    def _refuse_row_without_code(self, sheet: SheetCells, columns: dict[str, int], cells: dict[int, Cell]) -> None:
        """A row that says something and not of what; empty rows and notes outside our columns are left alone."""
        answered = [cells[place] for key, place in columns.items() if key in layout.FILLED_IN and place in cells]
        if answered:
            cell = answered[0]
            message = "This row has no code of a sub-element, so nobody can tell what it answers. Move it to its row."
            self.complain(sheet, cell.row, columns[layout.CODE], cell.text, message, layout.CODE)

    def complain(self, sheet: SheetCells, row: int, column: int, says: str, message: str, key: str = "") -> None:
        label = layout.label_of(key) if key else ""
        self.bad.append(BadCell(sheet.title[:31], address(row, column), label, says[:LONGEST_SHOWN], message))


def _column_faults(places: dict[str, list[int]]) -> Iterator[tuple[int, str]]:
    """Without every column that is read, an answer that is not there would look like one taken back."""
    missing = [key for key in layout.READ if key not in places]
    if missing:
        named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        yield 1, f"Columns are missing: {named}. Copy your answers into a freshly downloaded workbook."
    for key in layout.READ:
        for column in places.get(key, [])[1:]:
            yield column, f"The column {key} is there twice. Remove one of the two."
