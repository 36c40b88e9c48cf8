"""`./run bench`: measures everything in one run and prints one table; docs/measuring.md says how to read it."""

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

import django

from tests.bench.scratch import enter_scratch

enter_scratch()  # before anything reads the settings
django.setup()

from assessments.database_rules import acting  # noqa: E402
from tests.bench.contents import Contents, make_contents  # noqa: E402
from tests.bench.crowd import measure_crowd  # noqa: E402
from tests.bench.figures import Row, table  # noqa: E402
from tests.bench.flatness import measure_flatness  # noqa: E402
from tests.bench.hostile import measure_hostile  # noqa: E402
from tests.bench.outputs import measure_outputs  # noqa: E402
from tests.bench.pages import measure_pages  # noqa: E402
from tests.bench.paper import measure_paper  # noqa: E402
from tests.bench.serving import measure_server  # noqa: E402
from tests.bench.trail import measure_trail  # noqa: E402

PARTS: dict[str, Callable[[Contents, Namespace], list[Row]]] = {
    "paper": lambda contents, rounds: measure_paper(contents, rounds.pdf_rounds),
    "outputs": lambda contents, rounds: measure_outputs(contents, rounds.pdf_rounds),
    "flatness": lambda contents, rounds: measure_flatness(contents, rounds.renders),
    "pages": lambda contents, rounds: measure_pages(contents, rounds.rounds),
    "server": lambda contents, _: measure_server(contents),
    "trail": lambda contents, _: measure_trail(contents),
    "crowd": lambda *_: measure_crowd(),
    "hostile": lambda contents, _: measure_hostile(contents),
}


def main() -> None:
    """It measures and tells; what is missed is no failure."""
    parser = ArgumentParser(prog="./run bench", description="Measures time and memory, beside references.")
    parser.add_argument("parts", nargs="*", help=f"what to measure: {', '.join(PARTS)}; all of it unless given")
    parser.add_argument("--rounds", type=int, default=100, help="how often each page is asked for; 100 unless given")
    parser.add_argument("--pdf-rounds", type=int, default=8, help="how often each PDF is rendered; 8 unless given")
    parser.add_argument("--renders", type=int, default=200, help="PDFs in a row by one renderer; 200 unless given")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    acting.stand_for(actor="bench", actor_name="the measuring")
    started = time.monotonic()
    contents = make_contents()
    rows = [row for part in asked.parts or PARTS for row in PARTS[part](contents, asked)]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    sys.stdout.write(
        f"Measured in {time.monotonic() - started:.0f} s with Python {sys.version.split()[0]} and Django"
        f" {django.__version__} on {os.cpu_count()} cores; load over 1, 5 and 15 minutes {load}.\n\n{table(rows)}"
    )


if __name__ == "__main__":
    main()
