"""The page of the archive: for owners, one at a time, noted in the trail, and with words when it cannot be had now."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from assessments.archive import turns
from assessments.archive.reports import NotReadyError
from assessments.models import Assessment, AuditEntry, Organisation, Person
from tests.conftest import PASSWORD
from tests.second_factors import just_signed_in, signed_in_long_ago


@pytest.fixture
def alice_client(alice: Person) -> Client:
    """Who it is is asked before anything of this kind is done."""
    return just_signed_in(alice)


@pytest.fixture
def page(acme: Organisation) -> str:
    return f"/organisations/{acme.pk}/archive/"


@pytest.fixture
def file(acme: Organisation) -> str:
    return f"/organisations/{acme.pk}/archive.zip"


def content(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_an_owner_takes_it_away_with_one_press(
    alice_client: Client, page: str, file: str, assessment: Assessment
) -> None:
    assert "Make the archive" in alice_client.get(page).text
    response = alice_client.post(file)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="qmm-acme-archive-')
    assert "no-store" in response["Cache-Control"]
    names = zipfile.ZipFile(BytesIO(content(response))).namelist()
    assert f"reports/{assessment.pk}.pdf" in names
    assert names[-2:] == ["manifest.json", "SHA256SUMS"]


def test_the_trail_says_who_took_it(alice_client: Client, file: str, alice: Person) -> None:
    content(alice_client.post(file))
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.actor, entry.action, entry.about) == (f"person:{alice.pk}", "taken away", "archive")


def test_a_get_makes_nothing(alice_client: Client, page: str, file: str) -> None:
    assert alice_client.get(file)["Location"] == page


@pytest.mark.parametrize("who", ["lars", "bob", "carol", "mallory"])
def test_nobody_but_an_owner_may(who: str, page: str, file: str, request: pytest.FixtureRequest) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(who))
    assert client.get(page).status_code == 404
    assert client.post(file).status_code == 404


def test_one_at_a_time_of_an_organisation(alice_client: Client, acme: Organisation, file: str) -> None:
    cache.add(f"archive:{acme.pk}", "made", 60)
    response = alice_client.post(file)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "An archive is being made at this moment" in response.text
    cache.delete(f"archive:{acme.pk}")
    assert content(alice_client.post(file)).startswith(b"PK")


def test_one_at_a_time_of_the_server(alice_client: Client, file: str) -> None:
    with turns.a_turn(0):
        assert alice_client.post(file).status_code == 503
    assert content(alice_client.post(file)).startswith(b"PK")


def test_a_turn_ends_also_when_making_it_fails(
    alice_client: Client, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NotReadyError(3, 40)

    with monkeypatch.context() as patched:
        patched.setattr("assessments.views.archive.write_archive", fail)
        response = alice_client.post(file)
    assert response.status_code == 503
    assert "3 of 40 reports are ready" in response.text
    assert not AuditEntry.objects.filter(about="archive").exists()
    assert content(alice_client.post(file)).startswith(b"PK")


def test_who_it_is_is_asked_before_it_is_made(alice: Person, file: str, settings: Any) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    assert signed_in_long_ago(alice).post(file)["Location"].startswith("/accounts/again/")
    assert not AuditEntry.objects.filter(about="archive").exists()


def test_the_trail_says_it_also_when_the_password_is_asked_first(file: str, alice: Person, settings: Any) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    client = signed_in_long_ago(alice)
    asked = client.post(file)["Location"]
    assert content(client.post(asked, {"password": PASSWORD}))[:2] == b"PK"
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.action, entry.about, entry.origin) == ("taken away", "archive", "assessments:archive_zip")
