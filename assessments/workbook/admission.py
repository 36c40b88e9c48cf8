"""Which files are let in as a workbook: each part is measured and looked through before anything reads its cells."""

import re
import zipfile
import zlib
from io import BytesIO
from xml.sax import SAXException

from defusedxml import DefusedXmlException

from assessments.workbook.inspection import Inspection
from assessments.workbook.limits import MOST_BREAKS, MOST_BYTES, MOST_PARTS, MOST_SHEETS, MOST_UNPACKED
from assessments.workbook.markup import PartParser, portions
from assessments.workbook.refusals import (
    BINARY,
    DAMAGED,
    ENTITIES,
    LINKS,
    LOCKED,
    MACROS,
    MANY_SHEETS,
    NOT_A_WORKBOOK,
    OLD_FORMAT,
    OPEN_DOCUMENT,
    TOO_LARGE,
    TOO_MUCH,
    Refused,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACRO_PARTS = re.compile(r"vbaproject|(^|/)(macrosheets|dialogsheets|activex|ctrlprops)/", re.IGNORECASE)
_LINK_PARTS = re.compile(r"(^|/)(externallinks|querytables|embeddings)/|(^|/)connections\.xml$", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/(work|chart)sheets/[^/]+\.xml", re.IGNORECASE)
_BREAKS = (b"<", b"&", b"\n", b"\r")
_OTHER_FORMATS = {b"application/vnd.oasis.opendocument": OPEN_DOCUMENT}


def admit(content: bytes) -> None:
    """Raise Refused unless this is a whole workbook without macros, links, definitions, and of a sensible size."""
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if content.startswith(_OLE):
        raise Refused(LOCKED if _ENCRYPTED in content else OLD_FORMAT)
    if not content.startswith(b"PK"):
        raise Refused(NOT_A_WORKBOOK)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _look_through(archive)
    except DefusedXmlException as problem:
        raise Refused(ENTITIES) from problem
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as problem:
        raise Refused(DAMAGED) from problem
    except SAXException as problem:
        raise Refused(DAMAGED) from problem


def _look_through(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    _refuse_other_formats(archive, names)
    if len(parts) > MOST_PARTS:
        raise Refused(TOO_MUCH)
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(LOCKED)
    if any(_MACRO_PARTS.search(name) for name in names):
        raise Refused(MACROS)
    if link := next((name for name in names if _LINK_PARTS.search(name)), None):
        raise Refused(LINKS.format(link[:80]))
    if sum(bool(_SHEET_PART.fullmatch(name)) for name in names) > MOST_SHEETS:
        raise Refused(MANY_SHEETS)
    if len({name.lower() for name in names}) < len(names):
        raise Refused(DAMAGED)
    _measure(archive, parts)


def _refuse_other_formats(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "mimetype" in names:
        kind = archive.read("mimetype") if archive.getinfo("mimetype").file_size < 200 else b""
        for start, message in _OTHER_FORMATS.items():
            if kind.startswith(start):
                raise Refused(message)
    if "xl/workbook.bin" in names:
        raise Refused(BINARY)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(NOT_A_WORKBOOK)


def _measure(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """By what really comes out: a part can claim any size. What is looked through is thrown away at once."""
    left, breaks_left, inspection = MOST_UNPACKED, MOST_BREAKS, Inspection()
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(DAMAGED)
        parser = PartParser(inspection) if is_markup(part.filename) else None
        with archive.open(part) as source:
            for portion in portions(source):
                left -= len(portion)
                breaks_left -= sum(map(portion.count, _BREAKS)) if parser else 0
                if left < 0 or breaks_left < 0:
                    raise Refused(TOO_MUCH)
                if parser:
                    parser.feed(portion)
        if parser:
            parser.close()


def is_markup(name: str) -> bool:
    """Whether a part is looked through; no other may be read afterwards."""
    return name.lower().endswith((".xml", ".rels", ".vml"))
