"""No page offers what would answer 404: what is linked and sent from the pages of each role is there for it."""

import re
from pathlib import Path

import pytest
from django.test import Client

from assessments.access import Action
from assessments.models import Assessment, Organisation, Person

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LED_TO = re.compile(r'\s(?:href|action)="(/[^"#?]*)')
ROLES = ("alice", "lars", "bob", "carol")


def pages_of(assessment: Assessment, organisation: Organisation) -> list[str]:
    here = f"/assessments/{assessment.pk}/"
    parts = ["", "report/", "MCQ/", "answers/capa/history/", "raters/", "sharing/", "assign/"]
    people = f"/organisations/{organisation.pk}/people/"
    return ["/assessments/", "/organisations/", people, *(here + part for part in parts)]


@pytest.mark.parametrize("name", ROLES)
def test_nothing_is_offered_that_is_not_there(
    client: Client,
    assessment: Assessment,
    acme: Organisation,
    alice: Person,
    lars: Person,
    bob: Person,
    carol: Person,
    name: str,
) -> None:
    client.force_login({"alice": alice, "lars": lars, "bob": bob, "carol": carol}[name])
    offered: set[str] = set()
    for page in pages_of(assessment, acme):
        response = client.get(page)
        if response.status_code == 200:
            offered |= set(LED_TO.findall(response.text))
    rendered = re.compile(r"^/static/|\.(pdf|xlsx|docx|json|csv)$|^/accounts/logout/$")
    assert f"/assessments/{assessment.pk}/" in offered
    for address in sorted(offered):
        if not rendered.search(address):
            assert client.get(address).status_code in (200, 302, 405), address


def test_each_role_sees_what_only_it_may(
    client: Client, assessment: Assessment, alice: Person, lars: Person, carol: Person
) -> None:
    """Otherwise hiding everything from everybody would pass."""
    here = f"/assessments/{assessment.pk}/"
    seen = {}
    for person in (alice, lars, carol):
        client.force_login(person)
        seen[person] = client.get(here).text
    for part, who in {
        "sharing/": {alice},
        "delete/": {alice},
        "edit/": {alice, lars},
        "assign/": {alice, lars},
        "workbook/import/": {alice, lars},
        "raters/": {alice, lars},
        "report/": {alice, lars, carol},
        "workbook.xlsx": {alice, lars, carol},
    }.items():
        assert {person for person in seen if f'href="{here}{part}"' in seen[person]} == who, part


def test_templates_ask_only_for_actions_that_exist() -> None:
    asked = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\brights\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= set(Action.__members__)
