"""What the built-in server does every hour beside serving: the deletions that are due."""

import logging
import threading

from django.core.management import call_command
from django.db import connections

from assessments.database_rules.acting import acting_as

FIRST_AFTER = 60  # seconds: a server that has just started has other things to do
EVERY = 3600

logger = logging.getLogger(__name__)


def start(stopped: threading.Event | None = None) -> threading.Thread:
    """One thread, so that no round begins before the one before it has ended; it ends with the server."""
    thread = threading.Thread(target=_keep_going, args=(stopped or threading.Event(),), name="hourly", daemon=True)
    thread.start()
    return thread


def _keep_going(stopped: threading.Event) -> None:
    pause = FIRST_AFTER
    while not stopped.wait(pause):
        go_round()
        pause = EVERY


def go_round() -> None:
    """Once. Whatever fails, as when the database is away, is said in the log and tried again an hour later."""
    try:
        with acting_as(actor="server:hourly", actor_name="this server, in its hourly round"):
            call_command("delete_due", executed_by="server", verbosity=0)
    except Exception:
        logger.exception("The hourly round failed; the next one is in an hour")
    finally:
        connections.close_all()
