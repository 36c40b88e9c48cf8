"""Writes SQLite's file anew, so that nothing which was deleted can be found in it; PostgreSQL clears its own files."""

import logging
from datetime import datetime

from django.db import OperationalError, connection

from assessments.models import DeletionReceipt

logger = logging.getLogger(__name__)


def rewrite_file_after_deletions(*, now: datetime) -> None:
    """Once for all deletions after which it has not been done yet; one that cannot be done is tried the next time."""
    waiting = DeletionReceipt.objects.filter(file_rewritten_at=None)
    if connection.vendor != "sqlite" or not waiting.exists():
        return
    receipts = list(waiting.values_list("pk", flat=True))
    if _rewrite_file():
        DeletionReceipt.objects.filter(pk__in=receipts).update(file_rewritten_at=now)


def _rewrite_file() -> bool:
    """A deleted row leaves its bytes on a page that is free now, and in the log of what was written last."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (is_busy, *_) = cursor.fetchone()
    except OperationalError:
        logger.warning("The database's file could not be written anew after a deletion; it is tried again in an hour")
        return False
    return not is_busy
