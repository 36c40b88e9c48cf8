"""Files that nobody should be able to import: not workbooks, dangerous ones, too large ones, damaged ones."""

import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from assessments.entries import Entry
from assessments.models import AnswerState
from assessments.workbook import limits, refusals
from assessments.workbook.reading import NOT_OURS
from tests.assessments.workbook.made_up import edited, with_parts, written

SOUND = written(Entry(state=AnswerState.UNKNOWN, rationale="seen"), Entry())
SHEET = "xl/worksheets/sheet2.xml"
TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LINK = "This workbook takes something from another file or program"
FAR = refusals.FAR_AWAY.partition("{")[0]
MANY = 25 * limits.MEGABYTE


def part(name: str, content: bytes | str) -> bytes:
    """The sound workbook with one part more, or another one."""
    return with_parts(
        SOUND, lambda parts: parts.update({name: content if isinstance(content, bytes) else content.encode()})
    )


def without(name: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return with_parts(SOUND, change)


def replaced(name: str, before: str, after: str) -> bytes:
    """The sound workbook with a piece of a part exchanged."""

    def change(parts: dict[str, bytes]) -> None:
        text = parts[name].decode()
        assert before in text, f"{name} has no {before}"
        parts[name] = text.replace(before, after, 1).encode()

    return with_parts(SOUND, change)


def in_sheet(row: str) -> bytes:
    """A row more, as XML."""
    return replaced(SHEET, "</sheetData>", f"{row}</sheetData>")


def formula(text: str) -> bytes:
    return in_sheet(f'<row r="9"><c r="A9"><f>{text}</f></c></row>')


def relationship(kind: str, target: str) -> bytes:
    entry = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
    return replaced("xl/_rels/workbook.xml.rels", "</Relationships>", f"{entry}</Relationships>")


def archive_of(parts: dict[str, bytes | str], compression: int = ZIP_DEFLATED) -> bytes:
    page = BytesIO()
    with ZipFile(page, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return page.getvalue()


def twice(name: str) -> bytes:
    page = BytesIO(SOUND)
    with ZipFile(page, "a") as archive:
        archive.writestr(ZipInfo(name.upper()), b"<x/>")
    return page.getvalue()


def lying_about_its_size() -> bytes:
    """The directory says ten bytes, what comes out are many."""
    content = bytearray(part("xl/media/image1.bin", b"\0" * MANY))
    claimed = struct.pack("<I", MANY)
    assert content.count(claimed) == 2
    return bytes(content).replace(claimed, struct.pack("<I", 10))


def locked_zip() -> bytes:
    """Every part marked as encrypted, where the archive lists them."""
    content = bytearray(SOUND)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def with_a_flipped_byte() -> bytes:
    content = bytearray(SOUND)
    start = content.find(b"xl/worksheets/sheet2.xml") + 200
    content[start] ^= 0xFF
    return bytes(content)


def other_workbook(change: Callable[[Any], None] = lambda _: None) -> bytes:
    book, page = Workbook(), BytesIO()
    change(book)
    book.save(page)
    return page.getvalue()


def many_sheets(book: Any) -> None:
    for number in range(60):
        book.create_sheet(f"Sheet {number}")


def far_down(book: Any) -> None:
    book["MCQ"]["A4000"] = "x"


def far_right(book: Any) -> None:
    book["MCQ"]["XFD5"] = "x"


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]><x>&a9;</x>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

# What it is: the file, and how the message begins.
FILES: dict[str, tuple[bytes, str]] = {
    "a sentence": (b"Dear all, please find attached", refusals.NOT_A_WORKBOOK),
    "CSV": (b"sub_element,score\r\ncapa,3.5\r\n", refusals.NOT_A_WORKBOOK),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, refusals.NOT_A_WORKBOOK),
    "a PDF": (b"%PDF-1.7\n", refusals.NOT_A_WORKBOOK),
    "HTML named .xlsx": (b"<html><table><tr><td>3.5</td></tr></table></html>", refusals.NOT_A_WORKBOOK),
    "XML of Excel 2003": (b'<?xml version="1.0"?><Workbook/>', refusals.NOT_A_WORKBOOK),
    "an old .xls": (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), refusals.OLD_FORMAT),
    "a workbook with a password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), refusals.LOCKED),
    "a zip of something else": (archive_of({"readme.txt": "hello"}), refusals.NOT_A_WORKBOOK),
    "a zip with nothing in it": (archive_of({}), refusals.NOT_A_WORKBOOK),
    "a Word document": (archive_of({TYPES: "<Types/>", "word/document.xml": "<x/>"}), refusals.NOT_A_WORKBOOK),
    "an OpenDocument": (
        archive_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "This is an OpenDocument file.",
    ),
    "a binary workbook": (archive_of({TYPES: "<Types/>", "xl/workbook.bin": b"\0"}), refusals.BINARY),
    "the start of a zip only": (b"PK\x03\x04" + b"\0" * 40, refusals.DAMAGED),
    "a locked zip": (locked_zip(), refusals.LOCKED),
    "macros": (part("xl/vbaProject.bin", b"\0"), refusals.MACROS),
    "macros in an odd place": (part("custom/VBAPROJECT.BIN", b"\0"), refusals.MACROS),
    "a macro sheet of 1992": (part("xl/macrosheets/sheet1.xml", "<x/>"), refusals.MACROS),
    "a control": (part("xl/activeX/activeX1.xml", "<x/>"), refusals.MACROS),
    "the type of an .xlsm": (
        replaced(TYPES, "spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml"),
        refusals.MACROS,
    ),
    "a relationship to macros": (relationship("vbaProject", "a.bin"), LINK),
    "an external link": (part("xl/externalLinks/externalLink1.xml", "<externalLink/>"), LINK),
    "a link to a program": (part("xl/x.xml", '<x:externalLink xmlns:x="a"><x:ddeLink/></x:externalLink>'), LINK),
    "an external relationship": (relationship("attachedTemplate", "http://evil.example/a"), LINK),
    "a relationship to a share": (relationship("image", "file://///evil.example/a.png"), LINK),
    "a data connection": (part("xl/connections.xml", "<connections/>"), LINK),
    "a query": (part("xl/queryTables/queryTable1.xml", "<x/>"), LINK),
    "an embedded object": (part("xl/embeddings/oleObject1.bin", b"\0"), LINK),
    "a formula of another workbook": (formula("[1]Sheet1!A1"), LINK),
    "a formula of a file": (formula("'C:\\[a.xlsx]S 1'!A1"), LINK),
    "a formula of a program": (formula("cmd|'/c calc'!A0"), LINK),
    "a name of another workbook": (
        replaced("xl/workbook.xml", "</definedNames>", '<definedName name="a">[1]S!$A$1</definedName></definedNames>'),
        LINK,
    ),
    "definitions": (part("xl/x.xml", f"{DOCTYPE}<x>&a;</x>"), refusals.ENTITIES),
    "definitions in a sheet": (part(SHEET, f"{DOCTYPE}<worksheet/>"), refusals.ENTITIES),
    "definitions in UTF-16": (part("xl/x.xml", f"{DOCTYPE}<x/>".encode("utf-16")), refusals.ENTITIES),
    "definitions in the types": (part(TYPES, f"{DOCTYPE}<Types/>"), refusals.ENTITIES),
    "a billion laughs": (part("xl/sharedStrings.xml", LAUGHS), refusals.ENTITIES),
    "a definition from a file": (part("docProps/core.xml", OUTSIDE), refusals.ENTITIES),
    "a bomb of spaces": (part("xl/x.xml", b"<x>" + b" " * MANY + b"</x>"), refusals.TOO_MUCH),
    "a bomb beside the sheets": (part("xl/media/image1.png", b"\0" * MANY), refusals.TOO_MUCH),
    "a bomb of many parts": (
        archive_of({TYPES: "", "xl/workbook.xml": "", **{f"xl/{n}": "" for n in range(400)}}),
        refusals.TOO_MUCH,
    ),
    "a bomb in portions": (
        with_parts(SOUND, lambda parts: parts.update({f"xl/media/{n}": b"\0" * (MANY // 9) for n in range(9)})),
        refusals.TOO_MUCH,
    ),
    "a bomb that lies": (lying_about_its_size(), refusals.DAMAGED),
    "a million cells": (in_sheet('<row r="9">' + "<c/>" * 1_000_000 + "</row>"), refusals.TOO_MUCH),
    "a tower of elements": (part("xl/x.xml", "<x>" * 5000 + "</x>" * 5000), refusals.TOO_MUCH),
    "too many sheets": (other_workbook(many_sheets), refusals.MANY_SHEETS),
    "a cell far down": (edited(SOUND, far_down), FAR),
    "a cell far to the right": (edited(SOUND, far_right), FAR),
    "half a file": (SOUND[: len(SOUND) // 2], refusals.DAMAGED),
    "nearly a whole file": (SOUND[:-30], refusals.DAMAGED),
    "a flipped byte": (with_a_flipped_byte(), refusals.DAMAGED),
    "half a sheet": (replaced(SHEET, "</sheetData>", ""), refusals.DAMAGED),
    "no letters at all": (part(SHEET, b"\0\1\2"), refusals.DAMAGED),
    "text that is not UTF-8": (
        part("xl/sharedStrings.xml", b'<?xml version="1.0"?><sst>\xff</sst>'),
        refusals.DAMAGED,
    ),
    "a text that is not there": (in_sheet('<row r="9"><c r="A9" t="s"><v>99999</v></c></row>'), refusals.DAMAGED),
    "a cell that cannot be": (in_sheet('<row r="9"><c r="ZZZZ9"><v>1</v></c></row>'), refusals.DAMAGED),
    "a number that is none": (in_sheet('<row r="9"><c r="E9"><v>NaN</v></c></row>'), refusals.DAMAGED),
    "a kind of cell that is none": (in_sheet('<row r="9"><c r="E9" t="q"><v>1</v></c></row>'), refusals.DAMAGED),
    "true or false, and neither": (in_sheet('<row r="9"><c r="E9" t="b"><v>x</v></c></row>'), refusals.DAMAGED),
    "a row number that is none": (in_sheet('<row r="x"/>'), refusals.DAMAGED),
    "a row number beyond counting": (in_sheet('<row r="99999999999999"><c><v>1</v></c></row>'), FAR),
    "styles of nonsense": (part("xl/styles.xml", "<styleSheet><cellXfs/></styleSheet>"), refusals.DAMAGED),
    "a part twice": (twice("xl/workbook.xml"), refusals.DAMAGED),
    "an unusual compression": (
        archive_of({TYPES: "<Types/>", "xl/workbook.xml": "<x/>"}, ZIP_BZIP2),
        refusals.DAMAGED,
    ),
    "types of nothing": (part(TYPES, "<Types/>"), refusals.DAMAGED),
    "no types": (without(TYPES), refusals.NOT_A_WORKBOOK),
    "no workbook": (without("xl/workbook.xml"), refusals.NOT_A_WORKBOOK),
    "no first sheet": (without("xl/worksheets/sheet1.xml"), refusals.DAMAGED),
    "somebody else’s workbook": (other_workbook(), NOT_OURS),
    "five megabytes and a bit": (SOUND + b"\0" * limits.MOST_BYTES, refusals.TOO_LARGE),
}
