"""Every address that could write refuses a form without the token of its page; derived from the resolver."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import AnswerVersion, Assessment, Person, Rater
from tests.every_address import Address, every_address
from tests.raters import begun

# Answered by another server's form, which cannot know a token; each is protected otherwise, as its library documents.
EXEMPT: set[str] = set()
PRETENDED = {"confirmed": "on", "management-review-choice": "3", "name": "Mallory", "title": "Mallory"}


def needs_token(address: Address) -> bool:
    return address.name not in EXEMPT


def test_no_view_is_exempt() -> None:
    exempt = {address.name for address in every_address() if getattr(address.view, "csrf_exempt", False)}
    assert exempt == EXEMPT


@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_address_takes_a_form_without_its_token(alice: Person, values: dict[str, Any], method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    for address in filter(needs_token, every_address()):
        response = getattr(strict, method)(address.path(values), PRETENDED)
        assert response.status_code == 403, address.name
    assert Assessment.objects.get().title == "Autumn 2026"
    assert not AnswerVersion.objects.exists()


def test_nor_from_a_rater_without_a_session(client: Client, rita: Rater, values: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = begun(rita, client).cookies
    for address in filter(needs_token, every_address()):
        assert strict.post(address.path(values), PRETENDED).status_code == 403, address.name


@pytest.mark.asvs("3.5.1")
@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 64, "é" * 32])
def test_a_made_up_token_is_none(alice: Person, assessment: Assessment, token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    strict.get(f"/assessments/{assessment.pk}/edit/")
    for sent in ({"csrfmiddlewaretoken": token}, {}):
        headers = {} if sent else {"x-csrftoken": "x"}
        assert strict.post(f"/assessments/{assessment.pk}/edit/", sent, headers=headers).status_code == 403


@pytest.mark.asvs("3.5.1")
def test_the_right_token_from_another_site_is_refused(alice: Person, assessment: Assessment) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    address = f"/assessments/{assessment.pk}/edit/"
    strict.get(address)
    sent = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value, "title": "Spring", "period": "2026"}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:8001"):
        assert strict.post(address, sent, headers={"origin": origin}).status_code == 403
    assert strict.post(address, sent, headers={"origin": "http://127.0.0.1:8000"}).status_code == 302
    assert Assessment.objects.get().title == "Spring"
