"""Each setting at its default, wrong and right; and that the database really has the settings it should have."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from waitress.adjustments import Adjustments

from qmm_site import serve
from qmm_site.environment import Environment, SettingsError, environment_file

ROOT = Path(__file__).resolve().parents[1]
NO_FILE = Path(os.devnull)
Read = Callable[[Environment, str], Any]

READERS: dict[str, Read] = {
    "address": lambda env, name: env.address(name, default="127.0.0.1"),
    "database": lambda env, name: env.database(name, default=Path("/var/lib/qmm/db.sqlite3")),
    "email": lambda env, name: env.email(name, default="consolemail://"),
    "folder": lambda env, name: env.folder(name, default=Path("/var/lib/qmm")),
    "host_names": lambda env, name: env.host_names(name),
    "number": lambda env, name: env.number(name, default=8000, lowest=1, highest=65535),
    "secret": lambda env, name: env.secret(name),
    "secrets": lambda env, name: env.secrets(name),
    "sender": lambda env, name: env.sender(name, default="QMM <noreply@localhost>"),
    "sign_in_server": lambda env, name: env.sign_in_server(name),
    "site_url": lambda env, name: env.site_url(name, default="http://127.0.0.1:8000"),
    "switch": lambda env, name: env.switch(name, default=False),
    "time_zone": lambda env, name: env.time_zone(name, default="UTC"),
}

# How it is read, what is refused, and a part of what the message says to write.
NONSENSE = [
    ("address", "nowhere", "127.0.0.1"),
    ("address", "127.0.0.1:8000", "127.0.0.1"),
    ("address", "256.0.0.1", "0.0.0.0 for the network"),
    ("database", "mysql://user@host/name", "postgres://"),
    ("database", "postgres", "postgres://"),
    ("database", "postgres://user:password@host:5432", "sqlite:////full/path"),
    ("database", "postgres://user:password@host:54x2/name", "postgres://"),
    ("database", "sqlite:///db.sqlite3", "sqlite:////full/path"),
    ("database", "sqlite://:memory:", "sqlite:////full/path"),
    ("database", "sqlite://", "sqlite:////full/path"),
    ("email", "mail.example.com", "smtp+tls://"),
    ("email", "smtp+tls://", "smtp+tls://user:password@mail.example.com:587"),
    ("email", "smtp+tls://mail.example.com:x", "percent-encoding"),
    ("email", "carrier-pigeon://roof", "consolemail://"),
    ("folder", "var", "full path"),
    ("folder", str(ROOT / "manage.py"), "full path of a folder"),
    ("host_names", "*", "host names alone"),
    ("host_names", "https://qmm.example.com", "host names alone"),
    ("host_names", "a.example.com b.example.com", "host names alone"),
    ("number", "0", "from 1 to 65535"),
    ("number", "65536", "from 1 to 65535"),
    ("number", "80.5", "from 1 to 65535"),
    ("number", "-1", "from 1 to 65535"),
    ("number", "1e3", "from 1 to 65535"),
    ("number", "８０００", "from 1 to 65535"),
    ("number", "²", "from 1 to 65535"),
    ("number", "9" * 5000, "from 1 to 65535"),
    ("secret", "", "at least 50 characters"),
    ("secret", "changeme", "./run install"),
    ("secret", "x" * 80, "random text"),
    ("secrets", "short", "separated by commas"),
    ("sender", "QMM", "QMM <qmm@example.com>"),
    ("sender", "QMM <qmm at example.com>", "QMM <qmm@example.com>"),
    ("sign_in_server", "login.example.com", "https://login.example.com/realms/acme"),
    ("sign_in_server", "http://login.example.com", "https://login.example.com/realms/acme"),
    ("sign_in_server", "https://user@login.example.com", "https://login.example.com/realms/acme"),
    ("sign_in_server", "https://login.example.com?x=1", "https://login.example.com/realms/acme"),
    ("sign_in_server", "https://login.example.com:port", "https://login.example.com/realms/acme"),
    ("site_url", "qmm.example.com", "https://qmm.example.com"),
    ("site_url", "https://", "without a path"),
    ("site_url", "https://qmm.example.com/app", "without a path"),
    ("site_url", "https://qmm.example.com?x=1", "without a path"),
    ("site_url", "https://qmm.example.com:port", "without a path"),
    ("site_url", "https://*.example.com", "without a path"),
    ("site_url", "https://user@qmm.example.com", "without a path"),
    ("site_url", "ftp://qmm.example.com", "without a path"),
    ("switch", "true", "on or off"),
    ("switch", "1", "on or off"),
    ("time_zone", "Zürich", "Europe/Zurich"),
    ("time_zone", "../etc/passwd", "Europe/Zurich"),
]

SENSE = [
    ("address", "", "127.0.0.1"),
    ("address", "0.0.0.0", "0.0.0.0"),  # noqa: S104
    ("address", "[::1]", "::1"),
    ("address", "localhost", "localhost"),
    ("folder", "", Path("/var/lib/qmm")),
    ("folder", "/srv/with a space & #", Path("/srv/with a space & #")),
    ("host_names", "", []),
    ("host_names", "qmm.example.com, .example.org ,10.0.0.5", ["qmm.example.com", ".example.org", "10.0.0.5"]),
    ("number", "", 8000),
    ("number", " 8001 ", 8001),
    ("secret", "$" + "0123456789abcdef" * 4, "$" + "0123456789abcdef" * 4),
    ("secrets", "", []),
    ("secrets", f"{'a' * 50}, {'b' * 60}", ["a" * 50, "b" * 60]),
    ("sender", "", "QMM <noreply@localhost>"),
    ("sender", "QMM <qmm@example.com>", "QMM <qmm@example.com>"),
    ("sign_in_server", "", ""),
    ("sign_in_server", "https://login.example.com/realms/acme/", "https://login.example.com/realms/acme"),
    ("sign_in_server", "http://localhost:8080", "http://localhost:8080"),
    ("site_url", "", "http://127.0.0.1:8000"),
    ("site_url", "https://qmm.example.com/", "https://qmm.example.com"),
    ("site_url", "http://[::1]:8000", "http://[::1]:8000"),
    ("switch", "", False),
    ("switch", "ON", True),
    ("switch", "off", False),
    ("time_zone", "Europe/Zurich", "Europe/Zurich"),
]


def read(how: str, value: str) -> Any:
    return READERS[how](Environment(NO_FILE, {"SETTING": value}), "SETTING")


@pytest.mark.asvs("13.2.3")
@pytest.mark.parametrize(("how", "value", "advice"), NONSENSE)
def test_nonsense_is_refused_with_the_name_and_what_to_write(how: str, value: str, advice: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(how, value)
    message = str(refusal.value)
    assert message.startswith("SETTING ")
    assert advice in message
    assert "\n" not in message


@pytest.mark.parametrize(("how", "value", "meaning"), SENSE)
def test_sense_is_accepted(how: str, value: str, meaning: Any) -> None:
    assert read(how, value) == meaning


def test_a_refused_address_of_the_database_or_the_mail_server_keeps_its_password_out_of_the_message() -> None:
    for how, value in (("database", "postgres://qmm:geheim@host:x/qmm"), ("email", "smtp://qmm:geheim@host:x")):
        with pytest.raises(SettingsError) as refusal:
            read(how, value)
        assert "geheim" not in str(refusal.value)


def test_the_database_is_a_file_of_ours_by_default() -> None:
    assert read("database", "") == {"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/lib/qmm/db.sqlite3"}


def test_the_database_may_be_postgresql() -> None:
    config = read("database", "postgres://qmm:a%40b%2Fc@db.example.com:5433/quality?sslmode=require")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"], config["NAME"]) == ("qmm", "a@b/c", "quality")
    assert (config["HOST"], config["PORT"], config["OPTIONS"]) == ("db.example.com", 5433, {"sslmode": "require"})


def test_mail_goes_to_the_console_by_default() -> None:
    assert read("email", "")["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("value", "port", "tls", "ssl"),
    [
        ("smtp+tls://qmm:secret@mail.example.com", 587, True, False),
        ("smtp+tls://qmm:secret@mail.example.com:2525", 2525, True, False),
        ("smtp+ssl://qmm:secret@mail.example.com", 465, False, True),
        ("smtp://mail.example.com", 25, False, False),
    ],
)
def test_mail_may_go_to_a_server(value: str, port: int, tls: bool, ssl: bool) -> None:
    config = read("email", value)
    assert (config["EMAIL_HOST"], config["EMAIL_PORT"]) == ("mail.example.com", port)
    assert (config.get("EMAIL_USE_TLS", False), config.get("EMAIL_USE_SSL", False)) == (tls, ssl)


def test_what_is_exported_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a remark\nPORT=8001\nTIME_ZONE='Europe/Zurich'\n", encoding="utf-8")
    env = Environment(file, {"PORT": "8002"})
    assert (env.text("PORT", ""), env.text("TIME_ZONE", "")) == ("8002", "Europe/Zurich")


def test_the_file_does_not_leak_into_the_environment_of_other_programs(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("QMM_TEST_LEAK=1\n", encoding="utf-8")
    Environment(file)
    assert "QMM_TEST_LEAK" not in os.environ


def test_a_misspelt_name_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PROT=8001\n", encoding="utf-8")
    env = Environment(file, {})
    env.number("PORT", default=8000, lowest=1, highest=65535)
    with pytest.raises(SettingsError, match=r"PROT in .* is not a setting"):
        env.refuse_unknown()


def test_a_file_of_settings_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match=r"^ENV_FILE is .*missing"):
        environment_file(default=tmp_path / ".env")


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-m", "qmm_site"]])
def test_a_start_with_nonsense_says_one_line_and_no_traceback(command: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "qmm_site.settings", "PORT": "eighty"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == ["Settings: PORT is 'eighty'; write a whole number from 1 to 65535."]


def names_read_by_the_settings() -> set[str]:
    """What each call like env.number("PORT", …) asks for, and the name of the file itself."""
    source = (ROOT / "qmm_site" / "settings.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    asked = {ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func).startswith("env.")}
    return asked | {"ENV_FILE"}


def test_the_document_lists_the_settings_there_are_and_no_others() -> None:
    document = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `([A-Z_]+)` \|", document, re.MULTILINE)
    assert sorted(documented) == sorted(names_read_by_the_settings())


def test_the_environment_of_the_tests_leaves_no_setting_to_chance() -> None:
    assert names_read_by_the_settings() <= set(os.environ)


@pytest.mark.asvs("4.1.3")
def test_the_server_takes_no_word_from_a_proxy_that_is_not_there(settings: Any) -> None:
    settings.BEHIND_PROXY = False
    assert serve.proxy() == {}


@pytest.mark.asvs("4.1.3", "15.3.4")
def test_the_server_believes_its_proxy(settings: Any) -> None:
    settings.BEHIND_PROXY, settings.SITE_URL = True, "https://qmm.example.com"
    adjustments = Adjustments(**serve.limits(), **serve.proxy())
    assert adjustments.trusted_proxy_headers == {"x-forwarded-for", "x-forwarded-proto"}
    assert adjustments.clear_untrusted_proxy_headers


@pytest.mark.asvs("12.2.1")
def test_the_server_refuses_https_without_a_proxy_because_every_page_would_redirect_to_itself(settings: Any) -> None:
    settings.BEHIND_PROXY, settings.SITE_URL = False, "https://qmm.example.com"
    with pytest.raises(SettingsError, match="BEHIND_PROXY=on"):
        serve.proxy()


@pytest.mark.django_db
def test_the_database_is_set_as_the_document_says() -> None:
    if connection.vendor == "postgresql":
        assert settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] == 10
        assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 0
        return
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
    assert found == pragmas
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 60


def test_a_request_by_another_name_leaves_no_traceback() -> None:
    """Without any handler Python would print it by its last resort; asked of a process in which no test listens."""
    ask = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client(raise_request_exception=False).get('/healthz', headers={'host': 'evil.example'}).status_code)"
    )
    ended = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False)
    (line,) = ended.stderr.splitlines()
    assert (ended.stdout, json.loads(line)["event"]) == ("400\n", "malformed")
