"""Which files are let in as a workbook: each part is measured and looked through before anything reads its cells."""

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 20 * MEGABYTE  # the longest answers in the widest letters come to a quarter of it
MOST_PARTS = 300
MOST_SHEETS = 30
MOST_ELEMENTS = 100_000  # ours has about 5,400; so many cells take a second to read
DEEPEST = 60
MOST_ROWS = 500
PORTION = 64 * 1024

SAVE_AS = "Open it in Excel or LibreOffice and save it as “Excel workbook (.xlsx)”."
NOT_A_WORKBOOK = f"This file is not an Excel workbook. {SAVE_AS}"
DAMAGED = "This workbook is damaged or only half of it arrived. Open it, save it again and upload the new file."
TOO_LARGE = "The file is larger than 5 MB. A filled-in workbook is much smaller: upload the one downloaded here."
TOO_MUCH = (
    "This workbook unpacks to far more than a questionnaire holds, so it was not read. "
    "Copy your answers into a freshly downloaded workbook."
)
LOCKED = "This workbook is protected by a password and cannot be read. Save it without the password."
OLD_FORMAT = f"This is a workbook in the old .xls format. {SAVE_AS}"
OTHER_FORMATS = {
    b"application/vnd.oasis.opendocument": f"This is an OpenDocument file. {SAVE_AS}",
}
MACROS = "This workbook holds macros. Save it as “Excel workbook (.xlsx)”, which leaves them out."
BINARY = f"This is a workbook in the binary .xlsb format. {SAVE_AS}"
LINKS = (
    "This workbook takes something from another file or program ({}). "
    "Break these links (in Excel: Data, Edit Links) and save it again."
)
ENTITIES = "This workbook holds definitions (a DOCTYPE) that no spreadsheet program writes, so it was not read."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACRO_PARTS = re.compile(r"vbaproject|(^|/)(macrosheets|dialogsheets|activex|ctrlprops)/", re.IGNORECASE)
_LINK_PARTS = re.compile(r"(^|/)(externallinks|querytables|embeddings)/|(^|/)connections\.xml$", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/(work|chart)sheets/[^/]+\.xml", re.IGNORECASE)
_FAR_DOWN = re.compile(r"[A-Z]*([0-9]+)")
_XML_PART = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
# What a formula of another file or program looks like: [1]Sheet1!A1, 'C:\[a.xlsx]S'!A1, cmd|'/c calc'!A0.
_ELSEWHERE = re.compile(r"\[[^\[\]]+\][\w .'-]*!|\w\|.*!")


class Refused(Exception):
    """The file is not taken; the message says why and what to do."""


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
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(LOCKED)
    if any(_MACRO_PARTS.search(name) for name in names):
        raise Refused(MACROS)
    if link := next((name for name in names if _LINK_PARTS.search(name)), None):
        raise Refused(LINKS.format(link[:80]))
    if len(parts) > MOST_PARTS or sum(bool(_SHEET_PART.fullmatch(name)) for name in names) > MOST_SHEETS:
        raise Refused(TOO_MUCH)
    if len({name.lower() for name in names}) < len(names):
        raise Refused(DAMAGED)
    _measure(archive, parts)


def _refuse_other_formats(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "mimetype" in names:
        kind = archive.read("mimetype") if archive.getinfo("mimetype").file_size < 200 else b""
        for start, message in OTHER_FORMATS.items():
            if kind.startswith(start):
                raise Refused(message)
    if "xl/workbook.bin" in names:
        raise Refused(BINARY)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(NOT_A_WORKBOOK)


def _measure(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """By what really comes out: a part can claim any size. What is looked through is thrown away at once."""
    left, look = MOST_UNPACKED, _Look()
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(DAMAGED)
        feed, end = _parser(look) if _XML_PART.search(part.filename) else (_ignore, _nothing)
        with archive.open(part) as source:
            while portion := source.read(PORTION):
                left -= len(portion)
                if left < 0:
                    raise Refused(TOO_MUCH)
                feed(portion)
        end()


def _parser(look: "_Look") -> tuple[Callable[[bytes], None], Callable[[], None]]:
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(look)
    return parser.feed, parser.close


def _ignore(_portion: bytes) -> None:
    pass


def _nothing() -> None:
    pass


class _Look(ContentHandler):
    """Passes over every element of every part, and refuses what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self._elements = 0
        self._depth = 0
        self._place = ""
        self._formula: list[str] | None = None

    def startDocument(self) -> None:  # noqa: N802
        self._depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS or self._depth > DEEPEST:
            raise Refused(TOO_MUCH)
        kind = name.rpartition(":")[2]
        if kind == "Relationship":
            _refuse_relationship(attrs)
        elif kind in ("Override", "Default") and "macroenabled" in attrs.get("ContentType", "").lower():
            raise Refused(MACROS)
        elif kind in ("ddeLink", "oleLink", "externalBook"):
            raise Refused(LINKS.format(kind))
        elif kind in ("row", "c"):
            self._place = attrs.get("r", self._place)
        elif kind in ("f", "definedName"):
            self._formula = []
        if kind in ("f", "v", "is"):
            self._refuse_far_down()

    def _refuse_far_down(self) -> None:
        """Rows that hold nothing may go on for ever, as spreadsheets format them; what somebody wrote is not missed."""
        place = _FAR_DOWN.fullmatch(self._place)
        if place and int(place[1]) > MOST_ROWS:
            raise Refused(TOO_MUCH)

    def characters(self, content: str) -> None:
        if self._formula is not None:
            self._formula.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        self._depth -= 1
        if self._formula is not None:
            formula, self._formula = "".join(self._formula), None
            if _ELSEWHERE.search(formula):
                raise Refused(LINKS.format(formula[:80]))


def _refuse_relationship(attrs: AttributesImpl) -> None:
    """A link that a person put on a cell leads nowhere by itself, and is never followed; all others are fetched."""
    is_outside = attrs.get("TargetMode", "").lower() == "external"
    if is_outside and not attrs.get("Type", "").lower().endswith("/hyperlink"):
        raise Refused(LINKS.format(attrs.get("Target", "")[:80]))
    if attrs.get("Type", "").lower().endswith("/vbaproject"):
        raise Refused(MACROS)
