"""The folder and the environment in which everything is measured: the product's own settings, and nobody's data."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Cutting the fonts takes 20 seconds and nothing here measures it; `prepare` cuts them again where these do not fit.
MADE_AT_INSTALL = ("made", "paper", "fonts.txt")


def enter_scratch() -> Path:
    """Point this process and all that it starts at a new folder with a database of its own, ready to serve."""
    folder = Path(tempfile.mkdtemp(prefix="qmm-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    port = free_port()
    os.environ.update(
        {
            "ALLOWED_HOSTS": "",
            "BEHIND_PROXY": "off",
            "DATABASE_URL": "",
            "DEBUG": "off",
            "DJANGO_SETTINGS_MODULE": "qmm_site.settings",
            "EMAIL_FROM": "",
            "EMAIL_URL": "",
            "ENV_FILE": os.devnull,
            "HOST": "127.0.0.1",
            "PDF_PROCESSES": "2",
            "PORT": str(port),
            "SECRET_KEY": "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "TIME_ZONE": "UTC",
            "VAR_DIR": str(folder),
        }
    )
    take_fonts(folder)
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=True)
    return folder


def take_fonts(folder: Path) -> None:
    for name in MADE_AT_INSTALL:
        made = ROOT / "var" / name
        if made.is_dir():
            shutil.copytree(made, folder / name)
        elif made.is_file():
            shutil.copy(made, folder / name)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
