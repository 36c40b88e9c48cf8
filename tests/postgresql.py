"""A PostgreSQL of its own for one command: `python -m tests.postgresql pytest …`; it is gone when the command ends."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

BASE = "/tmp"  # noqa: S108  the unprivileged account must reach it, and a socket's path must stay short
DEBIAN_FOLDERS = Path("/usr/lib/postgresql")
STARTS_WITHIN = 30  # seconds; it takes about two
# Nothing in it outlives the command, so nothing has to survive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresqlMissingError(Exception):
    """The server's programs are not installed; the message says what to install."""


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Start a cluster that listens on a socket in its own folder only, and yield its DATABASE_URL."""
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="qmm-pg-", dir=BASE))
    try:
        if account:
            shutil.chown(folder, account["user"])
        _initialise(folder / "data", account)
        server = _start(folder, account)
        try:
            _wait_until_ready(server, folder)
            yield f"postgres://qmm@/{quote(str(folder), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # "fast": open connections are closed
            server.wait(timeout=STARTS_WITHIN)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: whose account to use instead, as arguments for a subprocess."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _program(name: str) -> str:
    """Debian keeps the server's programs off the path, one folder for each version."""
    found = shutil.which(name)
    if found:
        return found
    versions = sorted(DEBIAN_FOLDERS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise PostgresqlMissingError(f"No {name} was found: install the package postgresql.")
    return str(versions[-1])


def _initialise(data: Path, account: dict[str, Any]) -> None:
    subprocess.run(
        [_program("initdb"), "-D", data, "-U", "qmm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        cwd=BASE,
        stdout=subprocess.DEVNULL,
        **account,
    )


def _start(folder: Path, account: dict[str, Any]) -> subprocess.Popen[bytes]:
    choices = {**CARELESS, "listen_addresses": "", "unix_socket_directories": str(folder), "logging_collector": "off"}
    options = [argument for name, value in choices.items() for argument in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [_program("postgres"), "-D", folder / "data", *options],
            cwd=BASE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the command; the server ends after it
            **account,
        )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    """The last line of its lock file says "ready" once it takes connections."""
    deadline = time.monotonic() + STARTS_WITHIN
    status = folder / "data" / "postmaster.pid"
    while server.poll() is None and time.monotonic() < deadline:
        if status.is_file() and status.read_text(encoding="utf-8").split()[-1:] == ["ready"]:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(encoding='utf-8', errors='replace')}")


def main(command: Sequence[str]) -> int:
    """Run a command with DATABASE_URL set to a new cluster, and return its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway_cluster() as url:
        try:
            return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
