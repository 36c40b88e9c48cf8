"""Reads a form out of a page and tells what a browser would send if nothing were changed in it."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects what is filled in, chosen or checked inside the form that has a certain attribute."""

    def __init__(self, marker: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._marker = marker
        self._is_inside = False
        self._textarea: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag == "form":
            self._is_inside = self._marker in attributes
        elif self._is_inside and name and tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        elif self._is_inside and name and tag == "select":
            self._select = name
        elif self._select and tag == "option" and (self._select not in self.fields or "selected" in attributes):
            self.fields[self._select] = attributes.get("value") or ""
        elif self._is_inside and name and tag == "input":
            self._read_input(name, attributes)

    def _read_input(self, name: str, attributes: dict[str, str | None]) -> None:
        if attributes.get("type") != "radio" or "checked" in attributes:
            assert name not in self.fields, f"{name} is there twice"
            self.fields[name] = attributes.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # A browser drops the first line end of a textarea, and sends two characters for each of the others.
            text = self.fields[self._textarea].removeprefix("\n")
            self.fields[self._textarea] = text.replace("\n", "\r\n")
            self._textarea = None
        if tag == "select":
            self._select = None
        if tag == "form":
            self._is_inside = False


def read_form(page: str, marker: str) -> dict[str, str]:
    """What would be sent of the form with this attribute; nothing where the page has none."""
    reader = FormReader(marker)
    reader.feed(page.replace("\r\n", "\n"))  # as a browser reads any page
    return reader.fields
