"""Accounts: signing up, in and out, changing and resetting the password."""

import re
import smtplib
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from assessments import accounts
from assessments.forms.people import NEW_PASSWORD
from assessments.models import Person
from tests.conftest import PASSWORD

NEW = "quartz otter lantern"
ARGUMENTS = {"account_reset_password_from_key": {"uidb36": "1", "key": "a-b"}, "account_confirm_email": {"key": "abc"}}
SIGN_IN = "/accounts/login/"
SIGN_UP = {"name": "Bob Brandt", "email": "Bob@Acme.example", "password1": NEW, "password2": NEW}


def sign_in(client: Client, person: Person, password: str = PASSWORD, after: str = "") -> Any:
    return client.post(SIGN_IN + after, {"login": person.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_who_signs_up_is_signed_in_and_sets_up_an_organisation(client: Client) -> None:
    response = client.post("/accounts/signup/", SIGN_UP, follow=True)
    bob = Person.objects.get()
    assert (bob.name, bob.email) == ("Bob Brandt", "bob@acme.example")
    assert response.redirect_chain[-1][0] == "/set-up/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": " \t"}, "This field is required."),
        ({"name": "Bob\x07"}, "Character 4 is an invisible control character (U+0007)."),
        ({"name": "b" * 201}, "Use at most 200 characters; there are 201."),
        ({"email": "bob"}, "Enter a valid email address."),
        ({"email": "b" * 60 + "@" + "c" * 60 + ".example" * 20}, "at most 254 characters"),
        ({"password1": "short", "password2": "short"}, "It must contain at least 12 characters."),
        ({"password1": "bobbrandt-1234", "password2": "bobbrandt-1234"}, "too similar to the name"),
        ({"password2": "another"}, "You must type the same password each time."),
    ],
)
def test_a_sign_up_with_an_error_says_so_at_the_field_and_keeps_the_rest(
    client: Client, changes: dict[str, str], message: str
) -> None:
    response = client.post("/accounts/signup/", SIGN_UP | changes)
    assert response.status_code == 422
    assert message in response.text
    assert (changes.get("email") or SIGN_UP["email"]) in response.text
    assert NEW not in response.text
    assert not Person.objects.exists()


def test_an_address_has_one_account(client: Client, alice: Person) -> None:
    response = client.post("/accounts/signup/", SIGN_UP | {"email": "ALICE@acme.example"})
    assert response.status_code == 422
    assert "There is an account with this e-mail address already." in response.text


def test_a_second_click_on_sign_up_leads_to_signing_in(
    client: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both clicks found no account before either had made one."""
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.email_already_exists", lambda email: (email, False)
    )
    response = client.post("/accounts/signup/", SIGN_UP | {"email": alice.email}, follow=True)
    assert response.redirect_chain == [(SIGN_IN, 302)]
    assert "The account is there." in response.text
    assert Person.objects.count() == 1


def test_the_help_names_the_length_that_is_asked_for() -> None:
    assert "12 characters" in NEW_PASSWORD[1]
    with pytest.raises(ValidationError):
        validate_password("quartz otte")
    validate_password("quartz otter")


@pytest.mark.parametrize("password", ["quartzotterlantern", "QUARTZ OTTER LANTERN", "840362719584", "ōüß 🦦 lantern"])
def test_no_kind_of_character_is_asked_for(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize("password", ["qwertyuiop123", "alice@acme.example", "alice-adler-1"])
def test_what_is_widely_used_or_close_to_the_person_is_refused(password: str, alice: Person) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, alice)


def test_signing_in_leads_to_the_assessments(client: Client, alice: Person) -> None:
    response = sign_in(client, alice)
    assert (response.status_code, response["Location"]) == (302, "/assessments/")


def test_the_address_counts_in_any_case(client: Client, alice: Person) -> None:
    client.post(SIGN_IN, {"login": "ALICE@acme.EXAMPLE", "password": PASSWORD})
    assert is_signed_in(client)


@pytest.mark.parametrize("address", ["alice@acme.example", "nobody@acme.example"])
def test_a_failed_sign_in_does_not_tell_whether_the_account_exists(client: Client, alice: Person, address: str) -> None:
    response = client.post(SIGN_IN, {"login": address, "password": "not the password"})
    assert response.status_code == 422
    assert "No account has this e-mail address with this password." in response.text
    assert address in response.text


@pytest.mark.parametrize(
    ("after", "leads_to"),
    [
        ("?next=/organisations/", "/organisations/"),
        ("?next=word", "/assessments/"),
        ("?next=//evil.example", "/assessments/"),
        ("?next=/%5Cevil.example", "/assessments/"),
        ("?next=https://evil.example/", "/assessments/"),
        ("?next=javascript:alert(1)", "/assessments/"),
        ("?next=", "/assessments/"),
    ],
)
def test_after_signing_in_only_an_address_of_this_site_is_followed(
    client: Client, alice: Person, after: str, leads_to: str
) -> None:
    assert sign_in(client, alice, after=after)["Location"] == leads_to


def test_signing_in_again_ends_the_old_session(client: Client, alice: Person) -> None:
    sign_in(client, alice)
    first = client.session.session_key
    sign_in(client, alice)
    assert is_signed_in(client)
    assert client.session.session_key != first
    assert first is not None
    assert not client.session.exists(first)


def test_guessing_is_stopped_even_when_the_last_guess_is_right(client: Client, alice: Person) -> None:
    for _ in range(10):
        sign_in(client, alice, "not the password")
    response = sign_in(client, alice)
    assert response.status_code == 422
    assert "There were too many attempts." in response.text
    assert not is_signed_in(client)


@pytest.mark.django_db
def test_a_flood_of_sign_ups_is_stopped(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "2/m/ip"}
    for number in range(2):
        Client().post("/accounts/signup/", SIGN_UP | {"email": f"bob{number}@acme.example"})
    response = client.post("/accounts/signup/", SIGN_UP)
    assert response.status_code == 429
    assert "Too many attempts in a short time" in response.text
    assert Person.objects.count() == 2


def test_the_cookies_end_with_the_browser(client: Client, alice: Person) -> None:
    client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD, "remember": "on"})
    for name in (settings.SESSION_COOKIE_NAME, settings.SEEN_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_someone_switched_off_cannot_sign_in(client: Client, alice: Person) -> None:
    Person.objects.update(is_active=False)
    response = client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD}, follow=True)
    assert "This account has been switched off" in response.text
    assert not is_signed_in(client)


def test_signing_out_takes_a_click(alice_client: Client) -> None:
    assert "Stay signed in" in alice_client.get("/accounts/logout/").text
    assert is_signed_in(alice_client)
    assert alice_client.post("/accounts/logout/")["Location"] == "/"
    assert not is_signed_in(alice_client)


def test_the_password_is_changed_and_the_person_stays_signed_in(alice_client: Client, alice: Person) -> None:
    response = alice_client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True
    )
    assert "Your password has been changed." in response.text
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert is_signed_in(alice_client)


def test_the_password_is_not_changed_without_the_current_one(alice_client: Client, alice: Person) -> None:
    response = alice_client.post(
        "/accounts/password/change/", {"oldpassword": "guess", "password1": NEW, "password2": NEW}
    )
    assert response.status_code == 422
    assert "This is not your current password." in response.text
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def link_in_the_mail() -> str:
    (message,) = mail.outbox
    found = re.search(r"^http\S+$", str(message.body), re.MULTILINE)
    assert found
    return found[0]


def test_a_mail_leads_to_a_new_password_once(client: Client, alice: Person, settings: Any) -> None:
    settings.SITE_URL = "https://qmm.acme.example"
    response = client.post("/accounts/password/reset/", {"email": "Alice@acme.example"}, follow=True)
    assert "A mail is on its way" in response.text
    (message,) = mail.outbox
    assert (message.to, message.from_email) == ([alice.email], settings.DEFAULT_FROM_EMAIL)
    assert message.subject == "A new password for QMM self-assessment"
    assert not getattr(message, "alternatives", [])
    link = link_in_the_mail()
    assert link.startswith("https://qmm.acme.example/accounts/password/reset/key/")
    form = client.get(link.removeprefix(settings.SITE_URL), follow=True)
    response = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)
    assert "The new password is set" in response.text
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert "This link is no longer good" in Client().get(link.removeprefix(settings.SITE_URL), follow=True).text


def test_the_site_that_the_request_claims_is_not_in_the_mail(client: Client, alice: Person) -> None:
    client.post("/accounts/password/reset/", {"email": alice.email}, HTTP_HOST="localhost")
    assert link_in_the_mail().startswith("http://127.0.0.1:8000/accounts/password/reset/key/")


@pytest.mark.django_db
def test_without_a_mail_server_the_page_says_where_the_link_is(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    text = client.get("/accounts/password/reset/done/").text
    assert "the link is printed in the window or log where it runs" in text
    assert "on its way" not in text


@pytest.mark.django_db
def test_an_unknown_address_gets_the_same_page_and_another_mail(client: Client) -> None:
    response = client.post("/accounts/password/reset/", {"email": "nobody@acme.example"}, follow=True)
    assert "A mail is on its way" in response.text
    assert link_in_the_mail() == "http://127.0.0.1:8000/accounts/signup/"


@pytest.mark.parametrize("address", ["alice@acme.example", "nobody@acme.example"])
def test_a_mail_server_that_is_away_is_said_plainly(
    client: Client, alice: Person, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise smtplib.SMTPConnectError(421, "busy")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    response = client.post("/accounts/password/reset/", {"email": address})
    assert response.status_code == 503
    assert "The mail could not be sent" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["email/", "login/code/confirm/", "phone/change/", "signup/passkey/", ""],
)
def test_pages_that_are_not_offered_are_not_there(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404


@pytest.mark.parametrize("name", [pattern.name for pattern in accounts.urlpatterns])
def test_every_account_page_is_in_our_look(client: Client, alice: Person, name: str) -> None:
    if name in ("account_logout", "account_change_password", "account_set_password", "account_name"):
        alice.set_password(None if name == "account_set_password" else PASSWORD)
        alice.save()
        client.force_login(alice)
    arguments = ARGUMENTS.get(name, {})
    response = client.get(reverse(name, kwargs=arguments))
    assert response.status_code == 200
    assert '<main id="content" class="page narrow form-page"' in response.text
    assert "css/forms.css" in response.text
    assert "placeholder" not in response.text
