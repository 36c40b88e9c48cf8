"""How passwords are typed, checked and kept; and how someone who is in gets out, by themselves or by staff."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from assessments.models import Assessment, Person
from tests.conftest import PASSWORD
from tests.second_factors import with_app

ROOT = Path(__file__).resolve().parents[2]
SIGN_IN = "/accounts/login/"


def signs_in(person: Person, password: str) -> bool:
    browser = Client()
    browser.post(SIGN_IN, {"login": person.email, "password": password})
    return "_auth_user_id" in browser.session


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_what_is_typed_is_masked_and_password_managers_know_it(client: Client, alice_client: Client) -> None:
    for visitor, page, kinds in (
        (client, SIGN_IN, ["current-password"]),
        (client, "/accounts/signup/", ["new-password", "new-password"]),
        (alice_client, "/accounts/password/change/", ["current-password", "new-password", "new-password"]),
    ):
        text = visitor.get(page).text
        assert text.count('type="password"') == len(kinds), page
        for kind in kinds:
            assert f'autocomplete="{kind}"' in text, page


@pytest.mark.asvs("6.2.7")
def test_nothing_keeps_anybody_from_pasting() -> None:
    for script in (ROOT / "static" / "js").rglob("*.js"):
        assert '"paste"' not in script.read_text(encoding="utf-8"), script.name


@pytest.mark.asvs("6.2.8", "6.2.9")
def test_a_password_is_checked_exactly_as_typed(alice: Person) -> None:
    assert signs_in(alice, PASSWORD)
    for other in (PASSWORD.upper(), f"{PASSWORD} ", f" {PASSWORD}", PASSWORD[:-1], f"{PASSWORD}x"):
        assert not signs_in(alice, other)
    long = "otter lantern quartz " * 10
    alice.set_password(long)
    alice.save()
    assert signs_in(alice, long)
    assert not signs_in(alice, long[:72])


@pytest.mark.asvs("6.4.3")
def test_a_new_password_by_mail_goes_round_no_second_factor(client: Client, alice: Person) -> None:
    with_app(alice)
    client.post("/accounts/password/reset/", {"email": alice.email})
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    form = client.get(link, follow=True)
    new = {"password1": "quartz otter lantern", "password2": "quartz otter lantern"}
    client.post(form.request["PATH_INFO"], new)
    assert "_auth_user_id" not in client.session
    alice.refresh_from_db()
    assert alice.check_password(new["password1"])
    led = client.post(SIGN_IN, {"login": alice.email, "password": new["password1"]})
    assert led["Location"] == "/accounts/second-factor/sign-in/"
    assert "_auth_user_id" not in client.session


@pytest.mark.asvs("6.2.10")
def test_a_password_stays_good(alice: Person) -> None:
    alice.date_joined = alice.date_joined.replace(year=2016)
    alice.last_login = alice.date_joined
    alice.save()
    browser = Client()
    led = browser.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})
    assert (led.status_code, led["Location"]) == (302, "/assessments/")


@pytest.mark.asvs("7.4.4")
def test_every_page_of_someone_signed_in_offers_to_sign_out(alice_client: Client, assessment: Assessment) -> None:
    own = ("", "edit/", "report/", "raters/", "sharing/", "PQS/")
    for page in ("/assessments/", "/organisations/", *(f"/assessments/{assessment.pk}/{part}" for part in own)):
        assert 'action="/accounts/logout/"' in alice_client.get(page).text, page


@pytest.mark.asvs("7.4.2", "7.4.5")
def test_staff_end_the_sessions_of_a_person_by_switching_them_off(
    alice_client: Client, alice: Person, staff_client: Client
) -> None:
    assert alice_client.get("/organisations/").status_code == 200 or alice_client.get("/set-up/").status_code == 200
    page = f"/admin/assessments/person/{alice.pk}/change/"
    assert staff_client.get(page).status_code == 200
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    led = alice_client.get("/assessments/")
    assert (led.status_code, led["Location"]) == (302, "/accounts/login/?next=/assessments/")
