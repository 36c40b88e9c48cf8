"""What of security the audit trail records, each as somebody does it: coming in, failing to, taking a file away."""

import pytest
from django.test import Client

from assessments.models import Assessment, AuditEntry, Organisation, Person
from tests.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("plain_pdfs")
SIGN_IN = "/accounts/login/"


def events(organisation: Organisation) -> list[str]:
    entries = AuditEntry.objects.filter(organisation_id=organisation.pk).order_by("pk")
    return [f"{entry.kind} {entry.action}" for entry in entries]


@pytest.mark.asvs("16.3.1")
def test_coming_in_and_going_out(client: Client, acme: Organisation, alice: Person) -> None:
    before = len(events(acme))
    client.post(SIGN_IN, {"login": alice.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    assert len(events(acme)) == before + 2
    assert AuditEntry.objects.filter(organisation_id=acme.pk).order_by("-pk")[0].actor


@pytest.mark.asvs("16.3.1", "16.2.5")
def test_failing_to_come_in_without_what_was_typed(client: Client, acme: Organisation, alice: Person) -> None:
    before = len(events(acme))
    client.post(SIGN_IN, {"login": alice.email, "password": "wrong password"})
    assert len(events(acme)) == before + 1
    entry = AuditEntry.objects.filter(organisation_id=acme.pk).order_by("-pk")[0]
    assert "wrong password" not in f"{entry.before}{entry.after}{entry.about}{entry.reason}"


@pytest.mark.asvs("16.3.3", "14.2.4")
@pytest.mark.parametrize("file", ["report.pdf", "report.json", "report.csv", "report.xlsx", "report.docx"])
def test_taking_a_file_away(alice_client: Client, acme: Organisation, assessment: Assessment, file: str) -> None:
    before = len(events(acme))
    assert alice_client.get(f"/assessments/{assessment.pk}/{file}").status_code == 200
    assert len(events(acme)) == before + 1
    assert file in AuditEntry.objects.filter(organisation_id=acme.pk).order_by("-pk")[0].about
