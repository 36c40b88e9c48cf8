"""Answers stored after a workbook had been written, or between its two steps: nobody's is lost unseen."""

from typing import Any

import pytest
from django.test import Client

from assessments.answering import save_page
from assessments.entries import Entry
from assessments.models import (
    AnswerState,
    Assessment,
    Origin,
    Person,
)
from assessments.workbook import importing
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
    save,
    shown,
)

pytestmark = pytest.mark.django_db


class TestOvertaken:
    @pytest.fixture
    def page(self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload) -> Page:
        """Two answers changed in the workbook, one of them stored anew after it was written."""
        content = filled_in(workbook(), LEADERSHIP | REVIEW)
        save(assessment, alice, "quality-leadership", Entry(state=AnswerState.UNKNOWN, rationale="Ask Bob"))
        return upload(content)

    def test_both_answers_are_shown(self, page: Page) -> None:
        text = shown(page)
        assert page.status_code == 200
        assert "For 1 of them another answer was stored after the workbook had been written." in text
        assert "You stored another answer" in text
        assert "MCQ!D5 State don’t know yet scored" in text
        assert "MCQ!N5 Rationale Ask Bob Seen <2 %" in text

    def test_without_a_decision_nothing_is_stored(self, assessment: Assessment, page: Page, confirm: Confirm) -> None:
        again = confirm(page)
        assert again.status_code == 422
        assert "Not stored: please decide" in shown(again)
        assert entry_of(assessment, "management-review") == Entry()
        assert entry_of(assessment, "quality-leadership").rationale == "Ask Bob"
        assert confirm(again, quality_leadership="workbook").status_code == 302

    @pytest.mark.parametrize("nonsense", ["", "both", "WORKBOOK"])
    def test_a_decision_that_is_none_counts_as_none(self, nonsense: str, page: Page, confirm: Confirm) -> None:
        assert confirm(page, quality_leadership=nonsense).status_code == 422

    def test_the_workbook_s_can_be_taken(self, assessment: Assessment, page: Page, confirm: Confirm) -> None:
        assert confirm(page, quality_leadership="workbook").status_code == 302
        assert entry_of(assessment, "quality-leadership").rationale == "Seen <2 %"
        assert entry_of(assessment, "management-review").state == AnswerState.NOT_APPLICABLE
        answer = assessment.answers.get(sub_element__code="quality-leadership")
        assert [each.origin for each in answer.versions.all()] == [Origin.WORKBOOK, Origin.PAGE]

    def test_the_stored_one_can_stay(self, assessment: Assessment, page: Page, confirm: Confirm) -> None:
        assert confirm(page, quality_leadership="stored").status_code == 302
        assert entry_of(assessment, "quality-leadership").rationale == "Ask Bob"
        assert entry_of(assessment, "management-review").state == AnswerState.NOT_APPLICABLE

    def test_leaving_everything_as_it_is_says_so(
        self,
        assessment: Assessment,
        alice: Person,
        alice_client: Client,
        workbook: Workbook,
        upload: Upload,
        confirm: Confirm,
    ) -> None:
        content = filled_in(workbook(), REVIEW)
        save(assessment, alice, "management-review", WHOLE)
        response = confirm(upload(content), management_review="stored")
        assert "Nothing was stored: every answer stays as it was." in shown(alice_client.get(response["Location"]))

    def test_the_same_answer_from_someone_else_is_no_conflict(
        self, assessment: Assessment, alice: Person, workbook: Workbook, upload: Upload
    ) -> None:
        content = filled_in(workbook(), {"MCQ!D5": "unknown"})
        save(assessment, alice, "quality-leadership", Entry(state=AnswerState.UNKNOWN))
        assert "Nothing would change" in shown(upload(content))

    def test_a_save_between_the_two_steps_stops_all_of_it(
        self, assessment: Assessment, alice: Person, page: Page, confirm: Confirm
    ) -> None:
        save(assessment, alice, "management-review", Entry(rationale="Just now"))
        again = confirm(page, quality_leadership="workbook")
        assert again.status_code == 409
        text = shown(again)
        assert "Not stored: another answer was saved meanwhile" in text
        assert "2 answers would change" in text
        assert "MCQ!D6 State not answered not applicable" in text
        assert entry_of(assessment, "quality-leadership").rationale == "Ask Bob"
        assert entry_of(assessment, "management-review").rationale == "Just now"
        assert 'value="workbook" checked' in again.text  # the other decision is kept
        done = confirm(again, quality_leadership="stored", management_review="workbook")
        assert done.status_code == 302
        assert entry_of(assessment, "management-review").reason == "Contract filling only"

    def test_a_decision_is_about_what_was_shown(
        self, assessment: Assessment, alice: Person, page: Page, confirm: Confirm
    ) -> None:
        save(assessment, alice, "quality-leadership", Entry(rationale="Newer still"))
        assert confirm(page, quality_leadership="workbook").status_code == 409
        assert entry_of(assessment, "quality-leadership").rationale == "Newer still"

    def test_a_save_in_the_very_moment_stops_all_of_it(
        self,
        assessment: Assessment,
        alice: Person,
        workbook: Workbook,
        upload: Upload,
        confirm: Confirm,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        page = upload(filled_in(workbook(), LEADERSHIP | REVIEW))

        def slow(**asked: Any) -> Any:
            save(assessment, alice, "management-review", Entry(rationale="First"))
            return save_page(**asked)

        monkeypatch.setattr(importing, "save_page", slow)
        again = confirm(page)
        assert again.status_code == 409
        assert entry_of(assessment, "quality-leadership") == Entry()
        assert entry_of(assessment, "management-review").rationale == "First"
