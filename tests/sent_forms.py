"""Opens the page of a practice area and sends its form as a browser would, so that tests send what a person would."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from assessments.models import Answer, Assessment

Fields = dict[str, str]


class _FormReader(HTMLParser):
    """Collects what is filled in or checked inside the form that has the attribute `data-answers`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._is_inside = False
        self._textarea: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag == "form":
            self._is_inside = "data-answers" in attributes
        elif self._is_inside and name and tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        elif self._is_inside and name and tag == "select":
            self._select = name
        elif self._select and tag == "option" and (self._select not in self.fields or "selected" in attributes):
            self.fields[self._select] = attributes.get("value") or ""
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
        if tag == "select":
            self._select = None
        if tag == "form":
            self._is_inside = False


def fields_of(response: Any) -> Fields:
    """What would be sent if nothing were changed."""
    reader = _FormReader()
    reader.feed(response.content.decode().replace("\r\n", "\n"))  # as a browser reads any page
    assert reader.fields, "the page has no form of answers"
    return reader.fields


def address(assessment: Assessment, area: str = "PQS") -> str:
    return f"/assessments/{assessment.pk}/{area}/"


def send(client: Client, assessment: Assessment, area: str = "PQS", **typed: str) -> Any:
    """Open the page, type (`capa__choice="3"`), and save; nothing of the answer is followed."""
    return send_page(client, assessment, fields_of(client.get(address(assessment, area))), area, **typed)


def send_page(client: Client, assessment: Assessment, page: Fields, area: str = "PQS", **typed: str) -> Any:
    return client.post(
        address(assessment, area), page | {name.replace("__", "-"): text for name, text in typed.items()}
    )


def stored(assessment: Assessment, code: str = "capa") -> Answer:
    return assessment.answers.get(sub_element__code=code)


def shown(response: Any) -> str:
    """The page with one space for each stretch of white space."""
    return re.sub(r"\s+", " ", response.content.decode())
