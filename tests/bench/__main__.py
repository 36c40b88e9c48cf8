"""`./run bench`: measures everything in one run, and prints one table in Markdown. docs/measuring.md says how to read it."""

import sys

import django

from tests.bench.scratch import enter_scratch

enter_scratch()  # before anything reads the settings
django.setup()

from tests.bench.contents import make_contents  # noqa: E402
from tests.bench.figures import table  # noqa: E402
from tests.bench.pages import measure_pages  # noqa: E402
from tests.bench.paper import measure_paper  # noqa: E402

contents = make_contents()
rows = measure_paper(contents, 10) 
rows += measure_pages(contents, 100)
sys.stdout.write(table(rows))
