"""The main journeys, walked in a real browser as a newcomer walks them."""

import io
import re
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from assessments.models import Answer, Assessment, Person
from tests.browser.conftest import PHONE, OpenPage, path_of, saved_file, sign_in
from tests.conftest import PASSWORD
from tests.reports import SUB_ELEMENTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AREAS = ["MCQ", "BC", "PQS", "TE", "EEE"]
# Areas 4.00, 3.50, 3.75, 3.25, 4.40: overall 3.78, between H and D.
LEVELS = {"MCQ": ["4"] * 4, "BC": ["3.5"] * 4, "PQS": ["3.5", "4", "3.5", "4"], "TE": ["3", "3.5", "3", "3.5"]}
LEVELS["EEE"] = ["4.4"] * 4


def codes(area: str) -> list[str]:
    return [row["code"] for row in SUB_ELEMENTS if row["practice_area"][0] == area]


def choose(page: Page, code: str, score: str) -> None:
    """As a person does: a level's own radio, or the field between two levels."""
    if "." in score:
        page.locator(f"#{code}-choice-between").check()
        page.locator(f"#{code}-exact").fill(score)
    else:
        page.locator(f"#{code}-choice-{score}").check()


def sign_up_and_open(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Create an account").first.click()
    page.locator("[name=email]").fill("quality.lead@example.com")
    page.locator("[name=name]").fill("Quinn Lead")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    page.locator("[name=organisation]").fill("Quality Works")
    page.locator("[name=name]").fill("Riverside")
    page.locator("[name=manufacturing]").fill("oral solids")
    page.get_by_role("button", name="Set up").click()
    if not path_of(page).startswith("/assessments/new"):
        page.goto("/assessments/new/")
    page.locator("[name=title]").fill("Readiness 2026")
    page.locator("[name=period]").fill("2026, first half")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Readiness 2026")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_landing_page_to_the_pdf(javascript: bool, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(javascript=javascript)
    sign_up_and_open(page)
    page.locator("a.button", has_text="Quality leadership and culture").click()
    for area in AREAS:
        assert path_of(page).endswith(f"/{area}/")
        for code, score in zip(codes(area), LEVELS[area], strict=True):
            choose(page, code, score)
        page.locator(f"#{codes(area)[0]}-rationale").fill(f"What we saw in {area}: =SUM(1) <2 % {{{{ x }}}}")
        if javascript:
            page.locator(".save-ways a.button").last.click()
        else:
            page.get_by_role("button", name="Save and go to").click()
        expect(page).not_to_have_url(re.compile(f"/{area}/"))
    assessment = Assessment.objects.get()
    page.goto(f"/assessments/{assessment.pk}/")
    expect(page.locator("main")).to_contain_text("20 of 20 answered")
    page.get_by_role("link", name="Report", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Riverside stands at or above four of the nine sites of the FDA 2024 cohort"
    )
    expect(page.locator(".standing")).to_contain_text("between H 3.74 and D 3.98")
    pdf = saved_file(page, "Download PDF (A4)", tmp_path)
    assert re.fullmatch(r"qmm-riverside-2026-first-half-rev1-draft-\d+\.pdf", pdf.name)
    with pdfplumber.open(io.BytesIO(pdf.read_bytes())) as opened:
        text = " ".join(each.extract_text() for each in opened.pages).replace("\n", " ")
    assert "Riverside stands at or above four of the nine sites of the FDA 2024 cohort" in text
    assert "What we saw in TE: =SUM(1) <2 % {{ x }}" in text
    assert str(assessment.pk) in text
    for name in ("CSV", "JSON"):
        assert "qmm-riverside" in saved_file(page, name, tmp_path).name
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"/assessments/{assessment.pk}/report/")
    assert path_of(page) == "/accounts/login/"


def test_what_was_typed_stays_when_it_is_refused(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    page = open_page(javascript=False)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    choose(page, "capa", "5.1")
    page.locator("#capa-rationale").fill("A long thought that must not be lost")
    page.locator("#change-management-choice-not_applicable").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#capa-rationale")).to_have_value("A long thought that must not be lost")
    expect(page.locator("#capa-exact")).to_have_value("5.1")
    expect(page.locator("#capa-exact_error")).to_contain_text("from 1.0 to 5.0")
    expect(page.locator("#change-management-reason_error")).to_be_visible()
    assert not Answer.objects.exclude(version=0).exists()


def test_two_people_at_once_lose_nothing(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    first, second = open_page(javascript=False), open_page(javascript=False)
    for page in (first, second):
        sign_in(page, alice)
        page.goto(f"/assessments/{assessment.pk}/PQS/")
    for page, score, text in ((first, "3", "Written first"), (second, "4", "Written second")):
        choose(page, "capa", score)
        page.locator("#capa-rationale").fill(text)
        page.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator("#capa")).to_contain_text("Written first")
    expect(second.locator("#capa-rationale")).to_have_value("Written second")
    assert Answer.objects.get(sub_element__code="capa").rationale == "Written first"


def test_it_can_be_filled_in_with_the_keyboard_alone(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/TE/")
    page.locator("#data-excellence-choice-1").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#data-excellence-choice-3")).to_be_checked()
    expect(page.locator("[data-save-note]")).to_contain_text("Saved ")
    assert Answer.objects.get(sub_element__code="data-excellence").score == 3


def test_the_step_to_the_next_level_unfolds_at_the_chosen_one(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/MCQ/")
    step = page.locator("#management-review .step[data-level='2']")
    expect(step).to_be_hidden()
    choose(page, "management-review", "2")
    expect(step).to_be_visible()
    expect(page.locator("#management-review .step[data-level='3']")).to_be_hidden()
