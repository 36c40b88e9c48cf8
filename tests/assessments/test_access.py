"""Who reaches which address. An address without a rule in the table fails here."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from assessments import deletion_receipts, report_links, signed_links
from assessments.access import (
    ROLE_ACTIONS,
    Action,
)
from assessments.member_invitations import SALT, invite_member
from assessments.models import (
    Answer,
    Assessment,
    DeletionReceipt,
    ExecutedBy,
    Membership,
    Organisation,
    Person,
    Rater,
    ReportLink,
    Role,
    Site,
)
from assessments.pdf_processes import renderers
from assessments.rater_links import address_secret_of, secret_of
from tests.assessments.addresses import (
    ADDRESSES,
    FOR_ACCOUNTS,
    FOR_MEMBERS,
    FOR_RATERS,
    FOR_READERS,
    FORMS,
    LEADS_ON,
    NO_SUCH_NUMBER,
    ONLY_SENT,
    POST_ONLY,
    RULES,
    Rule,
    address,
)
from tests.raters import begun, invited, opened
from tests.shared_reports import shared

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def readable_pdfs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of a PDF comes what it is made from, at once and so that one can look for what it must not say."""
    monkeypatch.setattr(renderers, "render", lambda job: job.html.encode())
    caches["pdf"].clear()
    yield
    caches["pdf"].clear()


@pytest.fixture
def values(alice: Person, bob: Person, acme: Organisation, northfield: Site, assessment: Assessment) -> dict[str, Any]:
    """Arguments of an address in Alice's organisation, where Rita is asked to rate and a report is shared."""
    rater = invited(opened(assessment, alice), email="rita@acme.example")
    link = shared(assessment, hides_names=False)
    receipt = DeletionReceipt.objects.create(
        planned_at=NOW, due_at=NOW, deleted_at=NOW, executed_by=ExecutedBy.SERVER, rows={}
    )
    member = Membership.objects.get(person=bob)
    invitation = invite_member(
        organisation=acme,
        email="vera@acme.example",
        role=Role.VIEWER,
        is_limited_to_sites=False,
        sites=[],
        person=alice,
        now=timezone.now(),
    )
    return {
        "receipt_id": receipt.pk,
        "receipt_secret": deletion_receipts.path_of(receipt).split("/")[-2],
        "membership_id": member.pk,
        "invitation_id": invitation.pk,
        "invitation_secret": signed_links.secret_of(invitation, salt=SALT),
        "assessment_id": assessment.pk,
        "organisation_id": acme.pk,
        "site_id": northfield.pk,
        "area_code": "MCQ",
        "code": "management-review",
        "rater_id": rater.pk,
        "secret": secret_of(rater),
        "address_secret": address_secret_of(rater),
        "link_id": link.pk,
        "link_secret": report_links.secret_of(link),
        "anything": "half/a/link",
        "version": "2026.1",
    }


def test_every_address_has_a_rule() -> None:
    assert set(ADDRESSES) == set(RULES)


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("name", FOR_ACCOUNTS)
def test_someone_not_signed_in_is_asked_to_and_comes_back(client: Client, values: dict[str, Any], name: str) -> None:
    response = client.get(address(name, values))
    if name in POST_ONLY:
        assert response.status_code == 405
        assert client.post(address(name, values)).status_code == (403 if name == "save" else 302)
    elif RULES[name] is Rule.EVERYONE:
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address(name, values)}")


@pytest.mark.parametrize("name", FOR_ACCOUNTS)
def test_a_member_reaches_every_address(alice_client: Client, values: dict[str, Any], name: str) -> None:
    expected = 405 if name in POST_ONLY else 302 if name in LEADS_ON else 200
    assert alice_client.get(address(name, values)).status_code == expected


@pytest.mark.parametrize("name", FOR_RATERS)
def test_a_rater_reaches_their_rating_and_no_member_does(
    client: Client, alice_client: Client, values: dict[str, Any], name: str
) -> None:
    rater = Rater.objects.get()
    begun(rater, client)
    method = "post" if name in ONLY_SENT else "get"
    after_it = {"rate": 200, "rate_area": 200, "rate_save": 422, "rate_done": 400, "rate_new_link": 200}.get(name, 302)
    assert getattr(client, method)(address(name, values)).status_code == after_it
    if RULES[name] is Rule.RATER:
        assert getattr(alice_client, method)(address(name, values)).status_code == 404


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("name", FOR_RATERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_link_and_browser_no_rater_exists(
    mallory_client: Client, client: Client, values: dict[str, Any], name: str, method: str
) -> None:
    wrong = {"secret": "wrong", "address_secret": values["secret"]}
    hidden = address(name, values | wrong)
    absent = address(name, values | wrong | {"rater_id": uuid4()})
    for stranger in (client, mallory_client):
        one, other = getattr(stranger, method)(hidden), getattr(stranger, method)(absent)
        if name == "rate" and method == "post":
            assert one.status_code == other.status_code == 405
        else:
            assert one.status_code == other.status_code == (405 if name in ONLY_SENT and method == "get" else 404)
        assert one.content == other.content
        assert one.headers == other.headers
        for secret in ("Acme", "Northfield", "Autumn 2026", "Rita"):
            assert secret not in one.text


@pytest.mark.parametrize("name", FOR_READERS)
def test_a_reader_reaches_the_report_by_its_link_and_nothing_by_another(
    client: Client, alice_client: Client, values: dict[str, Any], name: str
) -> None:
    wrong = values | {"link_secret": "wrong"}
    absent = wrong | {"link_id": uuid4()}
    for reader in (client, alice_client):
        assert reader.get(address(name, values)).status_code == (404 if name == "shared_elsewhere" else 200)
        hidden, nowhere = reader.get(address(name, wrong)), reader.get(address(name, absent))
        assert hidden.status_code == nowhere.status_code == 404
        assert hidden.content == nowhere.content
        assert hidden.headers == nowhere.headers
        assert reader.head(address(name, values)).status_code == 405


@pytest.mark.asvs("8.4.1", "8.2.2")
@pytest.mark.parametrize("name", FOR_ACCOUNTS)
def test_an_outsider_sees_nothing_of_it(mallory_client: Client, values: dict[str, Any], name: str) -> None:
    response = mallory_client.get(address(name, values))
    if name in POST_ONLY:
        assert response.status_code == 405
    elif RULES[name] is Rule.MEMBERS:
        assert response.status_code == 404
    else:
        assert response.status_code == (302 if name == "set_up" else 200)
    for secret in ("Acme", "Northfield", "Autumn 2026", str(values["assessment_id"])):
        assert secret.encode() not in response.content


@pytest.mark.asvs("8.2.2", "1.4.2")
@pytest.mark.parametrize("name", FOR_MEMBERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_and_not_there_are_the_same_answer(
    mallory_client: Client, values: dict[str, Any], name: str, method: str
) -> None:
    if name not in (FORMS if method == "post" else set(FOR_MEMBERS) - POST_ONLY):
        return
    nowhere: dict[str, Any] = {
        "assessment_id": uuid4(),
        "organisation_id": NO_SUCH_NUMBER,
        "site_id": NO_SUCH_NUMBER,
        "area_code": "MCQ",
        "code": "management-review",
        "rater_id": uuid4(),
        "link_id": uuid4(),
        "membership_id": NO_SUCH_NUMBER,
        "invitation_id": uuid4(),
    }
    entries = {"name": "Mallory", "title": "Mallory", "period": "Mallory", "confirmed": "on"}
    hidden = getattr(mallory_client, method)(address(name, values), entries)
    absent = getattr(mallory_client, method)(address(name, nowhere), entries)
    unknown = mallory_client.get("/there/is/no/such/page/")
    assert hidden.status_code == absent.status_code == unknown.status_code == 404
    assert hidden.content == absent.content == unknown.content
    assert hidden.headers == absent.headers


def test_a_save_tells_hidden_and_not_there_apart_for_nobody(mallory_client: Client, values: dict[str, Any]) -> None:
    hidden = mallory_client.post(address("save", values), {"management-review-choice": "3"})
    absent = mallory_client.post(address("save", values | {"assessment_id": uuid4()}))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content == b'{"outcome": "gone"}'


@pytest.mark.asvs("8.4.1", "8.3.1")
@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_an_outsider_changes_nothing(
    mallory_client: Client, acme: Organisation, values: dict[str, Any], name: str
) -> None:
    entries = {"name": "Mallory", "title": "Mallory", "period": "Mallory", "confirmed": "on"}
    expected = 404 if name in FORMS | POST_ONLY else 405
    assert mallory_client.post(address(name, values), entries).status_code == expected
    acme.refresh_from_db()
    assert (acme.name, acme.sites.get().name) == ("Acme", "Northfield")
    assert Assessment.objects.get().title == "Autumn 2026"
    assert not Answer.objects.exclude(version=0).exists()
    assert ReportLink.objects.get().withdrawn_at is None
    assert Rater.objects.filter(withdrawn_at=None, round__closed_at=None, pk=values["rater_id"]).exists()


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_only_the_methods_it_has(alice_client: Client, values: dict[str, Any], name: str) -> None:
    for method in ("put", "patch", "delete", "options"):
        assert getattr(alice_client, method)(address(name, values)).status_code == 405
    if name not in FORMS | POST_ONLY | ONLY_SENT:
        assert alice_client.post(address(name, values)).status_code == 405


@pytest.mark.parametrize("name", ["overview", "area"])
@pytest.mark.parametrize("number", ["nonsense", "0", "../..", "00000000-0000-0000-0000-00000000000g"])
def test_a_damaged_address_is_not_found(alice_client: Client, values: dict[str, Any], name: str, number: str) -> None:
    damaged = address(name, values).replace(str(values["assessment_id"]), number)
    assert alice_client.get(damaged).status_code == 404


def test_a_role_without_managing_gets_the_pages_without_it(
    alice_client: Client, values: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW}))
    for name in (
        "organisation",
        "site_new",
        "site",
        "edit",
        "delete",
        "raters",
        "sharing",
        "sharing_withdraw",
        "comparison",
        "rater_withdraw",
        "round_compare",
    ):
        assert alice_client.get(address(name, values)).status_code == 404
    for name in ("list", "organisations", "overview", "report"):
        assert alice_client.get(address(name, values)).status_code == 200
