"""The way through a workbook in a real browser: download, fill in, see what would change, decide, store."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment, Person
from tests.assessments.workbook.steps import filled_in
from tests.browser.conftest import PHONE, OpenPage, sign_in
from tests.browser.test_every_page import complaints
from tests.browser.test_saving import SAVED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_workbook_goes_out_and_comes_back(
    open_page: OpenPage, alice: Person, assessment: Assessment, tmp_path: Path
) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the workbook (XLSX)").click()
    content = Path(download.value.path()).read_bytes()
    files: dict[str, dict[str, Any]] = {
        "bad": {"MCQ!E5": "3,5"},
        "good": {"MCQ!E5": 3.5, "MCQ!D6": "unknown", "MCQ!N6": "x " * 900},
    }
    for name, cells in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(filled_in(content, cells))

    page.goto(f"/assessments/{assessment.pk}/MCQ/")
    page.locator("#quality-leadership-choice-unknown").check()
    expect(page.locator("[data-save-note]")).to_have_text(SAVED)

    page.goto(f"/assessments/{assessment.pk}/")
    page.get_by_role("link", name="Import a workbook").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "bad.xlsx")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="Not imported: 1 cell cannot be used")).to_be_visible()
    assert complaints(page) == []

    page.locator("input[type=file]").set_input_files(tmp_path / "good.xlsx")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What the workbook would change")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Store the answers").click()
    expect(page.get_by_role("heading", name="Not stored: please decide")).to_be_visible()
    assert complaints(page) == []
    page.get_by_label("The workbook’s").check()
    page.get_by_role("button", name="Store the answers").click()
    expect(page.get_by_role("status")).to_contain_text("Quality leadership and culture 3.5, Management review")
