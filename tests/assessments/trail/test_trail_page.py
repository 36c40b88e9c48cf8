"""The page of the trail, its filters and its files: readable, complete, inert, and for owner and lead alone."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from assessments.database_rules.acting import acting_as
from assessments.database_rules.installing import install, suspend
from assessments.models import Answer, Assessment, AuditEntry, Membership, Organisation, Person, Rating, Role
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import Busy, renderers
from assessments.trail import printing
from assessments.trail.audited import AUDITED
from assessments.trail.chain import NOTHING_BEFORE, seal
from assessments.trail.sealing import head_of_trail
from assessments.trail.words import THINGS
from assessments.views import trail as trail_views
from tests.rating_rounds import Given, Q, add_round
from tests.signing import in_review

FORMULA = "=HYPERLINK(“x”)"


@pytest.fixture
def address(acme: Organisation) -> str:
    return f"/organisations/{acme.pk}/trail/"


@pytest.fixture
def changed(assessment: Assessment, alice: Person) -> Answer:
    """One answer of Alice’s, whose rationale a spreadsheet would like to run."""
    answer = assessment.answers.select_related("sub_element").get(sub_element__code="capa")
    with acting_as(actor=f"person:{alice.pk}", actor_name="Alice Adler"):
        Answer.objects.filter(pk=answer.pk).update(state="scored", score=Decimal("4.0"), rationale=FORMULA)
    return answer


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[PrintJob]:
    asked: list[PrintJob] = []

    def render(job: PrintJob) -> bytes:
        asked.append(job)
        return b"%PDF-"

    monkeypatch.setattr(renderers, "render", render)
    return asked


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


class TestThePage:
    def test_it_tells_who_did_what_from_what_to_what(self, alice_client: Client, address: str, changed: Answer) -> None:
        page = alice_client.get(address, {"kind": "Answer"}).text
        assert f"<strong>Alice Adler</strong> changed the answer to {changed.sub_element.name}" in page
        for words in ("State", "not answered", "scored", "Rationale", FORMULA, "The chain is sound."):
            assert words in page

    def test_it_prints_the_head_of_the_chain(self, alice_client: Client, acme: Organisation, address: str) -> None:
        assert f"{acme.pk}:{head_of_trail(acme.pk)}" in alice_client.get(address).text

    def test_it_says_that_the_chain_is_broken(self, alice_client: Client, acme: Organisation, address: str) -> None:
        head_of_trail(acme.pk)
        suspend("default")
        AuditEntry.objects.filter(organisation_id=acme.pk, seal__number=2).update(about="somebody else")
        install("default")
        page = alice_client.get(address).text
        assert "The chain is broken" in page
        assert "Entry 2 " in page

    def test_a_walk_of_the_newest_does_not_begin_anew(
        self, alice_client: Client, acme: Organisation, address: str, changed: Answer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(trail_views, "WALKED", 3)
        assert "Each of the newest 3 of" in alice_client.get(address).text

    def test_every_audited_table_has_words(self) -> None:
        assert {each.kind for each in AUDITED} == set(THINGS)

    def test_what_is_typed_stays_inert(self, alice_client: Client, acme: Organisation, address: str) -> None:
        Organisation.objects.filter(pk=acme.pk).update(name="<script>alert(1)</script>{{ 7|add:7 }}")
        page = alice_client.get(address).text
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


class TestFilters:
    def shown(self, client: Client, address: str, **asked: str) -> str:
        response = client.get(address, asked)
        assert response.status_code == 200
        return response.text

    def test_by_person_kind_assessment_and_day(
        self, alice_client: Client, alice: Person, address: str, changed: Answer
    ) -> None:
        today = datetime.now(UTC).date()
        for asked in (
            {"actor": f"person:{alice.pk}"},
            {"kind": "Answer"},
            {"assessment": changed.assessment_id.hex},
            {"since": str(today - timedelta(days=1)), "until": str(today + timedelta(days=1))},
        ):
            assert FORMULA in self.shown(alice_client, address, **asked), asked
        for asked in ({"actor": "tests"}, {"kind": "Site"}, {"until": "2020-01-01"}, {"since": "2099-01-01"}):
            assert FORMULA not in self.shown(alice_client, address, **asked), asked

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"actor": "person:999999"}, "Choose one of the list"),
            ({"kind": "Session"}, "Choose one of the list"),
            ({"assessment": "0"}, "Choose one of the list"),
            ({"since": "30.11.2026"}, "Write the date as"),
            ({"until": "٢٠٢٦-١١-٣٠x"}, "Write the date as"),
            ({"since": "2026-11-30", "until": "2026-11-29"}, "before the first day"),
            ({"page": "0"}, "no such page"),
            ({"page": "minus"}, "no such page"),
            ({"page": "9" * 400}, "no such page"),
        ],
    )
    def test_what_makes_no_sense_is_told(
        self, alice_client: Client, address: str, asked: dict[str, str], words: str
    ) -> None:
        response = alice_client.get(address, asked)
        assert response.status_code == 422
        assert words in response.text

    def test_pages(self, alice_client: Client, address: str, changed: Answer) -> None:
        for number in range(60):
            Answer.objects.filter(pk=changed.pk).update(rationale=f"Text {number}")
        first = self.shown(alice_client, address, kind="Answer")
        assert "Page 1 of 2" in first
        assert "?kind=Answer&amp;page=2" in first
        assert "Text 59" in first
        assert "Text 59" not in self.shown(alice_client, address, kind="Answer", page="2")


class TestAnonymousRounds:
    def test_neither_whose_rating_nor_what_it_says(
        self, alice_client: Client, acme: Organisation, assessment: Assessment, address: str
    ) -> None:
        rated = add_round(
            assessment, [Given("Rita Roth", Q, {"capa": "2.0"}, comment="Secret words")], is_anonymous=True
        )
        rater = rated.raters.get()
        with acting_as(actor=f"rater:{rater.pk}", actor_name="Rita Roth", origin="assessments:rate_save"):
            Rating.objects.filter(rater=rater).update(rationale="Other secret words", version=2)
            type(rater).objects.filter(pk=rater.pk).update(finished_at=rated.opened_at)
        entries = AuditEntry.objects.filter(organisation_id=acme.pk)
        for entry in entries.filter(kind="Rating"):
            assert (entry.row, entry.about, entry.before, entry.after) == ("", "", "{}", "{}")
        masked = entries.filter(actor="rater")
        assert set(masked.values_list("kind", "actor_name", "row")) == {("Rating", "", ""), ("Rater", "", "")}
        page = alice_client.get(address, {"kind": "Rating"}).text
        assert "a rater of an anonymous round" in page
        assert "ecret words" not in page

    def test_a_named_round_says_whose_and_never_what(self, acme: Organisation, assessment: Assessment) -> None:
        """Until the comparison is opened nobody but the rater sees a rating, and the trail would tell."""
        rated = add_round(assessment, [Given("Rita Roth", Q, {"capa": "2.0"}, comment="Secret words")])
        Rating.objects.filter(rater__round=rated).update(rationale="Other secret words", version=2)
        entry = AuditEntry.objects.get(organisation_id=acme.pk, kind="Rating", action="changed")
        assert entry.about == "capa"
        assert "secret" not in entry.before + entry.after

    def test_no_secret_of_a_link_is_written_down(self, acme: Organisation, assessment: Assessment) -> None:
        rated = add_round(assessment, [Given("Rita Roth", Q, {"capa": "2.0"})])
        rated.raters.update(nonce="a-new-secret", browser_key="a-hash")
        told = "".join(entry.before + entry.after for entry in AuditEntry.objects.filter(organisation_id=acme.pk))
        assert '"nonce": "hidden"' in told
        assert "a-new-secret" not in told
        assert "a-hash" not in told


class TestFiles:
    def test_the_chain_can_be_computed_from_the_csv(
        self, alice_client: Client, acme: Organisation, changed: Answer
    ) -> None:
        Organisation.objects.filter(pk=acme.pk).update(name="'Acme'\r\nTwo")
        response = alice_client.get(f"/organisations/{acme.pk}/audit-trail.csv")
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
        before = NOTHING_BEFORE
        for number, *cells, hashed in rows:
            texts = [cell.removeprefix("'") for cell in cells]
            before = seal(before, int(number), *texts)
            assert before == hashed
        assert before == head_of_trail(acme.pk).hash
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)

    def test_the_pdf_says_when_it_holds_only_part(
        self,
        alice_client: Client,
        acme: Organisation,
        changed: Answer,
        jobs: list[PrintJob],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path = f"/organisations/{acme.pk}/audit-trail.pdf"
        assert alice_client.get(path, {"kind": "Answer"})["Content-Type"] == "application/pdf"
        assert "This holds only part" not in jobs[-1].html
        assert FORMULA in jobs[-1].html
        monkeypatch.setattr(trail_views, "MOST_ON_PAPER", 5)
        alice_client.get(path)
        assert "This holds only part: the newest 5 of" in jobs[-1].html
        monkeypatch.setattr(printing, "MOST_LETTERS", 1)
        alice_client.get(path, {"kind": "Answer"})
        assert "This holds only part: the newest 1 of" in jobs[-1].html
        assert alice_client.get(path, {"since": "soon"}).status_code == 422

    def test_a_pdf_that_cannot_be_had_now(
        self, alice_client: Client, acme: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(job: PrintJob) -> bytes:
            raise Busy

        monkeypatch.setattr(renderers, "render", busy)
        response = alice_client.get(f"/organisations/{acme.pk}/audit-trail.pdf")
        assert response.status_code == 503
        assert response["Retry-After"]

    def test_taking_a_file_is_recorded(
        self, alice: Person, alice_client: Client, acme: Organisation, assessment: Assessment, jobs: list[PrintJob]
    ) -> None:
        taken = ("report.json", "report.csv", "report.xlsx", "report.docx", "workbook.xlsx", "signatures/data.json")
        in_review(assessment, alice)
        for name in taken:
            assert alice_client.get(f"/assessments/{assessment.pk}/{name}").status_code == 200
        alice_client.get(f"/organisations/{acme.pk}/audit-trail.csv")
        entries = AuditEntry.objects.filter(organisation_id=acme.pk, kind="Event", action="taken away").order_by("pk")
        assert [entry.about.split(" of ")[0] for entry in entries] == [
            *taken[:-1],
            "signed-data.json",
            "audit-trail.csv",
        ]
        assert {entry.actor for entry in entries} == {f"person:{alice.pk}"}
        assert entries[0].assessment == assessment.pk.hex


class TestSigningIn:
    def test_in_out_and_refused(self, client: Client, alice: Person, acme: Organisation) -> None:
        address = "/accounts/login/"
        client.post(address, {"login": alice.email, "password": "wrong wrong wrong"})
        client.post(address, {"login": "nobody@acme.example", "password": "wrong wrong wrong"})
        client.force_login(alice)
        client.logout()
        entries = AuditEntry.objects.filter(organisation_id=acme.pk, kind="Event").order_by("pk")
        assert [entry.action for entry in entries] == ["sign-in refused", "signed in", "signed out"]
        assert entries[0].actor == "visitor"
        assert entries[0].about == alice.email
        assert entries[1].actor == f"person:{alice.pk}"


class TestRights:
    def test_owner_and_lead_may_read_it(self, alice: Person, lars: Person, address: str) -> None:
        for person in (alice, lars):
            assert signed_in(person).get(address).status_code == 200

    @pytest.mark.parametrize("ending", ["trail/", "audit-trail.csv", "audit-trail.pdf"])
    def test_for_all_others_there_is_none(
        self, ending: str, acme: Organisation, bob: Person, carol: Person, mallory_client: Client
    ) -> None:
        path = f"/organisations/{acme.pk}/{ending}"
        for client in (signed_in(bob), signed_in(carol), mallory_client):
            response = client.get(path)
            assert response.status_code == 404
            assert response.content == client.get("/organisations/99999999/" + ending).content
        before = AuditEntry.objects.filter(organisation_id=acme.pk, action="taken away").count()
        assert before == 0

    def test_a_lead_of_one_site_sees_none(self, acme: Organisation, lars: Person, address: str) -> None:
        Membership.objects.filter(person=lars, role=Role.LEAD).update(is_limited_to_sites=True)
        assert signed_in(lars).get(address).status_code == 404

    def test_the_page_shows_nothing_of_another_organisation(
        self, mallory_client: Client, other_organisation: Organisation, acme: Organisation, changed: Answer
    ) -> None:
        page = mallory_client.get(f"/organisations/{other_organisation.pk}/trail/").text
        assert FORMULA not in page
        assert "Alice" not in page
