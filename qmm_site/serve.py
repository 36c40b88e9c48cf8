"""The built-in server, for one machine or behind a proxy; docs/deployment.md compares."""

import ctypes
import errno
import os
import resource
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server

from qmm_site import hourly
from qmm_site.environment import SettingsError

OPEN_FILES = 4096
M_ARENA_MAX = -8  # as <malloc.h> numbers it


def main() -> None:
    """Serve until Ctrl-C or a SIGTERM; a start that cannot be says why in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qmm_site.settings")
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _stop)
    try:
        application = get_wsgi_application()
        _allow_open_files()
        _share_one_heap()
        server = create_server(application, host=settings.HOST, port=settings.PORT, **limits(), **proxy())
    except SettingsError as problem:
        sys.exit(f"Settings: {problem}")
    except OSError as problem:
        sys.exit(_refusal(problem))
    _say(
        f"\nQMM self-assessment runs at {settings.SITE_URL}\n"
        "Open it in a browser and sign up with an e-mail address and a password of your own.\n"
        f"Everything stays on this machine, in {settings.VAR_DIR}. Ctrl-C stops it."
    )
    hourly.start()
    server.run()
    _say("Stopped.")


def limits() -> dict[str, Any]:
    """With the server's own defaults a hundred slow connections keep everybody else out."""
    return {
        "threads": settings.THREADS,
        "connection_limit": 1000,
        "channel_timeout": 30,
        "cleanup_interval": 10,
        "asyncore_use_poll": True,  # select() knows no file beyond number 1023
        "max_request_body_size": 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "ident": None,
    }


def proxy() -> dict[str, Any]:
    """Whose word on the visitor's address and scheme is taken: the proxy's, when there is one."""
    if settings.BEHIND_PROXY:
        return {
            "trusted_proxy": "*",
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    if settings.SITE_URL.startswith("https:"):
        raise SettingsError(
            "SITE_URL begins with https, but this server speaks http; "
            "put a proxy with a certificate in front of it and write BEHIND_PROXY=on."
        )
    return {}


def _allow_open_files() -> None:
    """Many systems begin with 1024, which is too near to the limit of connections."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _share_one_heap() -> None:
    """The C library gives each thread a heap of its own; behind Python's lock one does as well and holds less."""
    with suppress(OSError, AttributeError):  # another C library has no such switch
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def _refusal(problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {settings.PORT} is in use already. Stop what runs there, or choose another: PORT=8001 ./run"
    return (
        f"Cannot listen on {settings.HOST}, port {settings.PORT}: {problem.strerror}. Choose others by HOST and PORT."
    )


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
