"""Filling in a practice area in a browser: keys, what a typed score marks, the running score, the way on."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessments.models import Answer, Assessment, Person
from tests.browser.conftest import OpenPage, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_without_javascript_a_save_leads_back_to_the_answer_and_is_confirmed_there(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page(javascript=False)
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


def test_without_javascript_what_a_lost_session_refused_is_on_the_page(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page(javascript=False)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    page.locator("#capa-choice-3").check()
    page.locator("#capa-rationale").fill("A long thought")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved: you are no longer signed in")
    expect(page.locator("textarea").first).to_have_value("A long thought")


def test_digits_choose_a_level_until_they_are_switched_off(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    page.locator("#capa-choice-1").focus()
    page.keyboard.press("4")
    expect(page.locator("#capa-choice-4")).to_be_checked()
    page.locator("#capa-rationale").press_sequentially("2 of 3")
    expect(page.locator("#capa-choice-4")).to_be_checked()
    page.locator("#capa-choice-4").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    with page.expect_response("**/preferences/"):
        page.get_by_label("Choose levels with the keys 1 to 5").uncheck()
    page.get_by_role("button", name="Close").click()
    page.locator("#capa-choice-4").focus()
    page.keyboard.press("5")
    expect(page.locator("#capa-choice-4")).to_be_checked()
    page.reload()
    expect(page.locator("#uses-digit-keys")).not_to_be_checked()


def test_a_group_of_choices_is_one_stop_and_arrows_move_in_it(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    page.locator("#capa-choice-2").check()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#capa-choice-3")).to_be_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") != "radio"
    expect(page.locator("[data-save-note]")).to_contain_text("Saved ")
    assert Answer.objects.get(sub_element__code="capa").score == Decimal(3)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_running_score_is_shown_to_whoever_asks_for_it(
    javascript: bool, open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    expect(page.locator("[data-running]")).to_have_count(0)
    page.get_by_role("button", name="Show the running score").click()
    expect(page.locator("[data-running]")).to_contain_text("Nothing is scored in this area yet.")
    page.locator("#capa-choice-3").check()
    if not javascript:
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-running]")).to_contain_text(
        "This area so far: 3.00 from 1 of 4 answered, at or above 2 of 9 sites (between A 2.6 and H 3.5)."
    )
    page.get_by_role("button", name="Hide the running score").click()
    expect(page.locator("[data-running]")).to_have_count(0)


def test_next_open_leads_to_the_first_answer_that_is_missing(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/MCQ/")
    page.locator("#quality-leadership-choice-2").check()
    page.get_by_role("link", name="Next open answer").click()
    page.wait_for_url("**/MCQ/#management-review")
    expect(page.locator("#management-review h2")).to_be_in_viewport()
