"""Where a renderer keeps its copies of the fonts while it lives; whoever comes next removes what a killed one left."""

import fcntl
import tempfile
from pathlib import Path
from shutil import rmtree
from typing import TextIO

LOCK = "lock"
_held: list[TextIO] = []  # open, and so locked, until the process ends, however it ends


def keep_scratch_in(base: Path) -> Path:
    """Give this process a folder of its own for all its temporary files; those of dead processes go."""
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove_abandoned(base)
    folder = Path(tempfile.mkdtemp(dir=base))
    file = (folder / LOCK).open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    _held.append(file)
    tempfile.tempdir = str(folder)
    return folder


def remove_abandoned(base: Path) -> None:
    for lock in base.glob(f"*/{LOCK}"):
        try:
            with lock.open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                rmtree(lock.parent, ignore_errors=True)
        except OSError:
            continue  # somebody works there, or has just removed it
