"""`./run bench`: measures everything in one run and prints one table; docs/measuring.md says how to read it."""

import os
import sys
import time
from argparse import ArgumentParser

import django

from tests.bench.scratch import enter_scratch

enter_scratch()  # before anything reads the settings
django.setup()

from tests.bench.contents import make_contents  # noqa: E402
from tests.bench.crowd import measure_crowd  # noqa: E402
from tests.bench.figures import table  # noqa: E402
from tests.bench.pages import measure_pages  # noqa: E402
from tests.bench.paper import measure_paper  # noqa: E402
from tests.bench.serving import measure_server  # noqa: E402


def main() -> None:
    """It measures and tells; what is missed is no failure."""
    parser = ArgumentParser(prog="./run bench", description="Measures time and memory, beside references.")
    parser.add_argument("--rounds", type=int, default=100, help="how often each page is asked for; 100 unless given")
    parser.add_argument("--pdf-rounds", type=int, default=8, help="how often each PDF is rendered; 8 unless given")
    rounds = parser.parse_args()
    started = time.monotonic()
    contents = make_contents()
    rows = measure_paper(contents, rounds.pdf_rounds)
    rows += measure_pages(contents, rounds.rounds)
    rows += measure_server(contents)
    rows += measure_crowd()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    sys.stdout.write(
        f"Measured in {time.monotonic() - started:.0f} s with Python {sys.version.split()[0]} and Django"
        f" {django.__version__} on {os.cpu_count()} cores; load over 1, 5 and 15 minutes {load}.\n\n{table(rows)}"
    )


if __name__ == "__main__":
    main()
