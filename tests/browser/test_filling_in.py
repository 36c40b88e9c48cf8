"""Filling in a practice area in a browser: where a save leads, what a typed score marks, a session that ends."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Answer, Assessment, Person
from tests.browser.conftest import OpenPage, path_of, sign_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_save_leads_back_to_the_answer_and_is_confirmed_there(
    javascript: bool, open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    page.locator("#change-management-choice-3").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_title(re.compile("^Saved at "))
    expect(page.locator("#change-management h2")).to_be_in_viewport()
    expect(page.locator(".save-bar")).to_contain_text("Saved at")
    expect(page.locator(".save-bar")).to_be_in_viewport()


def test_a_score_between_two_levels_marks_both_while_it_is_typed(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    near = page.locator("#capa .level.is-near .level-number")
    page.locator("#capa-exact").fill("2.5")
    expect(near).to_have_text(["2", "3"])
    page.locator("#capa-exact").fill("9")
    expect(near).to_have_count(0)
    page.locator("#capa-exact").fill("4.9")
    expect(near).to_have_text(["4", "5"])
    assert page.locator("#capa .level.is-near").first.evaluate("each => getComputedStyle(each).boxShadow") != "none"
    page.locator("#capa-choice-1").check()
    assert page.locator("#capa .level.is-near").first.evaluate("each => getComputedStyle(each).boxShadow") == "none"


def test_after_a_session_ended_one_signs_in_beside_and_saves_again(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    page.locator("#capa-choice-3").check()
    page.locator("#capa-rationale").fill("A long thought")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved: you are no longer signed in")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    beside = opened.value
    beside.locator("[name=login]").fill(alice.email)
    beside.locator("[name=password]").fill(PASSWORD)
    beside.get_by_role("button", name="Sign in").click()
    beside.wait_for_url("**/PQS/")
    page.get_by_role("button", name="Save again").click()
    expect(page.get_by_role("status")).to_contain_text("Saved at")
    assert path_of(page).endswith("/PQS/")
    assert Answer.objects.get(sub_element__code="capa").rationale == "A long thought"
