"""Pure: where in a sheet a cell stands, also where the file leaves that out."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,16}")

SHEET_ROW = ["sheetData", "row"]
SHEET_CELL = ["sheetData", "row", "c"]


@dataclass(slots=True)
class Place:
    """The row and column last met, both counted from 1. What names no place of its own stands behind the one before."""

    row: int = 0
    column: int = 0

    def next_row(self, number: str | None) -> None:
        """Raise ValueError for what is no row below the one before: nobody could tell which of two is meant."""
        if number is not None and not _ROW.fullmatch(number):
            raise ValueError(f"{number[:20]} is not the number of a row")
        row = self.row + 1 if number is None else int(number)
        if row <= self.row:
            raise ValueError(f"Row {row} stands below row {self.row}")
        self.row, self.column = row, 0

    def next_cell(self, address: str | None) -> None:
        """Raise ValueError for what is no cell of this row, right of the one before."""
        column = self.column + 1 if address is None else self._column(address)
        if column <= self.column:
            raise ValueError(f"Column {column} stands right of column {self.column}")
        self.column = column

    def _column(self, address: str) -> int:
        found = _ADDRESS.fullmatch(address)
        if not found or int(found[2]) != self.row:
            raise ValueError(f"{address[:20]} is not a cell of row {self.row}")
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        return column
