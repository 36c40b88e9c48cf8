"""What the server loads when it starts: nothing that only a file of some kind needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ON_DEMAND = ("docx", "fontTools", "lxml", "openpyxl", "weasyprint", "xlsxwriter")
START = f"""
import sys
from tests import settings
from qmm_site.wsgi import application
from django.urls import reverse
reverse("assessments:list")  # loads the addresses, and with them the views
print(*sorted(set({ON_DEMAND!r}) & set(sys.modules)))
"""


def test_it_starts_without_the_libraries_that_make_files() -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == ""
