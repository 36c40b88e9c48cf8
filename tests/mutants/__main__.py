"""`./run mutants [name…]`: takes the controls away one by one, in a copy, and says which of them the tests miss.

It is slow, so it is no part of the other tests; those only see to it that every mutant still has its place.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.every_mutant import MUTANTS
from tests.mutants.mutant import ROOT, Mutant

LONGEST = 600
ENOUGH = 0.95
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis")
PASSED, FAILED = 0, 1  # as pytest ends


def main(names: Sequence[str]) -> int:
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    unknown = set(names) - {mutant.name for mutant in MUTANTS}
    if unknown:
        _say(f"There is no mutant {', '.join(sorted(unknown))}.")
        return 2
    with tempfile.TemporaryDirectory(prefix="qmm-mutants-") as folder:
        copy = _Copy(Path(folder))
        database = "--create-db"
        for test in sorted({test for mutant in chosen for test in mutant.tests}):
            if copy.ends([test], database) != PASSED:
                _say(f"{test} fails as it is, so it would prove nothing.")
                return 2
            database = "--reuse-db"
        survived = [mutant.name for mutant in chosen if not _is_noticed(mutant, copy)]
    noticed = len(chosen) - len(survived)
    _say(f"{noticed} of {len(chosen)} noticed ({noticed / len(chosen):.0%})")
    return 0 if noticed >= ENOUGH * len(chosen) else 1


class _Copy:
    """The source beside itself, with a database of its own that is kept from mutant to mutant."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        self._environment = {**os.environ, "TESTS_FOLDER": str(folder / "tests"), "PYTHONDONTWRITEBYTECODE": "1"}
        shutil.copytree(ROOT, self.root, ignore=LEFT_OUT)
        (self.root / ".venv").symlink_to((ROOT / ".venv").resolve())
        (folder / "tests").mkdir()

    def ends(self, tests: Sequence[str], database: str = "--reuse-db") -> int:
        """How pytest ends over these tests."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "--tb=no", database, *tests]
        ended = subprocess.run(
            command, cwd=self.root, env=self._environment, capture_output=True, check=False, timeout=LONGEST
        )
        return ended.returncode

    def forget_database(self) -> None:
        for file in (self.root.parent / "tests").rglob("test.sqlite3*"):
            file.unlink()


def _is_noticed(mutant: Mutant, copy: _Copy) -> bool:
    """Whether one of its tests fails with it, or cannot even begin."""
    place = copy.root / mutant.file
    source = place.read_text(encoding="utf-8")
    started = time.monotonic()
    try:
        place.write_text(mutant.applied(source), encoding="utf-8")
        ended = copy.ends(mutant.tests, "--create-db" if mutant.needs_new_database else "--reuse-db")
    finally:
        place.write_text(source, encoding="utf-8")
    if mutant.needs_new_database:
        copy.forget_database()
    words = {PASSED: "SURVIVED", FAILED: "noticed"}.get(ended, f"noticed: pytest ended with {ended}")
    _say(f"{words:9} {mutant.name} ({time.monotonic() - started:.0f} s)")
    return ended != PASSED


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
