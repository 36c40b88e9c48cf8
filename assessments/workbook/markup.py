"""XML passed over once, of which nothing stays in memory but what somebody keeps on the way."""

from collections.abc import Iterator
from typing import IO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.expatreader import DefusedExpatParser

from assessments.workbook.limits import LONGEST_TAG
from assessments.workbook.refusals import TOO_MUCH, Refused

PORTION = 64 * 1024


class Outline(ContentHandler):
    """Knows where in a part it is. Elements go without their prefix, which each program chooses as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.text: list[str] | None = None  # what is being collected, when something is

    def opened(self, attrs: AttributesImpl) -> None:
        """An element begins; it is the last of the path."""

    def closed(self) -> None:
        """It ends, and still is the last of the path."""

    def collected(self) -> str:
        text, self.text = "".join(self.text or ()), None
        return text

    def startDocument(self) -> None:  # noqa: N802
        self.path, self.text = [], None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self.path.append(name.rpartition(":")[2])
        self.opened(attrs)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        self.closed()
        self.path.pop()

    def characters(self, content: str) -> None:
        if self.text is not None:
            self.text.append(content)


class PartParser(DefusedExpatParser):  # type: ignore[misc]
    """Takes a part in portions. Raise Refused for a tag without end: each portion would search it anew."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(forbid_dtd=True)
        self.setContentHandler(outline)
        self._taken = 0

    def feed(self, data: bytes | str, isFinal: bool = False) -> None:  # noqa: N803
        super().feed(data, isFinal)
        self._taken += len(data)
        if self._taken - max(self._parser.CurrentByteIndex, 0) > LONGEST_TAG:
            raise Refused(TOO_MUCH)


def portions(source: IO[bytes]) -> Iterator[bytes]:
    while portion := source.read(PORTION):
        yield portion


def pass_over(source: IO[bytes], outline: Outline) -> None:
    parser = PartParser(outline)
    for portion in portions(source):
        parser.feed(portion)
    parser.close()
