"""Reads the settings that come from the environment, and stops the start on nonsense; it decides no defaults."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
EMAIL_SCHEMES = ("consolemail", "smtp", "smtp+tls", "smtp+ssl", "smtps", "filemail", "memorymail", "dummymail")


class Environment:
    """The environment of one start, with `.env` beneath it: what is exported wins over what the file says."""

    def __init__(self, env_file: Path) -> None:
        self._env = environ.Env()
        if env_file.is_file():
            environ.Env.read_env(env_file)

    def text(self, name: str, default: str) -> str:
        return str(self._env.str(name, default=default)).strip()

    def secret(self, name: str, shortest: int = 32) -> str:
        value = self.text(name, "")
        if len(value) < shortest:
            raise ImproperlyConfigured(
                f"{name} must be a random text of at least {shortest} characters; `./run install` writes one into .env."
            )
        return value

    def switch(self, name: str, default: bool) -> bool:
        value = self.text(name, "on" if default else "off").lower()
        if value not in ("on", "off"):
            raise ImproperlyConfigured(f"{name} is {value!r}; write on or off.")
        return value == "on"

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
            raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from {lowest} to {highest}.")
        return int(value)

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name, "").split(",") if word.strip()]

    def site_url(self, name: str, default: str) -> str:
        """The address people type, without a path: `https://qmm.example.com`."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            clean = parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query)
            parts.port  # noqa: B018  a port that is no number raises here
        except ValueError:
            clean = False
        if not clean:
            raise ImproperlyConfigured(f"{name} is {value!r}; write it like https://qmm.example.com, without a path.")
        return value

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value not in available_timezones():
            raise ImproperlyConfigured(f"{name} is {value!r}; write a zone of the tz database like Europe/Zurich or UTC.")
        return value

    def database(self, name: str, default: str) -> dict[str, object]:
        value = self.text(name, default)
        if value.partition(":")[0] not in DATABASE_SCHEMES:
            raise ImproperlyConfigured(
                f"{name} must begin with sqlite:/// or postgres://, like postgres://user:password@host:5432/name."
            )
        return dict(environ.Env.db_url_config(value))

    def email(self, name: str, default: str) -> dict[str, object]:
        value = self.text(name, default)
        if value.partition(":")[0] not in EMAIL_SCHEMES:
            raise ImproperlyConfigured(
                f"{name} must begin with smtp+tls:// (like smtp+tls://user:password@mail.example.com:587) or consolemail://."
            )
        return dict(environ.Env.email_url_config(value))
