"""The link to a new password is good for an hour."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from assessments.models import Person
from tests.assessments.test_people import link_in_the_mail

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("6.4.1")
@pytest.mark.parametrize(("minutes", "is_good"), [(59, True), (61, False)])
def test_a_reset_link_is_good_for_an_hour(
    client: Client, alice: Person, monkeypatch: pytest.MonkeyPatch, minutes: int, is_good: bool
) -> None:
    client.post("/accounts/password/reset/", {"email": alice.email})
    later = datetime.now() + timedelta(minutes=minutes)  # noqa: DTZ005  as Django counts
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: later)
    path = link_in_the_mail().removeprefix("http://127.0.0.1:8000")
    assert ("This link is no longer good" in client.get(path, follow=True).text) is not is_good
