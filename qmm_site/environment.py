"""Reads the settings that come from the environment, and stops the start on nonsense; it decides no defaults."""

import os
import re
from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

HOST_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE | re.ASCII)
EMAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
SHORTEST_SECRET = 50


class SettingsError(ImproperlyConfigured):
    """A setting that cannot be read; the message names it and says what to write."""


class Environment:
    """The environment of one start, with a file beneath it: what is exported wins over what the file says."""

    def __init__(self, file: Path, exported: Mapping[str, str] | None = None) -> None:
        self._file = file
        self._written = _read(file)
        self._values = {**self._written, **(os.environ if exported is None else exported)}
        self.names: set[str] = set()

    def text(self, name: str, default: str) -> str:
        """The value without the space around it; an empty one counts as not set."""
        self.names.add(name)
        return self._values.get(name, "").strip() or default

    def refuse_unknown(self) -> None:
        """Call it when everything has been read: a misspelt name in the file would otherwise do nothing, silently."""
        for name in sorted(set(self._written) - self.names):
            raise SettingsError(f"{name} in {self._file} is not a setting; docs/deployment.md lists those there are.")

    def secret(self, name: str) -> str:
        value = self.text(name, "")
        if len(value) < SHORTEST_SECRET or len(set(value)) < 10:
            raise SettingsError(
                f"{name} must be a random text of at least {SHORTEST_SECRET} characters;"
                " `./run install` writes one into .env."
            )
        return value

    def secrets(self, name: str) -> list[str]:
        """Earlier ones, that what they have signed is still known by."""
        values = [value.strip() for value in self.text(name, "").split(",") if value.strip()]
        if any(len(value) < SHORTEST_SECRET for value in values):
            raise SettingsError(
                f"{name} must be earlier values of SECRET_KEY, each of at least {SHORTEST_SECRET} characters,"
                " separated by commas."
            )
        return values

    def switch(self, name: str, default: bool) -> bool:
        value = self.text(name, "on" if default else "off").lower()
        if value not in ("on", "off"):
            raise SettingsError(f"{name} is {value!r}; write on or off.")
        return value == "on"

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.text(name, str(default))
        if not (re.fullmatch(r"[0-9]{1,9}", value) and lowest <= int(value) <= highest):
            raise SettingsError(f"{name} is {value!r}; write a whole number from {lowest} to {highest}.")
        return int(value)

    def host_names(self, name: str) -> list[str]:
        values = [value.strip() for value in self.text(name, "").split(",") if value.strip()]
        for value in values:
            if not HOST_NAME.fullmatch(value):
                raise SettingsError(f"{name} has {value!r}; write host names alone, like qmm.example.com,10.0.0.5.")
        return values

    def address(self, name: str, default: str) -> str:
        """The address of this machine to listen on."""
        value = self.text(name, default)
        try:
            return str(ip_address(value.strip("[]")))
        except ValueError:
            if value == "localhost":
                return value
            raise SettingsError(
                f"{name} is {value!r}; write 127.0.0.1 for this machine alone, 0.0.0.0 for the network."
            ) from None

    def site_url(self, name: str, default: str) -> str:
        """The address people type, without a path: `https://qmm.example.com`."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            clean = (
                parts.scheme in ("http", "https")
                and HOST_NAME.fullmatch(parts.netloc.rpartition(":")[0] if parts.port else parts.netloc)
                and "*" not in value
                and not (parts.path or parts.query or parts.fragment)
            )
        except ValueError:  # a port that is no number
            clean = False
        if not clean:
            raise SettingsError(f"{name} is {value!r}; write it like https://qmm.example.com, without a path.")
        return value

    def sign_in_server(self, name: str) -> str:
        """The address of the other site by which people sign in; empty when there is none."""
        value = self.text(name, "").rstrip("/")
        try:
            parts = urlsplit(value)
            is_local = parts.hostname in ("localhost", "127.0.0.1")
            clean = bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_local))
            clean = clean and not (parts.query or parts.fragment or parts.username or (parts.port and parts.port < 1))
        except ValueError:  # a port that is no number
            clean = False
        if value and not clean:
            raise SettingsError(f"{name} is {value!r}; write it like https://login.example.com/realms/acme.")
        return value

    def folder(self, name: str, default: Path) -> Path:
        value = Path(self.text(name, str(default))).expanduser()
        if not value.is_absolute() or (value.exists() and not value.is_dir()):
            raise SettingsError(f"{name} is {str(value)!r}; write the full path of a folder, like /var/lib/qmm.")
        return value

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value not in available_timezones():
            raise SettingsError(f"{name} is {value!r}; write a zone of the tz database like Europe/Zurich or UTC.")
        return value

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Which database, as Django wants it; by default SQLite in a file of ours."""
        value = self.text(name, "")
        if not value:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        try:
            known = re.match(r"sqlite:////.|postgres(ql)?://", value)
            config = dict(environ.Env.db_url_config(value)) if known else {}
        except ValueError:  # a port that is no number
            config = {}
        if not config.get("NAME"):
            raise SettingsError(
                f"{name} cannot be read; write postgres://user:password@host:5432/name or sqlite:////full/path/db.sqlite3,"
                " and special characters of a password in percent-encoding."
            )
        return config

    def email(self, name: str, default: str) -> dict[str, Any]:
        """How mail leaves: the console by default, else an SMTP server."""
        value = self.text(name, default)
        scheme = value.partition("://")[0]
        try:
            known = value == "consolemail://" or (scheme in EMAIL_PORTS and urlsplit(value).hostname)
            config = dict(environ.Env.email_url_config(value)) if known else {}
        except ValueError:  # a port that is no number
            config = {}
        if not config:
            raise SettingsError(
                f"{name} cannot be read; write smtp+tls://user:password@mail.example.com:587 or consolemail://,"
                " and special characters of a password in percent-encoding."
            )
        return {**config, "EMAIL_PORT": config["EMAIL_PORT"] or EMAIL_PORTS.get(scheme)}

    def sender(self, name: str, default: str) -> str:
        value = self.text(name, "")
        try:
            if value:
                validate_email(parseaddr(value)[1])
        except ValidationError:
            raise SettingsError(f"{name} is {value!r}; write it like QMM <qmm@example.com>.") from None
        return value or default


def single_sign_on(*, name: str, server: str, client_id: str, secret: str, links: bool) -> dict[str, Any]:
    """The other site as django-allauth wants it: all of it, or nothing."""
    needed = {"OIDC_SERVER": server, "OIDC_CLIENT_ID": client_id, "OIDC_CLIENT_SECRET": secret}
    missing = [setting for setting, value in needed.items() if not value]
    if len(missing) == len(needed):
        if links:
            raise SettingsError("OIDC_LINK_BY_ADDRESS is on without OIDC_SERVER; write OIDC_SERVER, or switch it off.")
        return {}
    if missing:
        raise SettingsError(f"{missing[0]} is missing; single sign-on needs {', '.join(needed)}.")
    app = {
        "provider_id": "company",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server, "email_authentication": links},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def environment_file(default: Path) -> Path:
    """The file of settings: ENV_FILE names another one than the default, which need not exist."""
    named = os.environ.get("ENV_FILE", "")
    if named and not Path(named).exists():
        raise SettingsError(f"ENV_FILE is {named!r}; write the path of a file of settings.")
    return Path(named or default)


def _read(file: Path) -> dict[str, str]:
    """What the file says, without touching the environment of this process."""
    values: dict[str, str] = {}
    if file.is_file():
        reader: Any = type("Reader", (environ.Env,), {"ENVIRON": values})
        reader.read_env(file)
    return values
