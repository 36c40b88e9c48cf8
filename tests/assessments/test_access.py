"""Who reaches which address. An address without a rule in the table fails here."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from assessments import urls
from assessments.access import (
    ROLE_ACTIONS,
    Action,
    assessments_for,
    organisations_for,
    roles_for,
    sites_for,
)
from assessments.models import Answer, Assessment, Membership, Organisation, Person, Role, Site
from assessments.opening import open_assessment
from assessments.pdf_processes import renderers


class Rule(StrEnum):
    """Whom an address serves."""

    EVERYONE = "everyone"
    SIGNED_IN = "everyone who is signed in, with what is theirs"
    MEMBERS = "members of the organisation; for all others it does not exist"


RULES = {
    "home": Rule.EVERYONE,
    "healthz": Rule.EVERYONE,
    "set_up": Rule.SIGNED_IN,
    "list": Rule.SIGNED_IN,
    "new": Rule.SIGNED_IN,
    "organisations": Rule.SIGNED_IN,
    "organisation": Rule.MEMBERS,
    "site_new": Rule.MEMBERS,
    "site": Rule.MEMBERS,
    "overview": Rule.MEMBERS,
    "edit": Rule.MEMBERS,
    "delete": Rule.MEMBERS,
    "area": Rule.MEMBERS,
    "report": Rule.MEMBERS,
    "report_pdf": Rule.MEMBERS,
    "report_json": Rule.MEMBERS,
    "report_csv": Rule.MEMBERS,
    "questionnaire_pdf": Rule.MEMBERS,
    "blank_pdf": Rule.SIGNED_IN,
}
# Only these change something; all others answer a POST with 405.
FORMS = {"set_up", "new", "organisation", "site_new", "site", "edit", "delete", "area"}
NO_SUCH_NUMBER = 99_999_999_999_999_999_999


def addresses(patterns: Iterable[URLPattern | URLResolver], above: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The names of all addresses, each with the names of its arguments."""
    found: dict[str, tuple[str, ...]] = {}
    for pattern in patterns:
        arguments = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern.url_patterns, arguments)
        else:
            assert pattern.name, f"{pattern} has no name"
            assert pattern.name not in found
            found[pattern.name] = arguments
    return found


ADDRESSES = addresses(urls.urlpatterns)
FOR_MEMBERS = [name for name, rule in RULES.items() if rule is Rule.MEMBERS and name in ADDRESSES]


def address(name: str, values: dict[str, Any]) -> str:
    return reverse(f"assessments:{name}", kwargs={argument: values[argument] for argument in ADDRESSES[name]})


@pytest.fixture(autouse=True)
def readable_pdfs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of a PDF comes what it is made from, at once and so that one can look for what it must not say."""
    monkeypatch.setattr(renderers, "render", lambda job: job.html.encode())
    caches["pdf"].clear()
    yield
    caches["pdf"].clear()


@pytest.fixture
def values(acme: Organisation, northfield: Site, assessment: Assessment) -> dict[str, Any]:
    """Arguments of an address in Alice's organisation."""
    return {
        "assessment_id": assessment.pk,
        "organisation_id": acme.pk,
        "site_id": northfield.pk,
        "area_code": "MCQ",
        "version": "2026.1",
    }


def test_every_address_has_a_rule() -> None:
    assert set(ADDRESSES) == set(RULES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_someone_not_signed_in_is_asked_to_and_comes_back(client: Client, values: dict[str, Any], name: str) -> None:
    response = client.get(address(name, values))
    if RULES[name] is Rule.EVERYONE:
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address(name, values)}")


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_member_reaches_every_address(alice_client: Client, values: dict[str, Any], name: str) -> None:
    assert alice_client.get(address(name, values)).status_code == (302 if name == "set_up" else 200)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_outsider_sees_nothing_of_it(mallory_client: Client, values: dict[str, Any], name: str) -> None:
    response = mallory_client.get(address(name, values))
    if RULES[name] is Rule.MEMBERS:
        assert response.status_code == 404
    else:
        assert response.status_code == (302 if name == "set_up" else 200)
    for secret in ("Acme", "Northfield", "Autumn 2026", str(values["assessment_id"])):
        assert secret.encode() not in response.content


@pytest.mark.parametrize("name", FOR_MEMBERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_and_not_there_are_the_same_answer(
    mallory_client: Client, values: dict[str, Any], name: str, method: str
) -> None:
    if method == "post" and name not in FORMS:
        return
    nowhere: dict[str, Any] = {
        "assessment_id": uuid4(),
        "organisation_id": NO_SUCH_NUMBER,
        "site_id": NO_SUCH_NUMBER,
        "area_code": "MCQ",
    }
    entries = {"name": "Mallory", "title": "Mallory", "period": "Mallory", "confirmed": "on"}
    hidden = getattr(mallory_client, method)(address(name, values), entries)
    absent = getattr(mallory_client, method)(address(name, nowhere), entries)
    unknown = mallory_client.get("/there/is/no/such/page/")
    assert hidden.status_code == absent.status_code == unknown.status_code == 404
    assert hidden.content == absent.content == unknown.content
    assert hidden.headers == absent.headers


@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_an_outsider_changes_nothing(
    mallory_client: Client, acme: Organisation, values: dict[str, Any], name: str
) -> None:
    entries = {"name": "Mallory", "title": "Mallory", "period": "Mallory", "confirmed": "on"}
    assert mallory_client.post(address(name, values), entries).status_code == (404 if name in FORMS else 405)
    acme.refresh_from_db()
    assert (acme.name, acme.sites.get().name) == ("Acme", "Northfield")
    assert Assessment.objects.get().title == "Autumn 2026"
    assert not Answer.objects.exclude(version=0).exists()


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_only_the_methods_it_has(alice_client: Client, values: dict[str, Any], name: str) -> None:
    for method in ("put", "patch", "delete", "options"):
        assert getattr(alice_client, method)(address(name, values)).status_code == 405
    if name not in FORMS:
        assert alice_client.post(address(name, values)).status_code == 405


@pytest.mark.parametrize("name", ["overview", "area"])
@pytest.mark.parametrize("number", ["nonsense", "0", "../..", "00000000-0000-0000-0000-00000000000g"])
def test_a_damaged_address_is_not_found(alice_client: Client, values: dict[str, Any], name: str, number: str) -> None:
    damaged = address(name, values).replace(str(values["assessment_id"]), number)
    assert alice_client.get(damaged).status_code == 404


def test_everything_is_scoped_by_membership(alice: Person, mallory: Person, assessment: Assessment) -> None:
    for action in Action:
        assert [organisation.name for organisation in organisations_for(alice, action)] == ["Acme"]
        assert [site.name for site in sites_for(alice, action)] == ["Northfield"]
        assert list(assessments_for(alice, action)) == [assessment]
        for scope in (organisations_for, sites_for, assessments_for):
            assert not scope(mallory, action).exists()


def test_membership_of_two_organisations_shows_both_once(
    alice: Person, assessment: Assessment, other_organisation: Organisation
) -> None:
    Membership.objects.create(person=alice, organisation=other_organisation, role=Role.OWNER)
    theirs = open_assessment(site=other_organisation.sites.get(), title="Theirs", period="2026")
    assert set(assessments_for(alice, Action.VIEW)) == {assessment, theirs}
    assert organisations_for(alice, Action.VIEW).count() == 2


def test_a_role_may_only_do_what_its_line_says(
    alice: Person, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later role is one line: take away managing, and viewing stays."""
    monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW}))
    assert roles_for(Action.MANAGE) == []
    assert assessments_for(alice, Action.VIEW).exists()
    assert not assessments_for(alice, Action.ANSWER).exists()
    assert not sites_for(alice, Action.MANAGE).exists()


def test_a_role_without_managing_gets_the_pages_without_it(
    alice_client: Client, values: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW}))
    for name in ("organisation", "site_new", "site", "edit", "delete"):
        assert alice_client.get(address(name, values)).status_code == 404
    for name in ("list", "organisations", "overview", "report"):
        assert alice_client.get(address(name, values)).status_code == 200


def test_every_role_has_a_line() -> None:
    assert set(ROLE_ACTIONS) == set(Role)
