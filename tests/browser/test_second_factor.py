"""Passkeys in a real browser with an authenticator of its own: made, used at sign-in and when asked again, removed."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment, Organisation, Person, Signature
from tests.browser.conftest import PHONE, WIDE, OpenPage, path_of, sign_in
from tests.browser.test_every_page import complaints
from tests.second_factors import code_of, recovery_codes_of, with_app
from tests.signing import in_review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FACTOR = "/accounts/second-factor/"
# What the page that asks again asks for, in place of what the page to sign does.
ASK_WEAKLY = """async () => {
  const text = await (await fetch("/accounts/passkeys/again/")).text();
  const other = new DOMParser().parseFromString(text, "text/html").getElementById("passkey-options").textContent;
  document.getElementById("passkey-options").textContent = other.replace('"preferred"', '"discouraged"');
}"""


@pytest.fixture
def site(live_server: LiveServer, settings: Any, acme: Organisation) -> str:
    """The site by its name: a browser makes no passkey for a number."""
    settings.SITE_URL = live_server.url
    assert live_server.url.startswith("http://localhost:")
    return live_server.url


def with_authenticator(page: Page) -> Any:
    """A device that keeps passkeys and always sees the right finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def make_passkey(page: Page) -> None:
    page.goto(FACTOR)
    page.get_by_role("link", name="Make a passkey").click()
    page.locator("[name=name]").fill("Laptop “A”")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_signs_in_by_itself_and_answers_when_asked_again(
    site: str, open_page: OpenPage, alice: Person
) -> None:
    page = open_page()
    with_authenticator(page)
    sign_in(page, alice)
    make_passkey(page)
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Laptop “A”"

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/accounts/sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, alice)
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site}/assessments/")

    page.goto(f"/accounts/passkeys/again/?next={FACTOR}recovery-codes/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_device_that_does_not_see_its_person_makes_and_opens_nothing(
    site: str, open_page: OpenPage, alice: Person
) -> None:
    page = open_page()
    session, device = with_authenticator(page)
    sign_in(page, alice)
    make_passkey(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("No passkey was used")
    assert path_of(page) == "/accounts/login/"


def about_to_sign(page: Page, alice: Person, assessment: Assessment) -> Callable[[], None]:
    """With a device that notices a touch alone; what comes back lets it see its person."""
    in_review(assessment, alice)
    session, device = with_authenticator(page)
    sign_in(page, alice)
    make_passkey(page)

    def see(*, its_person: bool = True) -> None:
        session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": its_person})

    see(its_person=False)
    page.goto(f"/assessments/{assessment.pk}/sign/")
    return see


def test_a_passkey_signs_when_its_device_has_seen_its_person(
    site: str, open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    see_its_person = about_to_sign(page, alice, assessment)
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("No passkey was used")
    see_its_person()
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.get_by_text("has your signature")).to_be_visible()
    assert Signature.objects.get().meaning == "prepared"


def test_an_answer_for_asking_again_signs_nothing(
    site: str, open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    """The page that asks again takes a device that only noticed a touch; a signature does not."""
    page = open_page()
    about_to_sign(page, alice, assessment)
    page.evaluate(ASK_WEAKLY)
    page.get_by_role("button", name="Sign with a passkey").click()
    expect(page.get_by_text("The passkey was not accepted, so nothing was signed").first).to_be_visible()
    assert not Signature.objects.exists()


def test_without_scripts_a_code_does(site: str, open_page: OpenPage, alice: Person) -> None:
    with_app(alice)
    page = open_page(javascript=False)
    sign_in(page, alice)
    page.locator("[name=code]").fill(code_of())
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert path_of(page) == "/assessments/"


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide and light", "phone and dark"]
)
def test_no_page_of_signing_in_has_a_complaint(
    site: str, open_page: OpenPage, alice: Person, acme: Organisation, viewport: dict[str, int], scheme: str
) -> None:
    page = open_page(viewport=viewport, scheme=scheme)
    with_authenticator(page)
    found = {}

    def look(name: str) -> None:
        if said := complaints(page):
            found[name] = said

    page.goto("/accounts/login/")
    look("sign in")
    sign_in(page, alice)
    expect(page).to_have_url(f"{site}/assessments/")
    page.goto(f"{FACTOR}app/add/")
    look("app")
    make_passkey(page)
    look("recovery codes")
    key = Authenticator.objects.get(type="webauthn").pk
    own = ("accounts/second-factor/", "accounts/passkeys/add/", "accounts/sessions/", "accounts/again/")
    of_key = (f"accounts/passkeys/{key}/rename/", f"accounts/passkeys/{key}/remove/", "accounts/passkeys/again/")
    others = ("accounts/second-factor/recovery-codes/new/", f"organisations/{acme.pk}/second-factor/")
    for path in (*own, *of_key, *others):
        page.goto(f"/{path}")
        look(path)
    page.context.clear_cookies()
    sign_in(page, alice)
    look("second factor")
    page.locator("[name=code]").fill(recovery_codes_of(alice)[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert found == {}
