"""What a browser may keep of the pages of someone who is signed in, and a cookie that is no session."""

import pytest
from django.test import Client

from assessments.models import Assessment, Organisation


@pytest.mark.parametrize("page", ["PQS/", "report/", "edit/"])
def test_a_page_of_an_assessment_is_kept_nowhere(alice_client: Client, assessment: Assessment, page: str) -> None:
    """What was typed and not stored yet is kept by the page's own script, until it is."""
    assert "no-store" in alice_client.get(f"/assessments/{assessment.pk}/{page}")["Cache-Control"]


def test_pages_that_show_what_an_organisation_has_are_not_kept(
    alice_client: Client, acme: Organisation, assessment: Assessment
) -> None:
    site = f"/sites/{assessment.site_id}/"
    organisation = f"/organisations/{acme.pk}/"
    own = ("/assessments/", f"/assessments/{assessment.pk}/", "/organisations/", site, organisation)
    for address in (*own, f"{organisation}sites/new/", "/accounts/password/change/"):
        response = alice_client.get(address)
        assert response.status_code == 200, address
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", ")), address


@pytest.mark.django_db
def test_the_address_for_a_new_password_is_not_kept(client: Client) -> None:
    for address in ("/accounts/password/reset/", "/accounts/password/reset/key/1-abc/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


@pytest.mark.django_db
def test_without_a_session_a_page_is_anybodys(client: Client) -> None:
    assert "Cache-Control" not in client.get("/").headers


@pytest.mark.django_db
def test_a_cookie_with_a_nul_is_an_anonymous_visitor(client: Client) -> None:
    for key in ("a" * 31 + "\0", "\0"):
        client.cookies["sessionid"] = key  # written with an escape, as any client may
        assert client.get("/").status_code == 200
        response = client.get("/assessments/")
        assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/assessments/")
