"""`manage.py prepare`: makes database, reference data, font and static files ready; done already, it does nothing."""

import hashlib
import os
import stat
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from qmm_site import fonts
from qmm_site.font_files import page_font, paper_fonts

FIXTURES = ("framework", "fda_2024", "questionnaire_2026_1")


class Command(BaseCommand):
    """Each step may be repeated; none of them touches what people have entered."""

    help = "Makes database, reference data, font and static files ready. Run it after each update."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="do every step, also where nothing has changed")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            make_folders()
            make_fonts()
            prepare_database(again=options["force"])
            prepare_static_files(again=options["force"])
        except (DatabaseError, OSError) as problem:
            raise CommandError(f"Could not prepare {settings.VAR_DIR} and the database: {problem}") from problem


def make_folders() -> None:
    """All that the application writes lies below VAR_DIR, closed to other accounts."""
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(settings.VAR_DIR, 0o700)
    for name in ("made", "static", "pdf"):
        (settings.VAR_DIR / name).mkdir(exist_ok=True)


def make_fonts() -> None:
    fonts.make(page_font(), paper_fonts(), settings.VAR_DIR / "fonts.txt")


def prepare_database(*, again: bool) -> None:
    """Tables, the cache's table and the reference data; what is there already stays."""
    database = settings.DATABASES["default"]
    place = [database.get(key) for key in ("ENGINE", "HOST", "PORT", "NAME")]
    note, wanted = settings.VAR_DIR / "database.txt", digest(place, fixture_files())
    if again or not holds(note, wanted) or has_migrations_to_do():
        keep_write_ahead_log()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("loaddata", *FIXTURES, verbosity=0)
        note.write_text(wanted, encoding="utf-8")
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            close_to_others(Path(f"{connection.settings_dict['NAME']}{ending}"), 0o600)


def prepare_static_files(*, again: bool) -> None:
    """Files that open pages still ask for by their older name stay."""
    note = settings.STATIC_ROOT / "collected.txt"
    wanted = digest([settings.STORAGES["staticfiles"], django.__version__], static_files())
    if again or not holds(note, wanted):
        call_command("collectstatic", interactive=False, verbosity=0)
        note.write_text(wanted, encoding="utf-8")


def close_to_others(path: Path, mode: int) -> None:
    """Give a file or folder of this account its mode; one that all accounts write into is not ours, whoever owns it."""
    if not path.exists():
        return
    status = path.stat()
    is_shared = bool(status.st_mode & stat.S_ISVTX)
    if status.st_uid == os.geteuid() and not is_shared and stat.S_IMODE(status.st_mode) != mode:
        path.chmod(mode)


def keep_write_ahead_log() -> None:
    """SQLite remembers this in the file. Not asked for on each connection, so that a read-only disk can be read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


def has_migrations_to_do() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def holds(note: Path, wanted: str) -> bool:
    """Whether an earlier run noted that it did this with the same sources."""
    return note.is_file() and note.read_text(encoding="utf-8") == wanted


def digest(choices: list[Any], files: Iterable[Path]) -> str:
    """One checksum over everything that a step reads, and where it puts it."""
    checksum = hashlib.sha256(repr(choices).encode())
    for file in sorted(files):
        checksum.update(str(file).encode())
        checksum.update(file.read_bytes())
    return checksum.hexdigest()


def fixture_files() -> Iterator[Path]:
    for app in apps.get_app_configs():
        yield from (Path(app.path) / "fixtures").glob("*.json")


def static_files() -> Iterator[Path]:
    """Ours and those of installed packages."""
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            yield Path(storage.path(name))
