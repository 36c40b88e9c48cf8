"""How long someone stays signed in: a session that was idle, or has lasted a working day, is as good as none.

When someone was last seen travels in a signed cookie, so that reading a page writes nothing to know it. The list of
a person's sessions is told at most once a minute, and nobody waits for it or fails with it.
"""

import logging
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments.signed_links import is_signature_of, signature_of
from assessments.unavailable import DATABASE_FAILURES

logger = logging.getLogger(__name__)

SIGN_IN = "sign_in"  # in the session: when it began, and a word of its own that marks are signed with
SALT = "assessments.signing_in.sessions"
MARK_AGAIN_AFTER = 60


def note_sign_in(sender: Any, request: HttpRequest, **_: Any) -> None:  # noqa: ARG001
    """Whichever way someone signed in: Django says so once it is done."""
    request.session[SIGN_IN] = [_now(), get_random_string(22)]


def is_overdue(signed_in_at: int, seen_at: int, now: int) -> bool:
    idle, most = 60 * settings.SESSION_IDLE_MINUTES, 3600 * settings.SESSION_MAX_HOURS
    return now - max(signed_in_at, seen_at) >= idle or now - signed_in_at >= most


class TimedSession(SessionStore):
    """The session of a request, with the mark of when it was last seen."""

    key_salt = SessionStore().key_salt  # by Django's rule it would follow the name of the class
    mark = ""
    is_marked_at = 0

    def load(self) -> dict[str, Any]:
        data: dict[str, Any] = super().load()
        if SESSION_KEY in data and self._is_over(data):
            self._session_key = None
            return {}
        return data

    def _is_over(self, data: dict[str, Any]) -> bool:
        if SIGN_IN not in data:
            return True
        signed_in_at, word = data[SIGN_IN]
        self.is_marked_at = _read_mark(self.mark, word)
        return is_overdue(signed_in_at, self.is_marked_at, _now())


class SignInSessionMiddleware(SessionMiddleware):
    """A cookie that cannot be the key of a session is no cookie: PostgreSQL refuses to look for U+0000."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if "\0" in key:
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
            key = ""
        request.session = TimedSession(key or None)
        request.session.mark = request.COOKIES.get(settings.SEEN_COOKIE_NAME, "")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        session: Any = request.session
        held: dict[str, Any] = getattr(session, "_session_cache", {})
        if response.status_code < 500 and SESSION_KEY in held and SIGN_IN in held:
            now = _now()
            if now - session.is_marked_at >= MARK_AGAIN_AFTER:
                _set_mark(response, held[SIGN_IN][1], now)
                if session.is_marked_at:
                    _tell_list(session.session_key)
        return response


def _now() -> int:
    return int(timezone.now().timestamp())


def _read_mark(mark: str, word: str) -> int:
    seconds, _, signature = mark.partition(".")
    if seconds.isascii() and seconds.isdecimal() and is_signature_of(f"{word}:{seconds}", signature, salt=SALT):
        return int(seconds)
    return 0


def _set_mark(response: HttpResponse, word: str, now: int) -> None:
    response.set_cookie(
        settings.SEEN_COOKIE_NAME,
        f"{now}.{signature_of(f'{word}:{now}', salt=SALT)}",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _tell_list(session_key: str) -> None:
    try:
        UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())
    except DATABASE_FAILURES:  # a disk that is full or read-only: the page is good all the same
        logger.warning("When a session was last seen could not be noted", exc_info=True)
