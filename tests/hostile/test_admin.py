"""The admin's forms are Django's own: what is broken is refused before they see it, by the name of its field."""

import pytest
from django.test import Client

from assessments.models import Person
from tests.hostile.fields import BROKEN
from tests.hostile.sending import send, told
from tests.hostile.sheets_of_people import NEW_PASSWORD
from tests.hostile.world import World, digest

ADD = "/admin/assessments/person/add/"
GOOD = {
    "email": "ina@acme.example",
    "name": "Ina Ihle",
    "usable_password": "true",
    "password1": NEW_PASSWORD,
    "password2": NEW_PASSWORD,
}


@pytest.fixture
def staff(world: World) -> Client:
    Person.objects.filter(pk=world.sam.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(world.sam)
    return client


def test_a_good_person_is_made(staff: Client) -> None:
    assert send(staff, ADD, list(GOOD.items())).status_code == 302
    assert Person.objects.filter(email="ina@acme.example").exists()


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("name", ["email", "name"])
def test_what_is_broken_is_refused_by_name(staff: Client, name: str, case: str) -> None:
    before = digest()
    pairs: list[tuple[str, str | bytes]] = [(each, value) for each, value in GOOD.items() if each != name]
    response = send(staff, ADD, [*pairs, (name, BROKEN[case][0])])
    assert response.status_code == 400
    assert f"“{name}”" in told(response)
    assert digest() == before


@pytest.mark.parametrize("address", [f"a@{'ü' * 60}.example", '"a,b"@acme.example', "a@faß.example", "nobody"])
def test_an_address_that_cannot_be_mailed_is_not_taken(staff: Client, address: str) -> None:
    before = digest()
    assert send(staff, ADD, list((GOOD | {"email": address}).items())).status_code == 200
    assert digest() == before


@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "o=%07", "is_staff__exact=%00", "p=%ED%A0%80"])
def test_a_broken_search_is_refused(staff: Client, query: str) -> None:
    assert staff.get("/admin/assessments/person/", QUERY_STRING=query).status_code == 400


@pytest.mark.parametrize("query", ["q='--", "o=99.x", "p=99999999999999999999", "nonsense__x=1", "is_staff__exact=7"])
def test_a_strange_search_fails_nowhere(staff: Client, query: str) -> None:
    assert staff.get("/admin/assessments/person/", QUERY_STRING=query).status_code in (200, 302, 400)


@pytest.mark.parametrize("pk", ["99999999999999999999", "x", "%00", "_5F", "-1"])
def test_a_person_that_is_none_is_not_found(staff: Client, pk: str) -> None:
    assert staff.get(f"/admin/assessments/person/{pk}/change/").status_code in (302, 404)
