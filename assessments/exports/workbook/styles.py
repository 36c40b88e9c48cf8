"""How the cells of the report's workbook look, by what stands in them; the colours are those of the other workbook."""

from dataclasses import dataclass
from typing import Any, Self

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from assessments.workbook.styles import ACCENT, AS_TEXT, HAIRLINE, INK, SOFT, WASH

# Two decimals are shown of a figure, one of a score as it was given; the value behind it is the number itself.
AS_SCORE, AS_FIGURE, AS_EXACT, AS_COUNT, AS_DIFFERENCE = "0.0", "0.00", "0.000000", "0", "+0.00;−0.00;0.00"


@dataclass(frozen=True, slots=True)
class Styles:
    """What a cell may look like, by what it is."""

    heading: Format
    number_heading: Format
    lead: Format
    label: Format
    text: Format
    score: Format
    figure: Format
    own: Format
    exact: Format
    count: Format
    difference: Format
    input: Format

    @classmethod
    def of(cls, workbook: Workbook) -> Self:
        def style(**properties: Any) -> Format:
            base = {"font_name": "IBM Plex Sans", "font_size": 10, "font_color": INK, "valign": "top"}
            ruled = {"bottom": 1, "bottom_color": HAIRLINE}
            return workbook.add_format(base | ruled | properties)

        inset = {"align": "left", "indent": 1}  # or a text would touch the number before it
        heading = {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": WASH, "bottom_color": INK}

        def number(num_format: str, **properties: Any) -> Format:
            return style(num_format=num_format, align="right", **properties)

        return cls(
            heading=style(**heading, **inset),
            number_heading=style(**heading, align="right"),
            lead=style(bold=True, font_size=12, bottom_color=INK, **inset),
            label=style(font_color=SOFT, text_wrap=True, **inset),
            text=style(text_wrap=True, num_format=AS_TEXT, **inset),
            score=number(AS_SCORE),
            figure=number(AS_FIGURE),
            own=number(AS_FIGURE, bold=True, font_color=ACCENT),
            exact=number(AS_EXACT),
            count=number(AS_COUNT),
            difference=number(AS_DIFFERENCE),
            input=number(AS_SCORE, font_color=ACCENT, bg_color=WASH),
        )
