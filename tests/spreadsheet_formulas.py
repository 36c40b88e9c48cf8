"""The few functions of a spreadsheet that our formulas use, computed in floating point as a spreadsheet does."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

Cells = Mapping[tuple[str, int, int], Any]
TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"]*")|(?P<name>[A-Z]+)(?=\()|
    (?P<place>(?:\w+!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|(?P<sign><=|>=|<>|[-+*/=<>(),]))""",
    re.VERBOSE,
)
SIGNS: list[dict[str, Callable[[Any, Any], Any]]] = [
    {"=": operator.eq, "<": operator.lt, "<=": operator.le},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.truediv},
]


class Computed:
    """A workbook whose formulas are computed when they are asked for; `cells` holds what is written in them."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def value(self, sheet: str, row: int, column: int) -> Any:
        written = self.cells.get((sheet, row, column))
        if isinstance(written, str) and written.startswith("="):
            return _Reader(written[1:], sheet, self).read()
        return written


class _Reader:
    """One formula, read from left to right; what IF does not choose is not computed."""

    def __init__(self, formula: str, sheet: str, book: Computed) -> None:
        self.tokens = list(TOKEN.finditer(formula))
        assert "".join(match[0] for match in self.tokens) == formula, formula
        self.at, self.sheet, self.book = 0, sheet, book

    def read(self) -> Any:
        compute = self._expression(0)
        assert self.at == len(self.tokens)
        return compute()

    def _next(self) -> str:
        return self.tokens[self.at][0].strip() if self.at < len(self.tokens) else ""

    def _take(self) -> re.Match[str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def _expression(self, level: int) -> Callable[[], Any]:
        if level == len(SIGNS):
            return self._single()
        left = self._expression(level + 1)
        while self._next() in SIGNS[level]:
            left = _apply(SIGNS[level][self._take()[0].strip()], left, self._expression(level + 1))
        return left

    def _single(self) -> Callable[[], Any]:
        token = self._take()
        if token["number"]:
            return lambda: float(token["number"])
        if token["text"]:
            return lambda: token["text"][1:-1]
        if token["place"]:
            return lambda: self._place(token["place"])
        if token["name"]:
            self._take()
            arguments = [self._expression(0)]
            while self._take()[0].strip() == ",":
                arguments.append(self._expression(0))
            return lambda: _call(token["name"], arguments)
        assert token[0].strip() == "("
        inner = self._expression(0)
        self._take()
        return inner

    def _place(self, named: str) -> Any:
        sheet, _, place = named.replace("$", "").rpartition("!")
        ends = [xl_cell_to_rowcol(end) for end in place.split(":")]
        (top, left), (bottom, right) = ends[0], ends[-1]
        found = [
            self.book.value(sheet or self.sheet, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return found if ":" in place else found[0]


def _apply(sign: Callable[[Any, Any], Any], left: Callable[[], Any], right: Callable[[], Any]) -> Callable[[], Any]:
    """Of single values; of lists, each by itself, where an empty cell counts as 0."""

    def compute() -> Any:
        one, other = left(), right()
        if not isinstance(one, list) and not isinstance(other, list):
            return sign(one, other)
        length = len(one if isinstance(one, list) else other)
        pairs = zip(*(each if isinstance(each, list) else [each] * length for each in (one, other)), strict=True)
        return [sign(*(0.0 if each is None else each for each in pair)) for pair in pairs]

    return compute


def _numbers(values: Any) -> list[float]:
    listed = values if isinstance(values, list) else [values]
    return [each for each in listed if isinstance(each, float | int) and not isinstance(each, bool)]


def _call(name: str, arguments: list[Callable[[], Any]]) -> Any:
    if name == "IF":
        return arguments[1]() if arguments[0]() else arguments[2]()
    values = [argument() for argument in arguments]
    if name == "ROUND":
        given, digits = values[0], int(values[1])
        return [_round(each, digits) for each in given] if isinstance(given, list) else _round(given, digits)
    if name == "ISNUMBER":
        return [isinstance(each, float | int) for each in values[0]]
    if name == "INT":
        return float(math.floor(values[0]))
    functions: dict[str, Callable[[list[float]], float]] = {
        "COUNT": len,
        "SUM": sum,
        "PRODUCT": math.prod,
        "MIN": min,
        "MAX": max,
        "SUMPRODUCT": sum,
    }
    return functions[name](_numbers(values[0]))


def _round(value: float, digits: int) -> float:
    """Half away from zero, which is what ROUND does."""
    scaled = abs(value) * 10**digits
    return math.copysign(math.floor(scaled + 0.5) / 10**digits, value)
