"""Every page, as anyone may meet it: WCAG 2.2 AA by axe, no sideways scrolling, light and dark, large targets."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Person
from tests.browser.conftest import PHONE, WIDE, OpenPage, sign_in
from tests.rating_rounds import L, P, Q, add_round, given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ["/", "/cohorts/fda-2024/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere/"]
SIGNED_IN = ["/assessments/", "/assessments/new/", "/organisations/", "/accounts/password/change/", "/accounts/name/"]
OF_AN_ASSESSMENT = ["", "PQS/", "report/", "raters/comparison/", "edit/", "delete/", "workbook/import/", "assign/"]
OF_AN_ORGANISATION = ["people/", "people/leave/"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def complaints(page: Page) -> list[str]:
    results = Axe().run(page, options=RULES).response
    found = [f"{each['id']}: {node['target']}" for each in results["violations"] for node in each["nodes"]]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"scrolls sideways by {overflow} px"] if overflow > 0 else [])


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide and light", "phone and dark"]
)
def test_no_page_has_a_complaint(
    viewport: dict[str, int], scheme: str, open_page: OpenPage, alice: Person, carol: Person, assessment: Assessment
) -> None:
    add_round(assessment, given((L, "4.5"), (Q, "2.0"), (P, "2.5")))
    page = open_page(viewport=viewport, scheme=scheme)
    found: dict[str, list[str]] = {}

    def visit(path: str) -> None:
        page.goto(path)
        if said := complaints(page):
            found[path] = said

    for path in PUBLIC:
        visit(path)
    sign_in(page, alice)
    for path in SIGNED_IN + [f"/assessments/{assessment.pk}/{part}" for part in OF_AN_ASSESSMENT]:
        visit(path)
    for part in OF_AN_ORGANISATION:
        visit(f"/organisations/{assessment.site.organisation_id}/{part}")
    page.context.clear_cookies()
    sign_in(page, carol)
    visit(f"/assessments/{assessment.pk}/PQS/")  # to read
    assert found == {}


def test_a_page_of_answers_has_no_complaint_in_any_of_its_states(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page, beside = open_page(), open_page()
    note = page.locator("[data-save-note]")
    for each in (page, beside):
        sign_in(each, alice)
        each.goto(f"/assessments/{assessment.pk}/PQS/")
    found = {"empty": complaints(page)}
    page.locator("#capa-choice-4").check()
    page.locator("#capa-rationale").fill("Seen")
    expect(note).to_have_text(re.compile(r"^Saved \d"))
    found["filled"] = complaints(page)
    page.locator("#change-management-choice-between").check()
    page.locator("#change-management-exact").fill("9")
    page.locator("#change-management-rationale").focus()
    expect(page.locator("#change-management-exact_error")).to_be_visible()
    found["error"] = complaints(page)
    beside.locator("#capa-choice-2").check()
    expect(beside.locator("#capa .overtaken")).to_be_visible()
    found["conflict"] = complaints(beside)
    page.context.set_offline(True)
    page.locator("#continual-improvement-choice-2").check()
    expect(page.locator("#continual-improvement [data-save-state]")).to_contain_text("offline")
    page.get_by_role("button", name="Keys").click()
    page.context.set_offline(False)
    found["offline, with the keys"] = complaints(page)
    page.goto(f"/assessments/{assessment.pk}/answers/capa/history/")
    found["history"] = complaints(page)
    assert {state: said for state, said in found.items() if said} == {}


def test_everything_one_operates_is_large_enough(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, alice)
    small = []
    for path in (f"/assessments/{assessment.pk}/PQS/", f"/assessments/{assessment.pk}/", "/assessments/new/"):
        page.goto(path)
        for element in page.locator("button:visible, a.button:visible, label.level:visible, summary:visible").all():
            box = element.bounding_box()
            if box is not None and box["height"] < 43.5:
                small.append(f"{path}: {element.inner_text()[:40]!r} {box['height']:.0f}")
    assert small == []
