"""`./run` in a copy of the source, with programs that only note how they were called in place of apt and pip."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from qmm_site.font_files import page_font, paper_fonts
from qmm_site.fonts import recipe

ROOT = Path(__file__).resolve().parents[1]
NOT_SOURCE = (".venv", ".git", "var", ".env", ".*_cache", "__pycache__", ".hypothesis")
# What tests/settings.py exports, and the server under test must not inherit.
EXPORTED = {"DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "ENV_FILE", "PORT", "SECRET_KEY", "SITE_URL", "VAR_DIR"}
STARTS_WITHIN = 30  # seconds


@dataclass(frozen=True)
class Machine:
    """A copy of the source on what looks to it like a fresh machine."""

    folder: Path

    @property
    def calls(self) -> list[str]:
        """How apt, sudo and pip have been called so far."""
        noted = self.folder / "calls"
        return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []

    def environment(self, **more: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in EXPORTED}
        return {**inherited, "PATH": f"{self.folder / 'programs'}:{os.environ['PATH']}", **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["./run", *arguments],
            cwd=self.folder,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def program(self, path: str, script: str) -> None:
        """Put a small shell script in place of a program."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)


def make_machine(folder: Path, missing: str = "") -> Machine:
    """A machine on which the packages named are not installed."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    machine = Machine(folder)
    note = f"""echo "$(basename "$0") $*" >>'{folder}/calls'"""
    python = f"""case "$*" in *install*) {note} ;; *) exec '{sys.executable}' "$@" ;; esac"""
    machine.program(".venv/bin/python", python)
    machine.program("programs/uname", "echo Linux")
    machine.program("programs/apt-get", note)
    machine.program("programs/sudo", note)
    machine.program("programs/dpkg-query", f"""case ' {missing} ' in *" $3 "*) exit 1 ;; esac; echo 'ii '""")
    return machine


def give_fonts(machine: Machine) -> None:
    """Those of the tests: cutting them anew takes seconds."""
    for font in (page_font(), *paper_fonts().values()):
        copy = machine.folder / "var" / font.relative_to(font.parents[2 if font == page_font() else 1])
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(font, copy)
    (machine.folder / "var" / "fonts.txt").write_text(recipe(), encoding="utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, made_fonts: None) -> Machine:
    machine = make_machine(tmp_path_factory.mktemp("machine") / "with a space")
    give_fonts(machine)
    ended = machine.run("install")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return machine


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def serving(installed: Machine, free_port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    server = subprocess.Popen(
        ["./run"],
        cwd=installed.folder,
        env=installed.environment(PORT=str(free_port)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{free_port}"
    try:
        wait_until_it_answers(server, f"{address}/healthz")
        yield server, address
    finally:
        server.kill()
        server.communicate()


def wait_until_it_answers(server: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            fetch(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.05)
    server.kill()
    pytest.fail(f"It did not answer:\n{server.communicate()[0]}")


def fetch(address: str) -> HTTPResponse:
    response: HTTPResponse = urllib.request.urlopen(address, timeout=10)  # noqa: S310  an address of ours
    return response


def query(machine: Machine, statement: str) -> list[Any]:
    """Ask the database that was made, or change it, and close it again."""
    with closing(sqlite3.connect(machine.folder / "var" / "db.sqlite3", isolation_level=None)) as database:
        return database.execute(statement).fetchall()


def test_help_names_every_command_there_is() -> None:
    ended = subprocess.run(["./run", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    script = (ROOT / "run").read_text(encoding="utf-8")
    commands = re.findall(r"^([a-z]+)\)", script[script.index('case "$command" in') :], re.MULTILINE)
    named = re.findall(r"^\./run ([a-z]+)", ended.stdout, re.MULTILINE)
    assert sorted({*commands, "help"} - {"serve"}) == sorted(named)


def test_an_unknown_command_fails_and_shows_the_help() -> None:
    ended = subprocess.run(["./run", "instal"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "./run install" in ended.stderr
    assert "There is no ./run instal." in ended.stderr


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_the_script_is_valid_for_each_shell(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    subprocess.run([shell, "-n", "run"], cwd=ROOT, check=True)


def test_the_build_runs_tests_and_checks() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert script.index("set -eu") < script.index("./run test") < script.index("./run check")
    assert all(os.access(ROOT / name, os.X_OK) for name in ("run", ".ci/run", "manage.py"))


def test_the_first_install_writes_settings_that_only_their_owner_may_read(installed: Machine) -> None:
    file = installed.folder / ".env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert re.fullmatch(r"SECRET_KEY=[\w-]{60,}\n", file.read_text(encoding="utf-8"))


def test_the_first_install_asks_pip_for_hashes(installed: Machine) -> None:
    assert any("--require-hashes -r requirements.txt" in call for call in installed.calls)


def test_the_first_install_asks_apt_for_nothing_that_is_there(installed: Machine) -> None:
    assert not [call for call in installed.calls if call.startswith(("apt-get", "sudo"))]


def test_the_first_install_loads_the_reference_data(installed: Machine) -> None:
    for table, rows in (("benchmarks_subelement", 20), ("benchmarks_establishment", 9), ("assessments_rubric", 20)):
        assert query(installed, f"SELECT count(*) FROM {table}") == [(rows,)]  # noqa: S608


def test_the_first_install_sets_the_write_ahead_log_in_the_file(installed: Machine) -> None:
    assert query(installed, "PRAGMA journal_mode") == [("wal",)]


def test_an_install_closes_what_it_made_to_other_accounts(installed: Machine) -> None:
    var = installed.folder / "var"
    var.chmod(0o755)
    (var / "db.sqlite3").chmod(0o644)
    assert installed.run("install").returncode == 0
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (var, var / "db.sqlite3")]
    assert modes == [0o700, 0o600]


def test_a_second_install_does_nothing_and_loses_nothing(installed: Machine) -> None:
    kept = [installed.folder / name for name in (".env", "var/database.txt", "var/db.sqlite3")]
    before = [(file.read_bytes(), file.stat().st_mtime_ns) for file in kept]
    calls = installed.calls
    ended = installed.run("install")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in kept] == before
    assert installed.calls == calls


def test_an_install_with_new_reference_data_loads_it_and_keeps_what_people_have_entered(installed: Machine) -> None:
    query(
        installed,
        "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('kept', '', '2099-01-01')",
    )
    fixture = installed.folder / "benchmarks" / "fixtures" / "framework.json"
    written = fixture.read_text(encoding="utf-8")
    fixture.write_text(written.replace("Management review", "Review by management"), encoding="utf-8")
    ended = installed.run("install")
    assert ended.returncode == 0, ended.stderr
    assert query(installed, "SELECT session_key FROM django_session") == [("kept",)]
    assert query(installed, "SELECT name FROM benchmarks_subelement WHERE code = 'management-review'") == [
        ("Review by management",)
    ]
    assert query(installed, "SELECT count(*) FROM benchmarks_subelement") == [(20,)]


def test_an_install_after_the_database_was_deleted_makes_it_anew(installed: Machine) -> None:
    for file in (installed.folder / "var").glob("db.sqlite3*"):
        file.unlink()
    assert installed.run("install").returncode == 0
    assert query(installed, "SELECT count(*) FROM assessments_rubric") == [(20,)]


def test_it_serves_pages_with_the_static_files_they_name(serving: tuple[subprocess.Popen[str], str]) -> None:
    _, address = serving
    with fetch(f"{address}/accounts/login/") as page:
        names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.read().decode())
    assert names
    for name in names:
        with fetch(address + name) as file:
            assert "immutable" in file.headers["Cache-Control"], name


def test_it_says_where_it_is_and_ends_cleanly(serving: tuple[subprocess.Popen[str], str]) -> None:
    server, address = serving
    server.send_signal(signal.SIGINT)
    printed, _ = server.communicate(timeout=10)
    assert server.returncode == 0
    assert f"runs at {address}\n" in printed
    assert "sign up" in printed
    assert "Traceback" not in printed
    assert printed.endswith("Stopped.\n")


def test_an_occupied_port_is_named_with_the_way_out(installed: Machine) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = installed.run(PORT=port)
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} is in use already. Stop what runs there, or choose another: PORT=8001 ./run\n"


@pytest.mark.parametrize(("missing", "account"), [("libpango-1.0-0 fonts-dejavu-core", 0), ("libpango-1.0-0", 1000)])
def test_missing_libraries_are_installed_by_apt_and_no_others(tmp_path: Path, missing: str, account: int) -> None:
    machine = make_machine(tmp_path / "machine", missing)
    machine.program("programs/id", f"echo {account}")
    machine.program(".venv/bin/python", 'case "$*" in *install*) exit 3 ;; esac')  # apt comes before pip; stop there
    assert machine.run("install").returncode == 3
    update, install = machine.calls
    assert update.split()[0] == ("apt-get" if account == 0 else "sudo")
    assert "update" in update
    assert install.endswith(f"install --no-install-recommends {missing}")


def test_an_old_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    machine = make_machine(tmp_path / "machine")
    machine.program("programs/python3.10", "exit 1")
    ended = machine.run("install", PYTHON="python3.10")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Python 3.11 or newer is needed.")
