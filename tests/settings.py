"""The settings under which the tests run: the product's own, with a fixed environment and a folder that goes away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# The first process makes the folder and removes it; what it starts shares it, but for the workers that test beside it.
if "TESTS_FOLDER" not in os.environ:
    os.environ["TESTS_FOLDER"] = tempfile.mkdtemp(prefix="qmm-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_FOLDER"], ignore_errors=True)
_folder = Path(os.environ["TESTS_FOLDER"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")

# No test may depend on what a developer has in .env or in the shell; which database to use is the one choice.
os.environ.update(
    {
        "ALLOWED_HOSTS": "",
        "BEHIND_PROXY": "off",
        "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
        "DEBUG": "off",
        "EMAIL_FROM": "QMM self-assessment <noreply@example.com>",
        "EMAIL_URL": "consolemail://",
        "EMAIL_VERIFICATION": "off",
        "ENV_FILE": os.devnull,
        "HOST": "127.0.0.1",
        "OIDC_CLIENT_ID": "",
        "OIDC_CLIENT_SECRET": "",
        "OIDC_LINK_BY_ADDRESS": "off",
        "OIDC_NAME": "",
        "OIDC_SERVER": "",
        "PDF_PROCESSES": "1",
        "PORT": "8000",
        "SECRET_KEY_FALLBACKS": "",
        "SECRET_KEY": "only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
        "SESSION_IDLE_MINUTES": "30",
        "SESSION_MAX_HOURS": "12",
        "SITE_URL": "http://127.0.0.1:8000",
        "TIME_ZONE": "UTC",
        "VAR_DIR": str(_folder),
    }
)

from qmm_site.settings import *  # noqa: E402, F403
from qmm_site.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600  # who signed in when the tests began is asked nothing again
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
for _made in (STATIC_ROOT, VAR_DIR / "made"):
    _made.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: in memory all threads would share one connection and its transactions.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
