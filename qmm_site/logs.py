"""How a line of the log looks: the time in UTC, no line that a visitor could have begun, no address that is a key."""

import logging
import time
from typing import Any

CONTROLS = {number: f"\\x{number:02x}" for number in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if number != 0x0A}
LINE_SEPARATORS = {0x2028: "\\u2028", 0x2029: "\\u2029"}


class OneLine(logging.Formatter):
    """The first line is the record's; what follows, as a traceback does, is set in."""

    converter = time.gmtime  # type: ignore[assignment]  # as its documentation says
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).translate(CONTROLS | LINE_SEPARATORS).replace("\n", "\n    ")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging calls it so
        return super().formatMessage(record).replace("\n", "\\x0a")


class RouteForPath(logging.Filter):
    """Django names the path of a request that failed; with the secret of a link in it, the route says enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = match.view_name if match else "no route"
            record.args = tuple(route if value == path else value for value in record.args)
        return True


def logging_settings() -> dict[str, Any]:
    """As Django wants them. Everything goes to the standard error of the server, where its service keeps it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": OneLine, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "as_it_is": {"()": OneLine, "format": "%(message)s"},
        },
        "filters": {"route": {"()": RouteForPath}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["route"]},
            "security": {"class": "logging.StreamHandler", "formatter": "as_it_is"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "security": {"handlers": ["security"], "level": "INFO", "propagate": False},
            # What is refused is in the log of refusals; here are failures.
            "django.request": {"level": "ERROR"},
            "django.security.csrf": {"handlers": ["nowhere"], "propagate": False},
            # Scanners ask for the site by every name; each would be a page of traceback.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        },
    }
