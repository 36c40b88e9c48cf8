"""How the cells of a workbook look: one type scale, hairlines, a wash on what stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any, Self

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

INK = "#1b1f24"
SOFT = "#565d66"
HAIRLINE = "#d9d5cb"
WASH = "#f6f4ef"
ACCENT = "#0b5d7a"  # only ever means "you"
A4 = 9
AS_TEXT = 49  # "@": what is typed stays text: "=see SOP 12" is no formula and 3-5 is no date
# A second decimal is shown where someone has typed one: the score is refused, and must not look like another.
AS_SCORE = "0.0#"
LINE_HEIGHT = 13.5
HIGHEST_ROW = 409  # more is not possible


def height_for(texts: Iterable[tuple[str, int]]) -> float:
    """Of a row, so that its texts are seen whole in columns this wide; not every program works that out by itself."""
    lines = max(sum(max(1, ceil(len(line) / width / 1.1)) for line in text.split("\n")) for text, width in texts)
    return min(HIGHEST_ROW, LINE_HEIGHT * lines + 4)


@dataclass(frozen=True, slots=True)
class Styles:
    """What a cell may look like, by what it is."""

    title: Format
    heading: Format
    your_heading: Format
    lead: Format
    soft: Format
    name: Format
    rubric: Format
    text: Format
    word: Format
    score: Format
    pair_label: Format
    pair_value: Format
    machine: Format

    @classmethod
    def of(cls, workbook: Workbook) -> Self:
        def style(**properties: Any) -> Format:
            base = {"font_name": "IBM Plex Sans", "font_size": 10, "font_color": INK, "valign": "top"}
            return workbook.add_format(base | properties)

        inset = {"align": "left", "indent": 1}
        ruled = inset | {"bottom": 1, "bottom_color": HAIRLINE}
        framed = {"border": 1, "border_color": HAIRLINE, "locked": False}
        inside = framed | inset | {"num_format": AS_TEXT}
        heading = {
            "font_size": 9,
            "align": "left",
            "indent": 1,
            "text_wrap": True,
            "valign": "bottom",
            "bottom": 1,
            "bottom_color": INK,
        }
        return cls(
            title=style(font_size=20, bold=True, valign="vcenter", **inset),
            heading=style(font_color=SOFT, **heading),
            your_heading=style(font_color=ACCENT, bold=True, **heading),
            lead=style(font_size=12, bold=True, **inset),
            soft=style(font_color=SOFT, **inset),
            name=style(bold=True, text_wrap=True, bg_color=WASH, **ruled),
            rubric=style(font_size=9, text_wrap=True, bg_color=WASH, **ruled),
            text=style(text_wrap=True, **inside),
            word=style(**inside),
            score=style(num_format=AS_SCORE, align="center", **framed),
            pair_label=style(font_color=SOFT, text_wrap=True, **ruled),
            pair_value=style(text_wrap=True, **ruled),
            machine=style(font_size=8, font_color=SOFT),
        )
