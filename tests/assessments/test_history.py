"""The history of an answer: every accepted save is in it, from what to what, and any of them can be brought back."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assessments.models import AnswerVersion, Assessment, Origin
from tests.sent_forms import send, shown, stored
from tests.signing import sign_off


@pytest.fixture
def answered(alice_client: Client, assessment: Assessment) -> Assessment:
    """CAPA was first 2 with a text, then 4 with another."""
    send(alice_client, assessment, capa__choice="2", capa__rationale="<2 % repeat")
    send(alice_client, assessment, capa__choice="4", capa__rationale="=see SOP 12", capa__confidence="high")
    return assessment


def address(assessment: Assessment) -> str:
    return f"/assessments/{assessment.pk}/answers/capa/history/"


def restore(client: Client, assessment: Assessment, version: str = "1", seen: str = "2") -> Any:
    return client.post(address(assessment), {"version": version, "seen": seen})


def test_each_save_is_told_with_who_when_from_and_to(alice_client: Client, answered: Assessment) -> None:
    html = shown(alice_client.get(address(answered)))
    assert "2 accepted saves, newest first" in html
    assert html.index("Version 2") < html.index("Version 1")
    assert html.count("by Alice Adler") == 2
    assert "&lt;2 % repeat" in html
    first = html[html.index('id="version-2"') : html.index('id="version-1"')]
    for text in ("2.0", "4.0", "=see SOP 12", "not stated", "high"):
        assert text in first
    assert "Why it does not apply" not in html


def test_of_an_untouched_answer_there_is_none(alice_client: Client, assessment: Assessment) -> None:
    assert "Nobody has answered this yet." in shown(alice_client.get(address(assessment)))


def test_restoring_is_a_new_save(alice_client: Client, answered: Assessment) -> None:
    assert restore(alice_client, answered).status_code == 302
    answer = stored(answered)
    assert (answer.score, answer.rationale, answer.confidence, answer.version) == (Decimal(2), "<2 % repeat", "", 3)
    newest = AnswerVersion.objects.get(version=3)
    assert (newest.origin, newest.restored_version) == (Origin.RESTORED, 1)
    assert "restored from version 1" in shown(alice_client.get(address(answered)))


def test_restoring_on_top_of_a_newer_save_stores_nothing(alice_client: Client, answered: Assessment) -> None:
    send(alice_client, answered, capa__choice="5")
    response = restore(alice_client, answered)
    assert response.status_code == 409
    assert "another answer was saved meanwhile" in shown(response)
    assert (stored(answered).score, stored(answered).version) == (Decimal(5), 3)


@pytest.mark.parametrize(("version", "seen"), [("9", "2"), ("x", "2"), ("1", "x"), ("", ""), ("01", "2"), ("１", "2")])
def test_a_version_that_is_none_is_not_found(
    alice_client: Client, answered: Assessment, version: str, seen: str
) -> None:
    assert restore(alice_client, answered, version, seen).status_code == (404 if version == "9" else 400)
    assert stored(answered).version == 2


def test_signed_off_it_is_read_and_nothing_is_restored(alice_client: Client, answered: Assessment) -> None:
    sign_off()
    assert "Restore" not in alice_client.get(address(answered)).text.replace("Restoring", "")
    assert restore(alice_client, answered).status_code == 409
    assert stored(answered).version == 2


def test_it_takes_as_many_queries_however_long_it_is(
    alice_client: Client, assessment: Assessment, django_assert_max_num_queries: Any
) -> None:
    for level in "12345":
        send(alice_client, assessment, capa__choice=level)
    with django_assert_max_num_queries(5):
        alice_client.get(address(assessment))
