"""What other processes hold and use, as Linux tells it; on a system that does not, it is not known."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """In MiB. RSS counts a page that several processes share in each of them, PSS divides it among them."""

    rss: float
    pss: float

    def __str__(self) -> str:
        return f"{self.rss:.1f} MiB RSS, {self.pss:.1f} MiB PSS"


def memory_of(pids: Iterable[int]) -> Memory | None:
    """Of these processes together."""
    files = [PROC / str(pid) / "smaps_rollup" for pid in pids]
    if not files or not all(file.is_file() for file in files):
        return None
    lines = [line.split() for file in files for line in file.read_text(encoding="ascii").splitlines()]
    sums = {kind: sum(int(line[1]) for line in lines if line[0] == kind) / 1024 for kind in ("Rss:", "Pss:")}
    return Memory(sums["Rss:"], sums["Pss:"])


def descendants_of(pid: int) -> list[int]:
    """The processes that it started, and those that these started."""
    children: dict[int, list[int]] = {}
    for status in PROC.glob("[0-9]*/stat"):
        try:
            parent = int(_status(status)[1])
        except OSError:  # it has ended meanwhile
            continue
        children.setdefault(parent, []).append(int(status.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found[1:]


def cpu_ms_of(pid: int) -> float | None:
    """The CPU time that a process has used since its start; the system counts it in hundredths of a second."""
    file = PROC / str(pid) / "stat"
    if not file.is_file():
        return None
    user, system = _status(file)[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def _status(file: Path) -> list[str]:
    """What follows the name of the program, which may hold anything."""
    return file.read_text(encoding="utf-8").rpartition(")")[2].split()
