"""`manage.py archive ORGANISATION FILE`: everything of an organisation as one file, to keep or to load elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.archive.writing import write_archive
from assessments.models import Organisation
from assessments.trail.events import Event, note_event


class Command(BaseCommand):
    help = "Writes everything of an organisation into one zip file: data, reports, audit trail, signatures, checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its number, or its name if no other has the same")
        parser.add_argument("file", type=Path, help="where to write; a file that is there is replaced")

    def handle(self, *_: Any, **options: Any) -> None:
        organisation = _find(options["organisation"])
        target: Path = options["file"]
        try:
            with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
                written = Path(file.name)
                try:
                    write_archive(file, organisation, now=timezone.now())
                    note_event(organisation_id=organisation.pk, event=Event.TAKEN, about="archive")
                    written.replace(target)
                finally:
                    written.unlink(missing_ok=True)
        except OSError as problem:
            raise CommandError(f"{target} cannot be written: {problem.strerror or problem}.") from problem
        self.stdout.write(f"{organisation.name}: {target} ({target.stat().st_size:,} bytes)")


def _find(text: str) -> Organisation:
    if text.isascii() and text.isdecimal() and len(text) < 19:
        found = list(Organisation.objects.filter(pk=int(text)))
    else:
        found = list(Organisation.objects.filter(name=text)[:2])
    if len(found) != 1:
        raise CommandError(
            f"{'Several organisations are' if found else 'No organisation is'} called {text!r}. Give its number, which "
            "the admin and the address of its page show."
        )
    return found[0]
