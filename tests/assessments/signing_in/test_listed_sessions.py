"""The page of one's own sessions: what it shows, what it ends, and that nobody reaches another person's."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from assessments.models import Organisation, Person
from assessments.signing_in.listed_sessions import device_of
from tests.conftest import PASSWORD

PAGE = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
EDGE = f"{CHROME} Edg/140.0"


def signed_in(person: Person, agent: str, address: str = "203.0.113.5") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/password/change/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        (CHROME, "Chrome on Linux"),
        (EDGE, "Edge on Linux"),
        ("", "Unknown browser"),
        ("<script>", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_two_words(agent: str, words: str) -> None:
    assert device_of(agent) == words


@pytest.mark.asvs("7.5.2")
def test_it_lists_where_one_is_signed_in_and_nobody_else_is(alice: Person, mallory: Person) -> None:
    signed_in(mallory, SAFARI, "198.51.100.7")
    signed_in(alice, FIREFOX)
    text = signed_in(alice, CHROME, "203.0.113.6").get(PAGE).text
    assert text.index("Chrome on Linux") < text.index("this one") < text.index("Firefox on Windows")
    assert "203.0.113.5" in text
    assert "Safari" not in text
    assert "198.51.100.7" not in text


@pytest.mark.asvs("7.5.2", "7.4.1")
def test_one_that_is_ended_is_out_at_once(alice: Person, acme: Organisation) -> None:
    here, there = signed_in(alice, CHROME), signed_in(alice, FIREFOX)
    row = UserSession.objects.get(session_key=there.session.session_key)
    response = here.post(f"{PAGE}{row.pk}/end/", follow=True)
    assert "That session has been ended." in response.text
    assert "Firefox on Windows" not in response.text
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.asvs("7.5.2", "7.4.3")
def test_all_others_are_ended_by_one_button(alice: Person, mallory: Person) -> None:
    here, *others = (signed_in(alice, CHROME) for _ in range(3))
    stranger = signed_in(mallory, FIREFOX)
    here.post(f"{PAGE}end-others/")
    assert [is_in(client) for client in (here, *others, stranger)] == [True, False, False, True]
    assert "End all others" not in here.get(PAGE).text


def test_nobody_ends_another_person_s(alice: Person, mallory: Person) -> None:
    client = signed_in(alice, CHROME)
    row = UserSession.objects.get()
    assert signed_in(mallory, FIREFOX).post(f"{PAGE}{row.pk}/end/").status_code == 302
    assert is_in(client)


def test_the_present_one_ends_by_signing_out_alone(alice: Person) -> None:
    client = signed_in(alice, CHROME)
    client.post(f"{PAGE}{UserSession.objects.get().pk}/end/")
    assert is_in(client)


def test_what_is_over_is_not_listed(alice: Person) -> None:
    signed_in(alice, FIREFOX)
    idle = signed_in(alice, SAFARI)
    here = signed_in(alice, CHROME)
    row = UserSession.objects.get(session_key=idle.session.session_key)
    long_ago = row.created_at - timedelta(minutes=31)
    UserSession.objects.filter(pk=row.pk).update(created_at=long_ago, last_seen_at=long_ago)
    text = here.get(PAGE).text
    assert "Firefox" in text
    assert "Safari on iPhone" not in text


@pytest.mark.asvs("7.4.3")
def test_a_new_password_ends_the_others_and_keeps_the_one_that_set_it(alice: Person) -> None:
    here, there = signed_in(alice, CHROME), signed_in(alice, FIREFOX)
    new = "quartz otter lantern"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (True, False)
    assert "Firefox" not in here.get(PAGE).text


@pytest.mark.parametrize("page", [f"{PAGE}1/end/", f"{PAGE}end-others/"])
def test_a_link_ends_nothing(alice_client: Client, page: str) -> None:
    assert alice_client.get(page).status_code == 405
