"""`manage.py load_archive FILE`: an archive into an empty product; all of it, with every seal checked, or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.archive.loading import load_archive
from assessments.archive.refusals import RefusedError


class Command(BaseCommand):
    help = "Loads an archive of an organisation into an empty product, after checking every checksum in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                loaded = load_archive(file, now=timezone.now())
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{loaded.organisation.name}: {loaded.rows:,} rows loaded; all seals and signatures hold.")
        self.stdout.write(f"The audit trail ends now with {loaded.head}.")
        if loaded.new_people:
            self.stdout.write(
                f"{loaded.new_people} of its people are new here. They have no password and may not sign in yet: let "
                "them in the admin (“may sign in”), and have them set a password by “Forgotten password”."
            )
