"""Small files that would keep a server busy for seconds or fill its memory, were they read as they ask to be."""

import re
from collections.abc import Callable

from assessments.workbook import limits, refusals
from tests.assessments.workbook.hostile import FAR, SOUND, formula, in_sheet, part, replaced
from tests.assessments.workbook.made_up import with_parts

BARS = "a|" * 40_000
ESCAPES = "_x0041_" * 40_000
ATTRIBUTES = " ".join(f'a{n}=""' for n in range(20_000))
BOOK, STYLES, TEXTS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"


def number_format(code: str, times: int = 1) -> bytes:
    """As the first format of the styles, which the first style uses."""

    def change(parts: dict[str, bytes]) -> None:
        formats = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/>' + "<numFmt/>" * (times - 1) + "</numFmts>"
        text = re.sub(r"<numFmts.*</numFmts>", "", parts[STYLES].decode(), flags=re.DOTALL)
        text = text.replace("<fonts", f"{formats}<fonts", 1)
        parts[STYLES] = re.sub(r'(<cellXfs.*?numFmtId=)"\d+"', r'\1"200"', text, count=1, flags=re.DOTALL).encode()

    return with_parts(SOUND, change)


def defined_name(text: str) -> bytes:
    return replaced(BOOK, "</definedNames>", f'<definedName name="a">{text}</definedName></definedNames>')


def listed_again(times: int, key: Callable[[int], str], target: str = "") -> bytes:
    """The workbook with more sheets, each found by a key; `x` leads to the target."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"

    def change(parts: dict[str, bytes]) -> None:
        sheets = "".join(f'<sheet name="x{n}" sheetId="{n + 100}" r:id="{key(n)}"/>' for n in range(times))
        link = f'<Relationship Id="x" Type="{kind}" Target="{target}"/>' if target else ""
        parts[BOOK] = parts[BOOK].replace(b"</sheets>", f"{sheets}</sheets>".encode())
        parts[RELATIONSHIPS] = parts[RELATIONSHIPS].replace(b"</Relationships>", f"{link}</Relationships>".encode())

    return with_parts(SOUND, change)


def as_part(inside: str) -> bytes:
    return part("xl/x.xml", f"<x>{inside}</x>")


# What it is: the file, and how the message begins.
FILES: dict[str, tuple[bytes, str]] = {
    "a formula of bars": (formula(BARS), refusals.LONG_FORMULA),
    "a formula in pieces": (formula("<!-- -->a|" * 5000), refusals.LONG_FORMULA),
    "a formula with elements": (formula("a|<x/>" * 5000), refusals.LONG_FORMULA),
    "a text with elements": (
        replaced(TEXTS, "</sst>", f"<si><t><t/>{ESCAPES}</t></si></sst>"),
        refusals.LONG_TEXT,
    ),
    "a formula one letter too long": (formula("A" * (limits.LONGEST_FORMULA + 1)), refusals.LONG_FORMULA),
    "a defined name of bars": (defined_name(BARS), refusals.LONG_FORMULA),
    "a print area of letters": (
        replaced(BOOK, "</definedNames>", f'<definedName name="_xlnm.Print_Area">{BARS}</definedName></definedNames>'),
        refusals.LONG_FORMULA,
    ),
    "a number format of brackets": (number_format("[" * 40_000), refusals.LONG_NUMBER_FORMAT),
    "a number format one letter too long": (number_format("0" * 256), refusals.LONG_NUMBER_FORMAT),
    "number formats without number": (number_format("0", 1001), refusals.TOO_MUCH),
    "a text of escapes": (replaced(TEXTS, "</sst>", f"<si><t>{ESCAPES}</t></si></sst>"), refusals.LONG_TEXT),
    "a text in a cell": (
        in_sheet(f'<row r="9"><c r="A9" t="inlineStr"><is><t>{ESCAPES}</t></is></c></row>'),
        refusals.LONG_TEXT,
    ),
    "a number of digits": (in_sheet(f'<row r="9"><c r="A9"><v>{"9" * 260_000}</v></c></row>'), refusals.LONG_TEXT),
    "a tag without end": (as_part(f'<y a="{"y" * limits.MEGABYTE}"/>'), refusals.TOO_MUCH),
    "a comment without end": (as_part(f"<!--{'y' * limits.MEGABYTE}-->"), refusals.TOO_MUCH),
    "attributes without number": (
        as_part(f"<y {ATTRIBUTES}/>" * 26),
        refusals.TOO_MUCH,
    ),
    "line ends without number": (as_part("\n" * (limits.MOST_BREAKS + 1)), refusals.TOO_MUCH),
    "escaped letters without number": (as_part("&#10;" * (limits.MOST_BREAKS + 1)), refusals.TOO_MUCH),
    "comments without number": (as_part("<!---->" * (limits.MOST_BREAKS + 1)), refusals.TOO_MUCH),
    "instructions without number": (as_part("<?a?>" * (limits.MOST_ELEMENTS + 1)), refusals.TOO_MUCH),
    "a filled cell below the last row": (in_sheet('<row r="501"><c r="A501"><v>1</v></c></row>'), FAR),
    "a filled cell right of the last column": (in_sheet('<row r="9"><c r="KO9"><v>1</v></c></row>'), FAR),
    "filled cells without addresses": (in_sheet('<row r="9">' + "<c><v>1</v></c>" * 301 + "</row>"), FAR),
    "filled rows without addresses": (in_sheet('<row r="499"/>' + "<row><c><v>1</v></c></row>" * 2), FAR),
}
# These are let in, and refused when it is known how the parts belong together, before a sheet is read.
BOOKS: dict[str, tuple[bytes, str]] = {
    "the same sheet a thousand times": (listed_again(1000, lambda _: "rId2"), refusals.SAME_SHEET),
    "the same sheet twice": (listed_again(1, lambda _: "rId2"), refusals.SAME_SHEET),
    "more sheets than may be": (listed_again(30, lambda n: f"x{n}"), refusals.MANY_SHEETS),
    "the same part by another name": (listed_again(1, lambda _: "x", "worksheets/sheet2.xml"), refusals.SAME_SHEET),
    "the same part by another way": (
        listed_again(1, lambda _: "x", "/xl/theme/../worksheets/./sheet2.xml"),
        refusals.SAME_SHEET,
    ),
    "a sheet that was not looked through": (listed_again(1, lambda _: "x", "media/sheet.bin"), refusals.DAMAGED),
}
# These are let in and cannot be: nobody could tell what is meant.
SHEETS: dict[str, bytes] = {
    "a row twice": in_sheet('<row r="9"/><row r="9"/>'),
    "a row above the one before": in_sheet('<row r="10"/><row r="9"/>'),
    "a cell twice": in_sheet('<row r="9"><c r="A9"/><c r="A9"/></row>'),
    "a cell left of the one before": in_sheet('<row r="9"><c r="B9"/><c r="A9"/></row>'),
    "a cell of another row": in_sheet('<row r="9"><c r="A8"/></row>'),
    "a number of too many digits": in_sheet(f'<row r="9"><c r="A9"><v>{"9" * 65}</v></c></row>'),
    "a text counted backwards": in_sheet('<row r="9"><c r="A9" t="s"><v>-1</v></c></row>'),
    "a style that is not there": in_sheet('<row r="9"><c r="A9" s="9999"><v>1</v></c></row>'),
}
# What spreadsheet programs write of their own accord, and what is as long as may be.
HARMLESS: dict[str, bytes] = {
    "a formula as long as may be": formula("A" * limits.LONGEST_FORMULA),
    "a name as long as may be": defined_name("A" * limits.LONGEST_FORMULA),
    "a number format as long as may be": number_format("[" * limits.LONGEST_NUMBER_FORMAT),
    "rows with nothing in them to the very last": in_sheet('<row r="9" ht="15"/><row r="1048576" ht="15"/>'),
    "cells with nothing in them to the very last": in_sheet('<row r="9"><c r="XFD9" s="1"/></row>'),
    "a filled cell in the last row": in_sheet('<row r="500"><c r="A500"><v>1</v></c></row>'),
    "a filled cell in the last column": in_sheet('<row r="9"><c r="KN9"><v>1</v></c></row>'),
    "cells without addresses": in_sheet('<row><c/><c t="str"><v>note</v></c></row>'),
}
