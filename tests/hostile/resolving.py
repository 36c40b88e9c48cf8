"""Every address of the site as the resolver knows it, by its name with its namespace."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, get_resolver


def _walk(
    patterns: Iterable[URLPattern | URLResolver], space: str = "", above: tuple[str, ...] = ()
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pattern in patterns:
        arguments = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= _walk(pattern.url_patterns, inner, arguments)
        else:
            found[f"{space}{pattern.name}"] = arguments
    return found


ADDRESSES = _walk(get_resolver().url_patterns)
