"""`python -m tests.bench.crowd_side`: many people save at once, on the database of the environment; prints JSON."""

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from tempfile import TemporaryFile
from threading import Barrier
from time import perf_counter
from typing import IO

import django

django.setup()

from assessments.database_rules import acting  # noqa: E402
from tests.bench.crowd_plan import Plan, make_crowd  # noqa: E402
from tests.bench.ledger import Acknowledged, compare  # noqa: E402
from tests.bench.running_server import serving  # noqa: E402
from tests.bench.saving_over_http import UNTOUCHED, SavingPerson  # noqa: E402

QUEUE = (b"Task queue depth", b"Conflict:")  # and the status of who was overtaken
MOST_TRIES = 20  # of one save that others overtake again and again; there are four of them


@dataclass(slots=True)
class Log:
    """What one person went through."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)  # of each save that was acknowledged
    overtaken: int = 0
    problems: list[str] = field(default_factory=list)


def save_all(port: int, plan: Plan, start: Barrier) -> Log:
    """One answer after the other, without a pause; who is overtaken saves again on top of what stands there now."""
    person, log = SavingPerson(port, plan.session), Log()
    start.wait()
    for task in plan.tasks:
        mark: str | None = UNTOUCHED
        for _ in range(MOST_TRIES):
            if mark is None:
                break
            heard = person.save(task, mark)
            mark = heard.overtaken_by
            log.overtaken += mark is not None
            if heard.stored_version is not None:
                log.acknowledged.append(Acknowledged(task, heard.stored_version))
                log.took_ms.append(heard.took_ms)
            if heard.problem:
                log.problems.append(heard.problem)
        else:
            log.problems.append(f"overtaken {MOST_TRIES} times")
    return log


def all_at_once(port: int, plans: Sequence[Plan]) -> tuple[list[Log], float]:
    """Their logs, and the seconds from the first save to the last answer."""
    start = Barrier(len(plans) + 1)
    with ThreadPoolExecutor(len(plans)) as people:
        logs = [people.submit(save_all, port, plan, start) for plan in plans]
        start.wait()
        started = perf_counter()
        finished = [each.result() for each in logs]
    return finished, perf_counter() - started


def tell(complaints: IO[bytes]) -> None:
    """What the server complained about, but for the queue that a crowd makes by itself."""
    complaints.seek(0)
    sys.stderr.writelines(line.decode() for line in complaints if not line.startswith(QUEUE))


def main() -> None:
    acting.stand_for(actor="bench", actor_name="the measuring")
    plans = make_crowd()
    with TemporaryFile() as complaints:
        with serving("", complaints) as server:
            logs, seconds = all_at_once(server.port, plans)
        tell(complaints)
    acknowledged = [each for log in logs for each in log.acknowledged]
    told = {
        "people": len(plans),
        "seconds": seconds,
        "took_ms": [each for log in logs for each in log.took_ms],
        "overtaken": sum(log.overtaken for log in logs),
        "problems": [each for log in logs for each in log.problems],
        **asdict(compare(acknowledged)),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
