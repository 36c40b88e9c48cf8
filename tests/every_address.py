"""Every address that the site answers, read from its resolver, with arguments made up where none are given."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

NOTHING = UUID("00000000-0000-4000-8000-000000000000")
BY_CONVERTER = {
    "IntConverter": "1",
    "SlugConverter": "x",
    "StringConverter": "x",
    "PathConverter": "x",
    "UUIDConverter": str(NOTHING),
}
# For arguments of regular expressions, which have no converter.
EXAMPLES = {
    "app_label": "auth",
    "area_code": "MCQ",
    "key": "abc-def",
    "uidb36": "1",
    "url": "nowhere/",
    "version": "2026.1",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name with its namespaces, and what answers there."""

    name: str
    parts: tuple[str, ...]
    examples: Mapping[str, str]
    view: Callable[..., HttpResponseBase]

    @property
    def is_of_admin(self) -> bool:
        return self.name.startswith("admin:")

    def path(self, values: Mapping[str, Any] | None = None) -> str:
        given = {name: str(value) for name, value in (values or {}).items()}
        return "/" + "".join(self.parts).format_map({**self.examples, **given})


def every_address() -> list[Address]:
    return list(_below(get_resolver().url_patterns, (), (), {}))


def _below(
    patterns: list[URLPattern | URLResolver], names: tuple[str, ...], parts: tuple[str, ...], found: Mapping[str, str]
) -> Iterator[Address]:
    for each in patterns:
        part, converters = _part(each.pattern)
        here, known = (*parts, part), {**found, **converters}
        if isinstance(each, URLResolver):
            inside = (*names, each.namespace) if each.namespace else names
            yield from _below(each.url_patterns, inside, here, known)
        else:
            yield Address(":".join((*names, each.name or each.lookup_str)), here, known, each.callback)


def _part(pattern: RoutePattern | RegexPattern | Any) -> tuple[str, dict[str, str]]:
    """What is written into the address there, its arguments in braces, and an example of each of them."""
    if isinstance(pattern, RegexPattern):
        written, arguments = normalize(pattern.regex.pattern)[0]
        return written % {name: f"{{{name}}}" for name in arguments}, {name: EXAMPLES[name] for name in arguments}
    text = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern))
    return text, {name: BY_CONVERTER[type(converter).__name__] for name, converter in pattern.converters.items()}
