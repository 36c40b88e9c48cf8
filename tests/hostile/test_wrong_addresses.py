"""Addresses with arguments that nobody was given, and cookies that nobody got: not found, never a failure."""

from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from assessments.rater_access import COOKIE
from tests.hostile.resolving import ADDRESSES
from tests.hostile.world import World, digest

OF_NUMBER = [
    "99999999999999999999",
    "9223372036854775808",
    "-1",
    "１",
    "١",
    "0x1",
    "1.0",
    "%201",
    "1%00",
    "%FF",
    "null",
]
OF_UUID = [
    *("00000000-0000-0000-0000-00000000000G", "00000000000000000000000000000000", "0" * 36, "１" * 36, "%00", "%FF"),
    *("%7B00000000-0000-0000-0000-000000000000%7D", "00000000-0000-0000-0000-000000000000", "..%2F..%2Fetc%2Fpasswd"),
]
OF_TEXT = [
    *(
        "%00",
        "a%00b",
        "%FF",
        "%ED%A0%80",
        "%07",
        "%E2%80%AE",
        "..%2F..%2Fetc%2Fpasswd",
        "..",
        "x" * 5000,
        "%0d%0aX:%20y",
    ),
    *("{{7}}", "%25s", "%3Cscript%3E", "🧪", "مراجعة", "'%20OR%201=1%20--", "%F0%9F%A7%AA"),
]
MEANT = {"code": OF_TEXT, "area_code": [*OF_TEXT, "pqs", "ＰＱＳ"], "version": OF_TEXT, "slug": OF_TEXT}
ARGUMENTS = [
    (name, argument)
    for name, arguments in ADDRESSES.items()
    for argument in arguments
    if not name.startswith(("admin:", "mfa_", "openid_")) and argument != "anything"
]
NOT_FOUND = (301, 400, 404, 405)  # 301: an address without its slash at the end, which is then not found
ANSWERS = {
    "assessments:server_access_end": (*NOT_FOUND, 302),  # who is not let in is let in no more
    "account_session_end": (*NOT_FOUND, 302),  # one that has ended meanwhile is ended
    # Pages of their own for a link that is not good.
    "account_confirm_email": (*NOT_FOUND, 200, 302),
    "account_reset_password_from_key": (*NOT_FOUND, 200, 302, 422),
}
AS_OMAR = {"assessments:rate", "assessments:rate_done", "assessments:rate_area", "assessments:rate_save"}


def wrong_values(value: Any, argument: str) -> list[str]:
    if argument in MEANT:
        return MEANT[argument]
    if isinstance(value, int):
        return OF_NUMBER
    return OF_UUID if argument.endswith("_id") else OF_TEXT


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_what_was_never_given_out_is_not_found(world: World, name: str, argument: str) -> None:
    at = {"rater_id": "omar"} if name in AS_OMAR else {}
    good, value = world.address(name, at), world.arguments[at.get(argument, argument)]
    browser = world.browser("omar" if name in AS_OMAR else "alice")
    before = digest()
    for wrong in wrong_values(value, argument):
        address = good.replace(quote(str(value)), "\0", 1).replace("\0", wrong)
        for method in (browser.get, browser.post):
            response = method(address)
            assert response.status_code in ANSWERS.get(name, NOT_FOUND), (wrong, response.status_code)
    assert digest() == before


COOKIES = ["", "x", "%00", "\x7f", "a" * 4000, "=", '"', "../../x", "{{7}}", "é", "1' OR '1'='1", "null"]


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, COOKIE, "messages"])
@pytest.mark.parametrize("value", COOKIES)
def test_a_cookie_that_nobody_got_is_no_cookie(world: World, name: str, value: str) -> None:
    browser = Client()
    browser.cookies[name] = value
    rating = world.address("assessments:rate", {"rater_id": "omar"})
    for address, status in (("/", 200), ("/assessments/", 302), (rating, 404), ("/accounts/login/", 200)):
        assert browser.get(address).status_code == status
    sent = {"login": "bob@acme.example", "password": "wrong"}
    assert browser.post("/accounts/login/", sent).status_code == 422
