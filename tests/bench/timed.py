"""A clock that goes along into another process; what it calls is named, so that nobody else has to load it."""

import os
import resource
import sys
from typing import Any

from django.utils.module_loading import import_string

from tests.bench.processes import memory_of


def timed(function: str, given: object) -> tuple[Any, float]:
    """What the function made, and the CPU time that this process and its own took for it, in milliseconds."""
    call = import_string(function)
    before = cpu_ms()
    return call(given), cpu_ms() - before


def peak_mib(_: object) -> float:
    """The most that this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def held_mib(_: object) -> float | None:
    """What this process holds now."""
    memory = memory_of([os.getpid()])
    return memory.rss if memory else None


def cpu_ms() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used) * 1000
