"""The pages of a sign-off: what they show in each state, whom they let do what, and what they refuse."""

import hashlib
import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from assessments.models import Assessment, AuditEntry, Organisation, Person, Review, Signature
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import renderers
from tests.assessments.test_answering import save, scored
from tests.conftest import PASSWORD
from tests.signing import in_review, sign_next, sign_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def path_of(assessment: Assessment, part: str = "signatures/") -> str:
    return f"/assessments/{assessment.pk}/{part}"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def hidden_of(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(meaning|digest)" value="([^"]*)"', text))


def test_a_draft_says_what_it_takes(alice_client: Client, assessment: Assessment) -> None:
    text = alice_client.get(path_of(assessment)).text
    assert "Signatures in this order sign an assessment off: prepared and approved" in text
    assert f'href="{path_of(assessment, "review/")}"' in text
    response = alice_client.post(path_of(assessment, "review/"))
    assert response["Location"] == path_of(assessment)
    assert Review.objects.get().sender_name == "Alice Adler"


def test_the_page_to_sign_shows_all_that_is_signed(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    save(assessment, scored("3.4", rationale="Minutes of <May>"), alice, seen=0)
    review = in_review(assessment, alice)
    assessment.site.organisation.sites.update(name="Renamed meanwhile")
    text = alice_client.get(path_of(assessment, "sign/")).text
    assert review.digest in text
    assert "Minutes of &lt;May&gt;" in text
    assert "Northfield, Acme" in text
    assert text.count('<article class="answer') == 20
    assert "stays so once it is signed" in text
    assert hidden_of(text) == {"meaning": "prepared", "digest": review.digest}


@pytest.mark.asvs("7.5.1")
def test_signing_asks_for_the_password(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    review = in_review(assessment, alice)
    seen = {"meaning": "prepared", "digest": review.digest}
    for password, said in (("", "makes this your signature"), ("wrong", "This is not your password")):
        response = alice_client.post(path_of(assessment, "sign/"), {**seen, "password": password})
        assert response.status_code == 422
        assert said in response.text
        assert not Signature.objects.exists()
    response = alice_client.post(path_of(assessment, "sign/"), {**seen, "password": PASSWORD})
    assert response["Location"] == path_of(assessment)
    assert Signature.objects.get().printed_name == "Alice Adler"


@pytest.mark.parametrize("credential", ["{}", "nonsense", '{"id": "AA", "rawId": "AA", "response": {}}', "[]"])
def test_a_made_up_passkey_signs_nothing(
    alice_client: Client, assessment: Assessment, alice: Person, credential: str
) -> None:
    review = in_review(assessment, alice)
    sent = {"meaning": "prepared", "digest": review.digest, "credential": credential}
    response = alice_client.post(path_of(assessment, "sign/"), sent)
    assert response.status_code == 422
    assert "The passkey was not accepted, so nothing was signed" in response.text
    assert not Signature.objects.exists()


@pytest.mark.asvs("6.3.1")
def test_nobody_guesses_on(alice_client: Client, assessment: Assessment, alice: Person, lars: Person) -> None:
    review = in_review(assessment, alice)
    seen = {"meaning": "prepared", "digest": review.digest}
    for _ in range(10):
        alice_client.post(path_of(assessment, "sign/"), {**seen, "password": "wrong"})
    refused = AuditEntry.objects.filter(action="signature refused")
    assert {(entry.actor, entry.about) for entry in refused} == {(f"person:{alice.pk}", assessment.title)}
    assert len(refused) == 10
    response = alice_client.post(path_of(assessment, "sign/"), {**seen, "password": PASSWORD})
    assert response.status_code == 422
    assert "Too many tries" in response.text
    assert not Signature.objects.exists()
    assert client_of(lars).post(path_of(assessment, "sign/"), {**seen, "password": PASSWORD}).status_code == 302


def test_what_changed_meanwhile_is_said_and_not_signed(
    alice_client: Client, assessment: Assessment, alice: Person
) -> None:
    review = in_review(assessment, alice)
    seen = {"meaning": "prepared", "password": PASSWORD}
    for sent in (seen | {"digest": "0" * 64}, seen | {"digest": review.digest, "meaning": "approved"}):
        response = alice_client.post(path_of(assessment, "sign/"), sent)
        assert response.status_code == 409
        assert "Nothing was changed" in response.text
    assert not Signature.objects.exists()


def test_where_signers_differ_the_second_is_another(
    alice_client: Client, assessment: Assessment, alice: Person, lars: Person
) -> None:
    Organisation.objects.update(signers_differ=True)
    in_review(assessment, alice)
    sign_next(assessment, alice)
    assert "must be somebody else’s" in alice_client.get(path_of(assessment)).text
    assert alice_client.get(path_of(assessment, "sign/")).status_code == 302
    assert "Read and sign as approved" in client_of(lars).get(path_of(assessment)).text


def test_returned_the_void_signatures_are_seen(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    in_review(assessment, alice)
    sign_next(assessment, alice)
    assert alice_client.post(path_of(assessment, "return/"), {"reason": ""}).status_code == 422
    alice_client.post(path_of(assessment, "return/"), {"reason": "A <score> is wrong"})
    text = alice_client.get(path_of(assessment)).text
    assert "A &lt;score&gt; is wrong" in text
    assert "Void: prepared by Alice Adler" in text
    assert alice_client.post(path_of(assessment, "return/"), {"reason": "Again"}).status_code == 409


@pytest.mark.parametrize("part", ["review/", "return/", "sign/", "revise/"])
def test_who_only_reads_takes_no_step(
    assessment: Assessment, carol: Person, bob: Person, alice: Person, part: str
) -> None:
    in_review(assessment, alice)
    for person in (carol, bob):
        for method in ("get", "post"):
            assert getattr(client_of(person), method)(path_of(assessment, part)).status_code == 404
        text = client_of(person).get(path_of(assessment)).text
        assert "In review since" in text
        assert f'href="{path_of(assessment, part)}"' not in text


def test_signed_off_it_says_so_everywhere(
    alice_client: Client, assessment: Assessment, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(assessment, scored("3.4"), alice, seen=0)
    sign_off(assessment, alice)
    text = alice_client.get(path_of(assessment)).text
    assert "Signed off on 30 November 2026" in text
    assert "It holds" in text
    data = alice_client.get(path_of(assessment, "signatures/data.json"))
    digest = hashlib.sha256(data.content).hexdigest()
    assert digest in text
    report = alice_client.get(path_of(assessment, "report.json")).json()
    assert report["digest"] == digest
    assert [each["meaning"] for each in report["signatures"]] == ["prepared", "approved"]
    assert report["assessment"]["status"] == "signed"
    jobs: list[PrintJob] = []

    def rendered(job: PrintJob) -> bytes:
        jobs.append(job)
        return job.html.encode()

    monkeypatch.setattr(renderers, "render", rendered)
    pdf = alice_client.get(path_of(assessment, "report.pdf"))
    assert "rev1-signed.pdf" in pdf["Content-Disposition"]
    assert digest in jobs[0].html
    assert "report draft" not in jobs[0].html
    assert report["trail_head"] in jobs[0].html


def test_signed_off_it_is_not_deleted_by_its_page(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    for step, said in (
        (in_review, "is in review"),
        (lambda _: [sign_next(assessment), sign_next(assessment)], "has been signed off"),
    ):
        step(assessment)
        response = alice_client.post(path_of(assessment, "delete/"), {"confirmed": "on"})
        assert response.status_code == 409
        assert said in response.text
    assert Assessment.objects.exists()
    assert path_of(assessment, "delete/") not in alice_client.get(path_of(assessment, "")).text


class TestRules:
    def test_the_owner_says_which_signatures_are_needed(self, alice_client: Client, acme: Organisation) -> None:
        path = f"/organisations/{acme.pk}/sign-off/"
        assert path in alice_client.get("/organisations/").text
        sent = {"needs_reviewed": "on", "needs_approved": "on", "signers_differ": "on"}
        assert alice_client.post(path, sent).status_code == 302
        acme.refresh_from_db()
        assert (acme.needs_prepared, acme.needs_reviewed, acme.signers_differ) == (False, True, True)

    def test_none_is_refused(self, alice_client: Client, acme: Organisation) -> None:
        response = alice_client.post(f"/organisations/{acme.pk}/sign-off/", {"signers_differ": "on"})
        assert response.status_code == 422
        assert "Tick at least one of the three" in response.text

    def test_they_stay_during_a_review(self, alice_client: Client, acme: Organisation, assessment: Assessment) -> None:
        in_review(assessment)
        response = alice_client.post(f"/organisations/{acme.pk}/sign-off/", {"needs_prepared": "on"})
        assert response.status_code == 422
        assert "is in review" in response.text

    def test_a_lead_does_not_change_them(self, acme: Organisation, lars: Person) -> None:
        assert client_of(lars).get(f"/organisations/{acme.pk}/sign-off/").status_code == 404


@pytest.mark.parametrize("step", [in_review, sign_off])
def test_the_overview_offers_nothing_to_fill_in_any_more(
    alice_client: Client, assessment: Assessment, alice: Person, step: Callable[..., object]
) -> None:
    before = alice_client.get(path_of(assessment, "")).text
    step(assessment, alice)
    after = alice_client.get(path_of(assessment, "")).text
    for offer in ("Begin: ", "Invite raters", "Fill in away from here", "Who answers what", "Title and period"):
        assert offer in before
        assert offer not in after
    assert f'href="{path_of(assessment)}">Sign-off</a>' in after
