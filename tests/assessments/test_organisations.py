"""Setting up, organisations and sites: what is accepted, what is said when it is not, and that it is kept as typed."""

from typing import Any

import pytest
from django.test import Client

from assessments.founding import (
    AlreadyMemberError,
    SiteNameTakenError,
    add_site,
    change_site,
    found_organisation,
)
from assessments.models import Membership, Organisation, Person, Role, Site

SET_UP = {"organisation": "Acme", "name": "Northfield", "manufacturing": "Sterile injectables", "size": "up-to-250"}
BAD_LINES = [
    ("", "This field is required."),
    (" \u2003 ", "This field is required."),
    ("\u200b\u2060\u00ad", "This field is required."),
    ("a" * 201, "Use at most 200 characters; there are 201."),
    ("one\ntwo", "Write this on one line."),
    ("bell\x07", "Character 5 is an invisible control character (U+0007)."),
    ("nul\x00", "Character 4 is an invisible control character (U+0000)."),
]


@pytest.fixture
def site_address(northfield: Site) -> str:
    return f"/sites/{northfield.pk}/"


@pytest.fixture
def new_site_address(acme: Organisation) -> str:
    return f"/organisations/{acme.pk}/sites/new/"


def test_setting_up_makes_the_person_owner_of_an_organisation_with_a_site(alice_client: Client, alice: Person) -> None:
    response = alice_client.post("/set-up/", SET_UP)
    assert (response.status_code, response["Location"]) == (302, "/assessments/new/")
    membership = Membership.objects.select_related("organisation").get(person=alice)
    assert (membership.role, membership.organisation.name) == (Role.OWNER, "Acme")
    assert not membership.organisation.is_fictional
    site = membership.organisation.sites.get()
    assert (site.name, site.manufacturing, site.size) == ("Northfield", "Sterile injectables", "up-to-250")


def test_context_of_a_site_may_stay_unsaid(alice_client: Client) -> None:
    alice_client.post("/set-up/", {"organisation": "Acme", "name": "N-7"})
    site = Site.objects.get()
    assert (site.manufacturing, site.size) == ("", "")


@pytest.mark.parametrize(("typed", "message"), BAD_LINES)
@pytest.mark.parametrize("field", ["organisation", "name"])
def test_setting_up_says_at_the_field_what_is_wrong(alice_client: Client, field: str, typed: str, message: str) -> None:
    response = alice_client.post("/set-up/", SET_UP | {field: typed})
    assert response.status_code == 422
    assert message in response.text
    assert 'value="Sterile injectables"' in response.text
    assert '<option value="up-to-250" selected>' in response.text
    assert not Organisation.objects.exists()


def test_a_size_that_is_not_offered_is_refused(alice_client: Client) -> None:
    response = alice_client.post("/set-up/", SET_UP | {"size": "huge"})
    assert response.status_code == 422
    assert "Size: Select a valid choice." in response.text


def test_names_are_kept_exactly_as_typed(alice_client: Client) -> None:
    """Spaces around them, signs that mean something elsewhere, and the longest that fits."""
    name = " =<b>{{ Acme }}</b>\u00a0& Söhne \U0001f48a "
    alice_client.post("/set-up/", SET_UP | {"organisation": name, "name": "ä" * 200})
    organisation = Organisation.objects.get()
    assert organisation.name == name
    assert organisation.sites.get().name == "ä" * 200
    text = alice_client.get("/organisations/").text
    assert "=&lt;b&gt;{{ Acme }}&lt;/b&gt;" in text


@pytest.mark.parametrize("address", ["/assessments/", "/assessments/new/", "/organisations/"])
def test_who_belongs_nowhere_is_led_to_setting_up(alice_client: Client, address: str) -> None:
    assert alice_client.get(address)["Location"] == "/set-up/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_setting_up_is_done_once(alice_client: Client, acme: Organisation, method: str) -> None:
    assert getattr(alice_client, method)("/set-up/", SET_UP)["Location"] == "/assessments/"
    assert list(Organisation.objects.all()) == [acme]


def test_two_clicks_on_set_up_found_one_organisation(alice: Person, acme: Organisation) -> None:
    """The second one passed the view's look at memberships before the first was stored."""
    with pytest.raises(AlreadyMemberError):
        found_organisation(person=alice, name="Acme", site_name="Northfield")
    assert Organisation.objects.count() == 1


def test_an_organisation_is_never_left_without_its_site(alice: Person) -> None:
    with pytest.raises(Exception, match="site_size"):
        found_organisation(person=alice, name="Acme", site_name="Northfield", size="huge")
    assert not Organisation.objects.exists()
    assert not Membership.objects.exists()


def test_the_page_shows_the_sites_of_the_organisation(alice_client: Client, acme: Organisation) -> None:
    add_site(organisation=acme, name="Southgate", manufacturing="Oral solids", size="more")
    text = alice_client.get("/organisations/").text
    for words in ("Acme", "Northfield", "Southgate", "Oral solids", "more than 1,000 people"):
        assert words in text
    assert "fictional" not in text.lower()


def test_a_fictional_organisation_is_marked(alice_client: Client, acme: Organisation) -> None:
    Organisation.objects.update(is_fictional=True)
    for address in ("/organisations/", "/assessments/"):
        assert "fictional" in alice_client.get(address).text.lower()


def test_an_organisation_gets_another_name(alice_client: Client, acme: Organisation) -> None:
    address = f"/organisations/{acme.pk}/"
    assert 'value="Acme"' in alice_client.get(address).text
    response = alice_client.post(address, {"name": "Acme Biologics"}, follow=True)
    assert "The organisation is now called Acme Biologics." in response.text
    acme.refresh_from_db()
    assert acme.name == "Acme Biologics"


@pytest.mark.parametrize(("typed", "message"), BAD_LINES)
def test_an_organisation_keeps_its_name_when_the_new_one_is_refused(
    alice_client: Client, acme: Organisation, typed: str, message: str
) -> None:
    response = alice_client.post(f"/organisations/{acme.pk}/", {"name": typed})
    assert response.status_code == 422
    assert message in response.text
    acme.refresh_from_db()
    assert acme.name == "Acme"


def test_a_site_is_added(alice_client: Client, acme: Organisation, new_site_address: str) -> None:
    response = alice_client.post(new_site_address, {"name": "Southgate", "size": "more"}, follow=True)
    assert "Southgate has been added." in response.text
    assert list(acme.sites.values_list("name", "size")) == [("Northfield", ""), ("Southgate", "more")]


def test_a_site_is_changed(alice_client: Client, northfield: Site, site_address: str) -> None:
    assert 'value="Northfield"' in alice_client.get(site_address).text
    alice_client.post(site_address, {"name": "N-7", "manufacturing": "API", "size": "up-to-50"})
    northfield.refresh_from_db()
    assert (northfield.name, northfield.manufacturing, northfield.size) == ("N-7", "API", "up-to-50")


def test_a_site_may_be_saved_under_its_own_name(alice_client: Client, northfield: Site, site_address: str) -> None:
    assert alice_client.post(site_address, {"name": "Northfield", "manufacturing": "API"}).status_code == 302


def test_a_second_site_of_the_same_name_is_refused_at_the_field(
    alice_client: Client, acme: Organisation, new_site_address: str
) -> None:
    response = alice_client.post(new_site_address, {"name": "Northfield", "manufacturing": "API"})
    assert response.status_code == 422
    assert 'href="#id_name">Site: Your organisation has a site of this name already.' in response.text
    assert 'value="API"' in response.text
    assert acme.sites.count() == 1


def test_a_site_does_not_take_the_name_of_another(alice_client: Client, acme: Organisation, site_address: str) -> None:
    add_site(organisation=acme, name="Southgate", manufacturing="", size="")
    response = alice_client.post(site_address, {"name": "Southgate"})
    assert response.status_code == 422
    assert "Change Northfield" in response.text
    assert 'value="Southgate"' in response.text
    assert sorted(acme.sites.values_list("name", flat=True)) == ["Northfield", "Southgate"]


def test_the_database_decides_who_named_a_site_first(acme: Organisation, northfield: Site) -> None:
    southgate = add_site(organisation=acme, name="Southgate", manufacturing="", size="")
    with pytest.raises(SiteNameTakenError):
        add_site(organisation=acme, name="Northfield", manufacturing="", size="")
    with pytest.raises(SiteNameTakenError):
        change_site(site=southgate, name="Northfield", manufacturing="", size="")


def test_two_organisations_may_have_sites_of_one_name(acme: Organisation, other_organisation: Organisation) -> None:
    assert add_site(organisation=other_organisation, name="Northfield", manufacturing="", size="").pk


def test_the_page_takes_as_many_queries_for_many_sites(
    alice_client: Client, acme: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        add_site(organisation=acme, name=f"Site {number}", manufacturing="", size="")
    with django_assert_max_num_queries(6):
        alice_client.get("/organisations/")
