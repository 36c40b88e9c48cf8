"""The second step of an import: all of it or nothing, as new versions, and only what was shown."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from assessments.entries import Entry, EvidenceReference
from assessments.models import (
    AnswerState,
    AnswerVersion,
    Assessment,
    Origin,
    Person,
    Site,
)
from assessments.opening import open_assessment
from assessments.workbook import carrying
from assessments.workbook.cells import read_sheets
from tests.assessments.workbook.made_up import with_parts
from tests.assessments.workbook.steps import (
    LEADERSHIP,
    REVIEW,
    WHOLE,
    Confirm,
    Page,
    Upload,
    Workbook,
    entry_of,
    filled_in,
    nothing_is_stored,
    save,
    shown,
    token_of,
)

pytestmark = pytest.mark.django_db


class TestConfirming:
    def test_everything_is_stored_at_once_with_its_history(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload, confirm: Confirm
    ) -> None:
        response = confirm(upload(filled_in(workbook(), LEADERSHIP | REVIEW)))
        assert (response.status_code, response["Location"]) == (302, f"/assessments/{assessment.pk}/")
        assert entry_of(assessment, "quality-leadership") == Entry(
            state=AnswerState.SCORED,
            score=Decimal("3.5"),
            rationale="Seen <2 %",
            evidence=(EvidenceReference("Minutes", "QA-7"),),
        )
        assert entry_of(assessment, "management-review").reason == "Contract filling only"
        versions = AnswerVersion.objects.filter(answer__assessment=assessment)
        assert [(each.version, each.origin, each.saved_by) for each in versions] == [(1, Origin.WORKBOOK, alice)] * 2

    def test_the_receipt_names_what_was_stored(
        self, alice_client: Client, workbook: Workbook, upload: Upload, confirm: Confirm
    ) -> None:
        overview = alice_client.get(confirm(upload(filled_in(workbook(), LEADERSHIP)))["Location"])
        assert re.search(r"Saved at \d\d:\d\d:\d\d UTC: Quality leadership and culture 3.5\.", shown(overview))

    def test_sending_it_twice_stores_once(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload, confirm: Confirm
    ) -> None:
        page = upload(filled_in(workbook(), LEADERSHIP))
        confirm(page)
        save(assessment, alice, "quality-leadership", WHOLE)
        assert confirm(page).status_code == 302
        assert entry_of(assessment, "quality-leadership") == WHOLE
        assert AnswerVersion.objects.filter(answer__assessment=assessment).count() == 2

    def test_export_import_export_gives_the_same_answers(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload, confirm: Confirm
    ) -> None:
        codes = list(assessment.answers.values_list("sub_element__code", flat=True))
        states = [
            WHOLE,
            Entry(state=AnswerState.UNKNOWN),
            Entry(state=AnswerState.NOT_APPLICABLE, reason="'no"),
            Entry(),
        ]
        wanted = {code: states[place % 4] for place, code in enumerate(codes)}
        for code, entry in wanted.items():
            save(assessment, alice, code, entry)
        first = workbook()
        for code in codes:
            save(assessment, alice, code, Entry(rationale="something else"))
        decisions = {code.replace("-", "_"): "workbook" for code in codes}
        page = upload(with_parts(first, damage_the_marks))
        assert confirm(page, **decisions).status_code == 302
        assert {code: entry_of(assessment, code) for code in codes} == wanted
        assert answers_in(workbook()) == answers_in(first)

    def test_the_longest_answers_can_be_confirmed(
        self, assessment: Assessment, workbook: Workbook, upload: Upload, confirm: Confirm
    ) -> None:
        """Twenty times the most that fits, in letters that compress badly: it still fits into a form."""
        text = "".join(chr(0x10000 + (number * 7919) % 0x8000) for number in range(10_000))
        cells: dict[str, Any] = {}
        for area in ("MCQ", "BC", "PQS", "TE", "EEE"):
            for row in range(5, 9):
                cells |= {f"{area}!M{row}": text[:2000], f"{area}!N{row}": text}
        page = upload(filled_in(workbook(), cells))
        assert "20 answers would change" in shown(page)
        assert confirm(page).status_code == 302
        assert entry_of(assessment, "capa").rationale == text


def damage_the_marks(parts: dict[str, bytes]) -> None:
    """Without its mark a row counts as touched; by hand, because another program may lose a text such as _x0041_."""
    parts["xl/sharedStrings.xml"] = re.sub(rb"[0-9]+-[0-9a-f]{16}", b"gone", parts["xl/sharedStrings.xml"])


def answers_in(content: bytes) -> list[tuple[str, str]]:
    """What stands in each cell, the marks of the versions and the first sheet apart."""
    sheets = [sheet for sheet in read_sheets(content) if sheet.title != "Start"]
    return [
        (f"{sheet.title}!{cell.column}.{cell.row}", cell.text)
        for sheet in sheets
        for row in sheet.rows.values()
        for cell in row.values()
        if cell.column != 2
    ]


class TestWhatIsCarriedAlong:
    @pytest.fixture
    def page(self, workbook: Workbook, upload: Upload) -> Page:
        return upload(filled_in(workbook(), LEADERSHIP))

    def refused(self, response: Page, assessment: Assessment) -> bool:
        return (
            response.status_code == 422
            and "Upload the workbook again." in shown(response)
            and nothing_is_stored(assessment)
        )

    @pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "😀:x:y"])
    def test_nonsense_is_refused(
        self, token: str, assessment: Assessment, alice_client: Client, import_url: str
    ) -> None:
        assert self.refused(alice_client.post(import_url, {"proposal": token}), assessment)

    def test_a_changed_one_is_refused(
        self, assessment: Assessment, alice_client: Client, import_url: str, page: Page
    ) -> None:
        token = token_of(page)
        changed = ("A" if token[10] != "A" else "B").join((token[:10], token[11:]))
        assert self.refused(alice_client.post(import_url, {"proposal": changed}), assessment)

    def test_one_of_another_kind_is_refused(
        self, assessment: Assessment, alice_client: Client, import_url: str
    ) -> None:
        token = signing.dumps({"rows": []}, salt="something else")
        assert self.refused(alice_client.post(import_url, {"proposal": token}), assessment)

    def test_an_old_one_is_refused(
        self, assessment: Assessment, page: Page, confirm: Confirm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(carrying, "LASTS", timedelta(seconds=-1))
        assert self.refused(confirm(page), assessment)

    def test_that_of_another_assessment_is_refused(
        self, assessment: Assessment, northfield: Site, alice_client: Client, page: Page
    ) -> None:
        other = open_assessment(site=northfield, title="Other", period="2027")
        response = alice_client.post(f"/assessments/{other.pk}/workbook/import/", {"proposal": token_of(page)})
        assert self.refused(response, other)

    def test_that_of_another_person_is_refused(
        self, assessment: Assessment, import_url: str, page: Page, mallory: Person
    ) -> None:
        assessment.site.organisation.memberships.create(person=mallory, role="owner")
        client = Client()
        client.force_login(mallory)
        assert self.refused(client.post(import_url, {"proposal": token_of(page)}), assessment)
