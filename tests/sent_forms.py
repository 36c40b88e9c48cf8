"""Reads the form of a page as a browser would send it, so that tests send what a person would."""

from html.parser import HTMLParser
from typing import Any

Fields = dict[str, str]


class _FormReader(HTMLParser):
    """Collects what is filled in or checked inside the form that has the attribute `data-answers`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._is_inside = False
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag == "form":
            self._is_inside = "data-answers" in attributes
        elif self._is_inside and name and tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        elif self._is_inside and name and tag == "input" and (attributes["type"] != "radio" or "checked" in attributes):
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
        if tag == "form":
            self._is_inside = False


def fields_of(response: Any) -> Fields:
    """What would be sent if nothing were changed."""
    reader = _FormReader()
    reader.feed(response.content.decode().replace("\r\n", "\n"))  # as a browser reads any page
    assert reader.fields, "the page has no form of answers"
    return reader.fields
