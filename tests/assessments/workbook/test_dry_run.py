"""The first step of an import: what would change, cell by cell, with nothing stored; whose workbook it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assessments.answering import save_page
from assessments.entries import Entry, EvidenceReference
from assessments.models import (
    Answer,
    Assessment,
    Person,
    Site,
)
from assessments.opening import open_assessment
from assessments.workbook import importing
from tests.assessments.workbook.steps import (
    LEADERSHIP,
    REVIEW,
    WHOLE,
    Confirm,
    Upload,
    Workbook,
    filled_in,
    nothing_is_stored,
    save,
    shown,
    token_of,
)
from tests.signing import sign_off

pytestmark = pytest.mark.django_db


class TestTheDryRun:
    def test_it_says_what_would_change_cell_by_cell_and_stores_nothing(
        self, assessment: Assessment, workbook: Workbook, upload: Upload
    ) -> None:
        page = upload(filled_in(workbook(), LEADERSHIP | REVIEW))
        assert page.status_code == 200
        text = shown(page)
        assert "2 answers would change, 18 stay as they are. Nothing is stored yet." in text
        for change in (
            "MCQ!D5 State not answered scored",
            "MCQ!E5 Score empty 3.5",
            "MCQ!N5 Rationale empty Seen <2 %",
            "MCQ!Q5 Evidence 1, title empty Minutes",
            "MCQ!R5 Evidence 1, where kept empty QA-7",
            "MCQ!D6 State not answered not applicable",
            "MCQ!M6 Why it does not apply empty Contract filling only",
        ):
            assert change in text
        assert "Store 2 answers" in text
        assert nothing_is_stored(assessment)

    def test_an_untouched_workbook_changes_nothing(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload
    ) -> None:
        save(assessment, alice, "capa", WHOLE)
        page = upload(workbook())
        assert "Nothing would change: the workbook says what is stored." in shown(page)
        assert token_of(page) == ""

    def test_an_untouched_workbook_takes_nothing_back_that_came_later(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload
    ) -> None:
        before = workbook()
        save(assessment, alice, "capa", WHOLE)
        assert "Nothing would change" in shown(upload(before))

    def test_one_bad_cell_keeps_all_out(self, assessment: Assessment, workbook: Workbook, upload: Upload) -> None:
        page = upload(filled_in(workbook(), LEADERSHIP | {"MCQ!E6": 9, "BC!D5": "perhaps"}))
        assert page.status_code == 422
        text = shown(page)
        assert "Not imported: 2 cells cannot be used" in text
        assert "MCQ!E6 Score 9 Write a score from 1.0 to 5.0 with at most one decimal, like 3.5." in text
        assert "BC!D5 State perhaps Write scored, unknown or not_applicable, or leave the cell empty." in text
        assert token_of(page) == ""
        assert nothing_is_stored(assessment)

    def test_what_is_missing_stays_and_is_named(
        self, assessment: Assessment, workbook: Workbook, upload: Upload
    ) -> None:
        page = upload(filled_in(workbook(), {"MCQ!A5": None, "MCQ!D5": None, "MCQ!P5": None} | REVIEW))
        assert "Not in the workbook, so left as stored: Quality leadership and culture." in shown(page)
        assert "1 answer would change, 18 stay as they are." in shown(page)

    def test_everything_typed_is_inert_on_the_page(self, workbook: Workbook, upload: Upload) -> None:
        page = upload(filled_in(workbook(), {"MCQ!N5": "<script>alert(1)</script>{{ x }}", "MCQ!E6": "<b>"}))
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ x }}" in page.text
        assert "<b>" not in page.text

    def test_long_texts_are_shown_from_where_they_differ(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload
    ) -> None:
        long = "".join(f"Sentence {number}. " for number in range(400))
        save(assessment, alice, "quality-leadership", Entry(rationale=long))
        page = upload(filled_in(workbook(), {"MCQ!N5": long.replace("Sentence 222.", "Other words.")}))
        text = shown(page)
        assert "…" in text
        assert "Sentence 221. Other words. Sentence 223." in text
        assert f"All {len(long)} characters" in text

    def test_a_reference_taken_out_is_shown(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload
    ) -> None:
        two = (EvidenceReference("Minutes", "QA-7"), EvidenceReference("Log", ""))
        save(assessment, alice, "quality-leadership", Entry(evidence=two))
        text = shown(upload(filled_in(workbook(), {"MCQ!S5": None})))
        assert "MCQ!S5 Evidence 2, title Log empty" in text
        assert "MCQ!Q5" not in text

    def test_it_asks_the_database_little(
        self, workbook: Workbook, upload: Upload, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        content = filled_in(workbook(), {f"{area}!D{row}": "unknown" for area in ("MCQ", "BC") for row in range(5, 9)})
        with django_assert_max_num_queries(5):
            assert "8 answers would change" in shown(upload(content))


class TestWhoseItIs:
    def test_that_of_another_assessment_is_refused_and_both_are_named(
        self, assessment: Assessment, northfield: Site, alice_client: Client, upload: Upload
    ) -> None:
        other = open_assessment(site=northfield, title="Spring 2027", period="January to March 2027")
        response = upload(alice_client.get(f"/assessments/{other.pk}/workbook.xlsx").content)
        assert response.status_code == 422
        text = shown(response)
        assert "This workbook was written for “Spring 2027” (Northfield, January to March 2027)" in text
        assert str(other.pk) in text
        assert "This page belongs to “Autumn 2026” (Northfield, July to September 2026)" in text

    def test_that_of_another_questionnaire_is_refused(self, workbook: Workbook, upload: Upload) -> None:
        response = upload(filled_in(workbook(), {"Start!C7": "2025.9"}))
        assert response.status_code == 422
        assert "written for the questionnaire 2025.9, and the assessment uses 2026.1." in shown(response)

    def test_a_signed_off_assessment_takes_none(
        self, assessment: Assessment, alice_client: Client, import_url: str, workbook: Workbook, upload: Upload
    ) -> None:
        content = filled_in(workbook(), LEADERSHIP)
        sign_off(assessment)
        for response, status in ((alice_client.get(import_url), 200), (upload(content), 409)):
            assert response.status_code == status
            assert "This assessment has been signed off" in shown(response)
            assert "<form" not in response.text.partition("<main")[2]
        assert nothing_is_stored(assessment)

    def test_signing_off_between_the_two_steps_stops_it(
        self,
        assessment: Assessment,
        workbook: Workbook,
        upload: Upload,
        confirm: Confirm,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        page = upload(filled_in(workbook(), LEADERSHIP))

        def late(**asked: Any) -> Any:
            sign_off(assessment)
            return save_page(**asked)

        monkeypatch.setattr(importing, "save_page", late)
        response = confirm(page)
        assert response.status_code == 409
        assert "This assessment has been signed off" in shown(response)
        assert nothing_is_stored(assessment)

    def test_deleting_between_the_two_steps_is_not_found(
        self,
        assessment: Assessment,
        workbook: Workbook,
        upload: Upload,
        confirm: Confirm,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        page = upload(filled_in(workbook(), LEADERSHIP))

        def late(**asked: Any) -> Any:
            Answer.objects.filter(assessment=assessment).delete()
            Assessment.objects.filter(pk=assessment.pk).delete()
            return save_page(**asked)

        monkeypatch.setattr(importing, "save_page", late)
        assert confirm(page).status_code == 404
