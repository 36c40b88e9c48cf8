"""Sends a form as it is written here, byte by byte, and reads what the answer says about it."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes

from django.test import Client

from tests.hostile.fields import Values

URL_ENCODED = "application/x-www-form-urlencoded"
Pairs = list[tuple[str, str | bytes]]
# Where a page says what is wrong: its summary, or the one sentence of a page about nothing else.
SAID = re.compile(r'<div class="error-summary".*?</div>|<p class="lede">.*?</p>', re.DOTALL)


def pairs_of(fields: Mapping[str, Any]) -> Pairs:
    """As a browser puts them in a row; several values of one field behind each other."""
    return [
        (name, value) for name, given in fields.items() for value in (given if isinstance(given, list) else [given])
    ]


def with_values(fields: Mapping[str, Any], name: str, values: Values) -> Pairs:
    """The same form with other values of one field."""
    return [pair for pair in pairs_of(fields) if pair[0] != name] + [(name, value) for value in values]


def encoded(pairs: Iterable[tuple[str, str | bytes]]) -> bytes:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str | bytes) -> str:
    return quote_from_bytes(text if isinstance(text, bytes) else text.encode())


def send(browser: Client, address: str, pairs: Pairs, **headers: Any) -> Any:
    return browser.post(address, encoded(pairs), content_type=URL_ENCODED, **headers)


def told(response: Any) -> str:
    """What the answer says is wrong."""
    if response.headers["Content-Type"].startswith("application/json"):
        answer = response.json()
        return " ".join(f"{each['name']}: {each['message']}" for each in answer.get("errors", [])) or answer["outcome"]
    said = " ".join(SAID.findall(response.text))
    return " ".join(unescape(re.sub("<[^>]*>", " ", said)).split())
