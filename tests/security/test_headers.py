"""What every response tells the browser: the page, the error, the file and the refusal that no view ever saw."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from assessments import notices
from assessments.headers import SWITCHED_OFF, HeadersMiddleware
from assessments.models import Assessment, Person, Rater
from assessments.rater_access import cookie_of
from tests.conftest import PASSWORD
from tests.every_address import every_address
from tests.raters import link_path, path

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
OUR_REFERRERS = {"same-origin", "no-referrer"}


def policy_of(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: sources for name, *sources in parts}


def assert_all_headers(response: Any) -> None:
    for name, value in EXPECTED.items():
        assert response.headers.get(name) == value, name
    assert response["Referrer-Policy"] in OUR_REFERRERS
    assert "camera=()" in response["Permissions-Policy"]
    policy = policy_of(response)
    assert (
        policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    )
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers


@pytest.mark.asvs("3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6")
@pytest.mark.usefixtures("plain_pdfs")
def test_every_address_answers_with_every_header(
    client: Client, alice_client: Client, staff_client: Client, rita_client: Client, values: dict[str, Any]
) -> None:
    for address in every_address():
        by_link = (rita_client,) if address.path().startswith("/rate/") else ()
        for visitor in (staff_client,) if address.is_of_admin else (client, alice_client, *by_link):
            assert_all_headers(visitor.get(address.path(values)))


@pytest.mark.asvs("3.4.4", "3.4.6")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "sent"),
    [
        ("/there/is/no/such/page/", 404, {}),
        ("/static/no-such-file.css", 404, {}),
        ("/assessments/", 302, {}),
        ("/", 405, {"method": "put"}),
        ("/", 400, {"headers": {"host": "evil.example"}}),
    ],
)
def test_so_does_every_refusal(address: str, status: int, sent: dict[str, Any]) -> None:
    visitor = Client(raise_request_exception=False, headers=sent.get("headers"))
    response = getattr(visitor, sent.get("method", "get"))(address)
    assert response.status_code == status
    assert_all_headers(response)


@pytest.mark.django_db
def test_so_does_a_form_without_its_token_and_a_page_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    forged = visitor.post("/accounts/login/")
    assert forged.status_code == 403
    assert_all_headers(forged)
    monkeypatch.setattr("assessments.views.home.render", None)
    failed = visitor.get("/")
    assert failed.status_code == 500
    assert_all_headers(failed)


@pytest.mark.asvs("3.4.2", "3.4.4", "3.4.6")
def test_so_does_every_static_file() -> None:
    """Files are answered far outside of any view; other sites may not read them either."""
    (settings.STATIC_ROOT / "of-the-tests.css").write_text("p { margin: 0 }", encoding="utf-8")
    response = Client().get("/static/of-the-tests.css")
    assert response.status_code == 200
    assert_all_headers(response)
    assert "".join(chunk.decode() for chunk in response.streaming_content) == "p { margin: 0 }"  # type: ignore[attr-defined]


def test_the_middlewares_stand_in_the_order_that_this_needs() -> None:
    place = settings.MIDDLEWARE.index
    assert place(f"{HeadersMiddleware.__module__}.HeadersMiddleware") == 0
    files = place(f"{WhiteNoiseMiddleware.__module__}.WhiteNoiseMiddleware")
    for outer in ("csp.middleware.CSPMiddleware", "django.middleware.security.SecurityMiddleware"):
        assert place(outer) < files


def test_a_view_may_be_stricter_and_stays_so() -> None:
    stricter = HttpResponse(headers={"Referrer-Policy": "no-referrer"})
    answered = HeadersMiddleware(lambda _: stricter)(RequestFactory().get("/"))
    assert answered["Referrer-Policy"] == "no-referrer"


def test_no_page_uses_what_is_switched_off() -> None:
    used = {"camera": "getUserMedia", "geolocation": "geolocation", "payment": "PaymentRequest", "usb": "navigator.usb"}
    scripts = "".join(script.read_text(encoding="utf-8") for script in (ROOT / "static" / "js").rglob("*.js"))
    for feature, call in used.items():
        assert feature in SWITCHED_OFF
        assert call not in scripts


class TestOverHttps:
    @pytest.mark.asvs("3.4.1")
    def test_browsers_are_told_to_come_back_by_https_alone(self, https: Callable[..., Client]) -> None:
        response = https().get("/there/is/no/such/page/")
        assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        assert_all_headers(response)

    @pytest.mark.asvs("12.2.1")
    def test_who_comes_over_http_is_led_to_https_on_the_same_host(self, https: Callable[..., Client]) -> None:
        https()
        led = Client(headers={"host": "qmm.example.com"}).get("/accounts/login/?next=/assessments/")
        assert (led.status_code, led["Location"]) == (301, "https://qmm.example.com/accounts/login/?next=/assessments/")

    @pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
    def test_every_cookie_is_secure_and_has_the_prefix_of_its_host(
        self, https: Callable[..., Client], alice: Person
    ) -> None:
        browser = https()
        browser.get("/accounts/login/")
        browser.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
        assert {"__Host-sessionid", "__Host-csrftoken"} <= set(browser.cookies)
        for name, cookie in browser.cookies.items():
            assert name.startswith("__Host-"), name
            assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax"), (
                name
            )
        assert browser.cookies["__Host-sessionid"]["httponly"]
        assert browser.get("/assessments/").status_code in (200, 302)

    @pytest.mark.asvs("3.3.3")
    def test_messages_wait_in_a_cookie_of_such_a_name(self, set_for_https: dict[str, Any]) -> None:
        assert set_for_https["COOKIE_PREFIX"] == "__Host-"
        assert f"{settings.COOKIE_PREFIX}messages" == notices.NoticeCookie.cookie_name

    @pytest.mark.asvs("3.3.1", "3.3.3", "3.3.4")
    def test_so_has_the_rater_s_cookie_which_is_of_one_rating(self, https: Callable[..., Client], rita: Rater) -> None:
        browser = https()
        browser.post(link_path(rita))
        cookie = browser.cookies[f"__Host-rater-{rita.pk.hex}"]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert browser.get(path(rita)).status_code == 200

    def test_a_browser_that_began_under_the_old_name_goes_on(self, https: Callable[..., Client], rita: Rater) -> None:
        browser = https()
        browser.post(link_path(rita))
        browser.cookies["rater"] = browser.cookies.pop(cookie_of(rita.pk)[0]).value
        assert browser.get(path(rita)).status_code == 200

    def test_the_script_finds_the_token_under_both_names(self) -> None:
        script = (ROOT / "static" / "js" / "sending.js").read_text(encoding="utf-8")
        expression = re.search(r"return /(.+)/\.exec\(document\.cookie\)", script)
        assert expression
        for cookies in (
            "csrftoken=abc",
            "a=1; csrftoken=abc; b=2",
            "__Host-csrftoken=abc",
            "a=1; __Host-csrftoken=abc",
        ):
            found = re.search(expression[1], cookies)
            assert found
            assert found[1] == "abc"
        assert not re.search(expression[1], "xcsrftoken=abc")


def test_over_http_on_one_machine_nothing_asks_for_https(client: Client, assessment: Assessment) -> None:
    response = client.get("/accounts/login/")
    assert response.status_code == 200
    assert "Strict-Transport-Security" not in response.headers
    assert settings.SESSION_COOKIE_NAME == "sessionid"
