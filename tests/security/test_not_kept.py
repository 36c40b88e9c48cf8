"""`no-store` on all that is confidential: every address of the resolver, asked by everyone who gets something there."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Assessment, ReportLink
from tests.every_address import every_address
from tests.shared_reports import shared_path

pytestmark = pytest.mark.usefixtures("plain_pdfs")
# The published cohort is the same for everyone, and its files may be kept by any cache.
PUBLIC = {"benchmarks:cohort_csv", "benchmarks:cohort_json"}
ENDS_THE_SESSION = {"account_login", "account_logout", "account_signup", "admin:login", "admin:logout"}
OF_RATERS, OF_READERS = "/rate/", "/shared/"


def is_kept(response: Any) -> bool:
    """An answer without a word in it, as to a wrong method, may be."""
    if response.status_code == 405 and not response.streaming and not response.content:
        return False
    directives = {part.strip() for part in response.headers.get("Cache-Control", "").split(",")}
    return "no-store" not in directives or "public" in directives


@pytest.mark.asvs("14.3.2", "14.2.2")
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_that_an_owner_gets_is_kept(alice_client: Client, values: dict[str, Any], method: str) -> None:
    shown = 0
    for address in every_address():
        if address.is_of_admin or address.name in PUBLIC | ENDS_THE_SESSION:
            continue
        response = getattr(alice_client, method)(address.path(values))
        shown += response.status_code == 200
        assert not is_kept(response), address.name
        if response.streaming:
            b"".join(response)  # a file is closed when it has been read
    assert method == "post" or shown > 25  # really pages, not only refusals


@pytest.mark.asvs("14.3.2")
def test_nothing_that_staff_get_is_kept(staff_client: Client, values: dict[str, Any]) -> None:
    shown = 0
    for address in every_address():
        if address.is_of_admin and address.name not in ENDS_THE_SESSION:
            response = staff_client.get(address.path(values))
            shown += response.status_code == 200
            assert not is_kept(response), address.name
    assert shown > 10


@pytest.mark.asvs("14.3.2")
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_that_a_rater_gets_is_kept(
    client: Client, rita_client: Client, values: dict[str, Any], method: str
) -> None:
    for address in every_address():
        if address.path().startswith(OF_RATERS):
            for visitor in (rita_client, client):
                assert not is_kept(getattr(visitor, method)(address.path(values))), address.name


@pytest.mark.asvs("14.3.2")
def test_nothing_that_a_reader_gets_is_kept(client: Client, link: ReportLink, values: dict[str, Any]) -> None:
    for address in every_address():
        if address.path().startswith(OF_READERS):
            assert not is_kept(client.get(address.path(values))), address.name
            assert not is_kept(client.get(address.path(values | {"link_secret": "wrong"}))), address.name
    assert client.get(shared_path(link)).status_code == 200


def test_no_page_on_which_a_password_is_typed_is_kept(client: Client, values: dict[str, Any]) -> None:
    for address in every_address():
        if address.name.startswith("account_"):
            response = client.get(address.path(values))
            if b'type="password"' in response.content:
                assert not is_kept(response), address.name


@pytest.mark.asvs("14.3.1", "7.4.1")
def test_signing_out_leaves_a_browser_nothing_to_go_back_to(alice_client: Client, assessment: Assessment) -> None:
    left = alice_client.post("/accounts/logout/")
    assert (left.status_code, left["Clear-Site-Data"]) == (302, '"cache"')
    assert alice_client.get(f"/assessments/{assessment.pk}/PQS/").status_code == 302
