"""`manage.py delete_due`: deletes the organisations whose wait is over; the built-in server does so every hour."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.deletion_mails import tell_deleted
from assessments.file_rewriting import rewrite_file_after_deletions
from assessments.models import ExecutedBy
from assessments.planned_deletion import delete_due


class Command(BaseCommand):
    help = "Deletes the organisations whose deletion was planned seven days ago and has not been stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--executed-by",
            choices=ExecutedBy.values,
            default=ExecutedBy.COMMAND,
            help="what the receipt says carried it out",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        done = delete_due(now=timezone.now(), executed_by=ExecutedBy(options["executed_by"]))
        for deleted in done:
            tell_deleted(deleted)
        rewrite_file_after_deletions(now=timezone.now())  # what fails there is tried again, the mails are not
        if options["verbosity"]:
            self._say(len(done))

    def _say(self, number: int) -> None:
        words = {0: "No organisation was due.", 1: "One organisation was deleted."}
        self.stdout.write(words.get(number, f"{number} organisations were deleted."))
