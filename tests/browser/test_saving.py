"""Answers are saved as they are given, on every way out of the page; what was typed and what is stored are equal."""

import re
from collections.abc import Callable
from decimal import Decimal
from time import monotonic, sleep
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from assessments.models import Answer, AnswerVersion, Assessment, Person
from tests.browser.conftest import OpenPage, path_of, sign_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"^Saved \d\d:\d\d$")
OFFLINE = "Not saved: offline, will try again"


@pytest.fixture
def page(open_page: OpenPage, alice: Person, assessment: Assessment) -> Page:
    """Alice on the page of the quality system."""
    opened = open_page()
    sign_in(opened, alice)
    opened.goto(f"/assessments/{assessment.pk}/PQS/")
    return opened


def note(page: Page) -> Any:
    """What the bar says of saving."""
    return expect(page.locator("[data-save-note]"))


def rationale(code: str = "capa") -> str:
    return Answer.objects.get(sub_element__code=code).rationale


def kept(page: Page) -> int:
    """How many entries the browser keeps."""
    count: int = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('qmm-unsent')).length")
    return count


def eventually(is_so: Callable[[], bool]) -> None:
    """The save goes out while the page is left: nobody is there to wait for its answer."""
    end = monotonic() + 15
    while not is_so():
        assert monotonic() < end
        sleep(0.05)


def test_every_change_is_saved_as_it_is_made(page: Page) -> None:
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    page.locator("#capa-choice-3").check()
    note(page).to_have_text(SAVED)
    page.locator("#capa-rationale").fill("Seen on the floor")
    note(page).to_have_text("Saving…")
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa .stored")).to_contain_text("by Alice Adler")
    expect(page.locator(".progress-sum")).to_contain_text("1 of 20 answered")
    stored = Answer.objects.get(sub_element__code="capa")
    assert (stored.score, stored.rationale, stored.version) == (Decimal(3), "Seen on the floor", 2)
    assert kept(page) == 0


def test_not_applicable_changes_the_denominator_at_once_and_waits_for_its_reason(page: Page) -> None:
    page.locator("#capa-choice-not_applicable").check()
    note(page).to_have_text("Not saved yet: say why it does not apply.")
    page.locator("#capa-reason").fill("No complaints reach this site")
    note(page).to_have_text(SAVED)
    expect(page.locator(".progress-sum")).to_contain_text("0 of 19 answered")


def test_what_is_wrong_is_told_at_its_field_and_mended_there(page: Page) -> None:
    page.locator("#capa-choice-between").check()
    page.locator("#capa-exact").fill("5.1")
    page.locator("#capa-rationale").fill("Still here")
    expect(page.locator("#capa-exact_error")).to_contain_text("from 1.0 to 5.0")
    note(page).to_contain_text("Not saved: please check this answer")
    page.locator("#capa-exact").fill("4.1")
    page.locator("#capa-rationale").focus()
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa-exact_error")).to_have_count(0)
    expect(page.locator("#capa [data-unsupported]")).to_be_visible()
    assert rationale() == "Still here"


@pytest.mark.parametrize("way", ["the menu", "another area", "back", "closing the tab"])
def test_on_every_way_out_what_was_typed_is_stored(page: Page, way: str) -> None:
    page.locator("#capa-rationale").press_sequentially("On the way out")
    if way == "the menu":
        page.get_by_role("link", name="Assessments", exact=True).click()
    elif way == "another area":
        page.locator(".area-next").click()
    elif way == "back":
        page.go_back()
    else:
        page.close(run_before_unload=False)
    eventually(lambda: rationale() == "On the way out")
    assert AnswerVersion.objects.filter(rationale="On the way out").count() == 1


def test_a_killed_tab_loses_nothing(page: Page, alice: Person, assessment: Assessment) -> None:
    """Its last words may still get out when it dies; if not, the next page of the same person sends them."""
    page.route("**/answers/**", lambda route: route.abort())
    page.locator("#capa-choice-4").check()
    page.locator("#capa-rationale").fill("Typed just before")
    note(page).to_contain_text(OFFLINE)
    beside = page.context.new_page()
    page.close()
    beside.goto(f"/assessments/{assessment.pk}/PQS/")
    expect(beside.locator("#capa-rationale")).to_have_value("Typed just before")
    eventually(lambda: rationale() == "Typed just before" and kept(beside) == 0)
    assert Answer.objects.get(sub_element__code="capa").score == Decimal(4)


def test_a_page_elsewhere_sends_what_was_left(page: Page, assessment: Assessment) -> None:
    page.route("**/answers/**", lambda route: route.abort())
    page.locator("#capa-rationale").fill("Left behind")
    note(page).to_contain_text(OFFLINE)
    page.unroute("**/answers/**")
    page.goto("/assessments/new/")
    expect(page.locator(".unsent")).to_contain_text("stored now: Corrective and preventive action (CAPA)")
    assert rationale() == "Left behind"


def test_without_a_network_it_waits_and_is_sent_when_the_network_is_back(page: Page) -> None:
    page.context.set_offline(True)
    for code, text in (("capa", "First"), ("change-management", "Second")):
        page.locator(f"#{code}-choice-2").check()
        page.locator(f"#{code}-rationale").fill(text)
    note(page).to_contain_text(OFFLINE)
    assert kept(page) == 2
    page.context.set_offline(False)
    note(page).to_have_text(SAVED)
    assert (rationale(), rationale("change-management")) == ("First", "Second")
    assert kept(page) == 0


def test_a_save_whose_answer_was_lost_is_not_stored_twice(page: Page) -> None:
    """The server stores it and the network fails before the answer arrives; typing goes on meanwhile."""
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch())
        route.abort()

    page.route("**/answers/capa/", lose, times=1)
    page.locator("#capa-rationale").fill("Heard once")
    note(page).to_contain_text(OFFLINE)
    page.locator("#capa-rationale").fill("Heard once, and more")
    note(page).to_have_text(SAVED)
    assert len(lost) == 1
    assert [each.rationale for each in AnswerVersion.objects.order_by("version")] == [
        "Heard once",
        "Heard once, and more",
    ]


def test_a_session_that_ends_asks_to_sign_in_and_then_stores(page: Page, alice: Person) -> None:
    page.context.clear_cookies(name="sessionid")
    page.locator("#capa-choice-3").check()
    page.locator("#capa-rationale").fill("A long thought")
    note(page).to_contain_text("Not saved: you are no longer signed in")
    page.get_by_role("link", name="Sign in, and it is stored").click()
    page.locator("[name=login]").fill(alice.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/PQS/")
    note(page).to_have_text(SAVED)
    assert rationale() == "A long thought"
    assert kept(page) == 0


def test_somebody_else_in_the_same_browser_sees_and_sends_nothing_of_it(
    page: Page, mallory: Person, other_organisation: object, assessment: Assessment
) -> None:
    page.context.clear_cookies(name="sessionid")
    page.locator("#capa-rationale").fill("Alice's alone")
    note(page).to_contain_text("no longer signed in")
    sign_in(page, mallory)
    page.goto("/assessments/")
    expect(page.locator(".unsent")).to_have_count(0)
    assert "Alice's alone" not in page.content()
    assert kept(page) == 1
    assert rationale() == ""


def test_signing_out_leaves_nothing_in_the_browser(page: Page) -> None:
    page.route("**/answers/**", lambda route: route.abort())
    page.locator("#capa-rationale").fill("To be lost knowingly")
    note(page).to_contain_text(OFFLINE)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", agree)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    assert "Corrective and preventive action (CAPA)" in asked[0]
    assert kept(page) == 0


@pytest.mark.parametrize(
    ("keep", "score", "text"),
    [("mine", 4, "Second"), ("theirs", 2, "First"), ("both", 4, "First\n\nSecond")],
)
def test_two_tabs_on_one_answer_lose_nothing(page: Page, keep: str, score: int, text: str) -> None:
    beside = page.context.new_page()
    beside.goto(page.url)
    for each, level, words in ((beside, 2, "First"), (page, 4, "Second")):
        each.locator(f"#capa-choice-{level}").check()
        if each is beside:
            note(each).to_have_text(SAVED)
        each.locator("#capa-rationale").fill(words)
        each.locator("#capa-rationale").blur()
        if each is beside:
            note(each).to_have_text("Saving…")
            note(each).to_have_text(SAVED)
    note(page).to_contain_text("another answer was saved meanwhile")
    expect(page.locator("#capa .overtaken")).to_contain_text("You saved another answer meanwhile")
    expect(page.locator("#capa .theirs")).to_contain_text("First")
    expect(page.locator("#capa-rationale")).to_have_value("Second")
    page.locator(f"#capa-keep-{keep}").check()
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa .overtaken")).to_have_count(0)
    expect(page.locator("#capa-rationale")).to_have_value(text)
    stored = Answer.objects.get(sub_element__code="capa")
    assert (stored.score, stored.rationale) == (Decimal(score), text)
    page.locator("#capa-rationale").fill("Goes on")
    note(page).to_have_text("Saving…")
    note(page).to_have_text(SAVED)
    assert rationale() == "Goes on"


def test_going_back_shows_what_is_stored(page: Page, assessment: Assessment) -> None:
    page.locator("#capa-choice-3").check()
    note(page).to_have_text(SAVED)
    page.goto(f"/assessments/{assessment.pk}/")
    beside = page.context.new_page()
    beside.goto(f"/assessments/{assessment.pk}/PQS/")
    beside.locator("#capa-choice-5").check()
    note(beside).to_have_text(SAVED)
    page.go_back()
    expect(page.locator("#capa-choice-5")).to_be_checked()
    page.locator("#capa-rationale").fill("On top of it")
    note(page).to_have_text(SAVED)
    stored = Answer.objects.get(sub_element__code="capa")
    assert (stored.score, stored.rationale) == (Decimal(5), "On top of it")


def test_without_javascript_one_button_stores_the_same(
    open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    page = open_page(javascript=False)
    sign_in(page, alice)
    page.goto(f"/assessments/{assessment.pk}/PQS/")
    page.locator("#capa-choice-3").check()
    page.locator("#capa-rationale").fill("Written plainly")
    page.locator("#change-management summary", has_text="Evidence and confidence").click()
    page.locator("#change-management-confidence").select_option("high")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved at")
    assert path_of(page).endswith("/PQS/")
    assert (rationale(), Answer.objects.filter(confidence="high").count()) == ("Written plainly", 1)
