"""What goes wrong while saving: answers lost on their way, second thoughts, other people, text that nobody takes."""

from collections.abc import Callable
from decimal import Decimal
from time import sleep

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from assessments.models import Answer, AnswerVersion, Assessment, Membership, Organisation, Person, Role
from assessments.rounds import close_round
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.test_every_page import complaints
from tests.browser.test_saving import OFFLINE, SAVED, eventually, kept, note, rationale
from tests.conftest import PASSWORD
from tests.raters import invited, link_path, opened, path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLICK_AT_ONCE = "codes => codes.forEach(code => document.getElementById(`capa-choice-${code}`).click())"
SLOW_FIRST_ANSWER = """() => {
  const real = window.fetch;
  let count = 0;
  window.fetch = async (...sent) => {
    const isFirst = count++ === 0;
    const answer = await real(...sent);
    if (isFirst) await new Promise((resolve) => { setTimeout(resolve, 2000); });
    return answer;
  };
}"""
HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  delete document.hidden;
}"""


@pytest.fixture
def page(open_page: OpenPage, alice: Person, assessment: Assessment) -> Page:
    """Alice on the page of the quality system."""
    opened_page = open_page()
    sign_in(opened_page, alice)
    opened_page.goto(f"/assessments/{assessment.pk}/PQS/")
    return opened_page


@pytest.fixture
def bob(acme: Organisation) -> Person:
    person = Person.objects.create_user("bob@acme.example", PASSWORD, name="Bob Berg")
    Membership.objects.create(person=person, organisation=acme, role=Role.OWNER)
    return person


def lose_the_answer(page: Page) -> None:
    """The next save arrives and is stored, but the browser never hears so."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/answers/capa/", lose, times=1)


def level() -> int:
    score = Answer.objects.get(sub_element__code="capa").score
    return 0 if score is None else int(score)


def test_what_is_undone_after_an_answer_was_lost_is_undone_on_the_server_too(page: Page) -> None:
    page.locator("#capa-rationale").fill("First")
    note(page).to_have_text(SAVED)
    lose_the_answer(page)
    page.locator("#capa-rationale").fill("Wrong")
    note(page).to_contain_text(OFFLINE)
    page.locator("#capa-rationale").fill("First")
    eventually(lambda: rationale() == "First")
    note(page).to_have_text(SAVED)
    assert kept(page) == 0


def test_a_choice_changed_back_at_once_is_the_one_that_stands(page: Page) -> None:
    page.locator("#capa-choice-2").check()
    note(page).to_have_text(SAVED)
    page.evaluate(CLICK_AT_ONCE, ["3", "2"])
    eventually(lambda: AnswerVersion.objects.filter(score=3).exists() and level() == 2)
    note(page).to_have_text(SAVED)


def test_a_refusal_after_a_lost_answer_is_no_conflict_with_oneself(page: Page) -> None:
    page.locator("#capa-choice-between").check()
    page.locator("#capa-exact").fill("3.5")
    page.locator("#capa-rationale").focus()
    note(page).to_have_text(SAVED)
    lose_the_answer(page)
    page.locator("#capa-rationale").fill("Text")
    note(page).to_contain_text(OFFLINE)
    page.locator("#capa-exact").fill("5.1")
    page.locator("#capa-rationale").focus()
    note(page).to_contain_text("check this answer")
    page.locator("#capa-exact").fill("4.1")
    page.locator("#capa-rationale").focus()
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa .overtaken")).to_have_count(0)


def test_what_is_mended_while_its_refusal_is_on_its_way_is_saved(page: Page) -> None:
    page.evaluate(SLOW_FIRST_ANSWER)
    page.locator("#capa-choice-between").check()
    page.locator("#capa-exact").fill("5.1")
    page.locator("#capa-rationale").focus()
    note(page).to_have_text("Saving…")
    page.locator("#capa-exact").fill("4.1")
    page.locator("#capa-rationale").focus()
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa-exact_error")).to_have_count(0)
    assert Answer.objects.get(sub_element__code="capa").score == Decimal("4.1")


def test_answers_that_arrive_in_another_order_are_no_conflict_with_oneself(page: Page) -> None:
    page.evaluate(SLOW_FIRST_ANSWER)
    page.locator("#capa-rationale").fill("One")
    eventually(lambda: rationale() == "One")
    page.locator("#capa-rationale").press_sequentially(" two")
    page.evaluate(HIDE)
    eventually(lambda: rationale() == "One two")
    page.wait_for_timeout(2500)
    note(page).to_have_text(SAVED)
    page.locator("#capa-rationale").press_sequentially(" three")
    eventually(lambda: rationale() == "One two three")
    expect(page.locator("#capa .overtaken")).to_have_count(0)


def test_one_s_first_answer_can_be_kept_against_another_s(page: Page) -> None:
    page.locator("#capa-choice-2").check()
    note(page).to_have_text(SAVED)
    beside = page.context.new_page()
    beside.goto(page.url)
    beside.locator("#capa-choice-5").check()
    note(beside).to_have_text(SAVED)
    page.locator("#capa-choice-3").check()
    note(page).to_contain_text("another answer was saved meanwhile")
    page.locator("#capa-choice-2").check()
    page.locator("#capa-keep-mine").check()
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa .overtaken")).to_have_count(0)
    assert level() == 2


def test_nobody_s_text_is_stored_under_another_name(page: Page, alice: Person, bob: Person) -> None:
    beside = page.context.new_page()
    beside.goto("/assessments/")
    beside.get_by_role("button", name="Sign out").click()
    expect(beside.get_by_role("link", name="Sign in").first).to_be_visible()
    page.locator("#capa-rationale").fill("Typed by Alice")
    note(page).to_contain_text("no longer signed in")
    sign_in(beside, bob)
    expect(beside.get_by_text("Bob Berg")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    note(page).to_contain_text("somebody else is signed in")
    assert not AnswerVersion.objects.exists()
    beside.get_by_role("button", name="Sign out").click()
    expect(beside.get_by_role("link", name="Sign in").first).to_be_visible()
    sign_in(beside, alice)
    expect(beside.get_by_text("Alice Adler")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    note(page).to_have_text(SAVED)
    assert AnswerVersion.objects.get().saved_by == alice


def test_signing_out_in_another_tab_leaves_nothing_in_the_browser(page: Page) -> None:
    page.route("**/answers/**", lambda route: route.abort())
    page.locator("#capa-rationale").fill("Secret draft")
    note(page).to_contain_text(OFFLINE)
    beside = page.context.new_page()
    beside.on("dialog", lambda dialog: dialog.accept())
    beside.goto("/assessments/")
    beside.get_by_role("button", name="Sign out").click()
    expect(beside.get_by_role("link", name="Sign in").first).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    note(page).to_contain_text("This browser keeps nothing")
    assert "Secret draft" not in page.evaluate("Object.values(localStorage).join()")


def deleted(page: Page, assessment: Assessment, alice: Person) -> str:
    """Typed offline, and the assessment is deleted before it can be sent; the page to go on to."""
    page.context.set_offline(True)
    page.locator("#capa-rationale").fill("Two pages of thought")
    note(page).to_contain_text(OFFLINE)
    assessment.delete()
    page.context.set_offline(False)
    note(page).to_contain_text("nothing opens at this address")
    return "/assessments/"


def closed(page: Page, assessment: Assessment, alice: Person) -> str:
    """A rater types while the round is closed."""
    rating_round = opened(assessment, alice)
    rater = invited(rating_round)
    page.goto(link_path(rater))
    page.get_by_role("button", name="Begin").click()
    page.goto(path(rater, "PQS/"))
    close_round(rating_round=rating_round, now=timezone.now())
    page.locator("#capa-rationale").fill("Two pages of thought")
    note(page).to_contain_text("the round has been closed")
    return path(rater)


@pytest.mark.parametrize("happened", [deleted, closed])
def test_what_nobody_takes_any_more_can_be_copied_and_discarded(
    page: Page, assessment: Assessment, alice: Person, happened: Callable[[Page, Assessment, Person], str]
) -> None:
    page.goto(happened(page, assessment, alice))
    expect(page.locator(".unsent textarea")).to_have_value("Two pages of thought")
    assert complaints(page) == []
    page.get_by_role("button", name="Discard what was typed on Corrective").click()
    expect(page.locator(".unsent")).to_have_count(0)
    assert kept(page) == 0


def test_a_rater_whose_cookies_are_gone_is_told_so(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    rater = invited(opened(assessment, alice))
    page = open_page()
    page.goto(link_path(rater))
    page.get_by_role("button", name="Begin").click()
    page.goto(path(rater, "PQS/"))
    page.context.clear_cookies()
    page.locator("#capa-rationale").fill("Not lost")
    note(page).to_contain_text("nothing opens at this address any more. Copy what you typed")
    expect(page.locator("#capa-rationale")).to_have_value("Not lost")


def test_without_locks_a_tab_that_lives_keeps_what_it_holds(page: Page) -> None:
    """As over plain http in a company's own network."""
    page.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined });")
    page.reload()
    page.route("**/answers/**", lambda route: route.abort())
    page.locator("#capa-rationale").fill("Still being written")
    note(page).to_contain_text(OFFLINE)
    beside = page.context.new_page()
    beside.goto("/assessments/")
    beside.wait_for_timeout(7000)
    assert kept(beside) == 1
    page.close(run_before_unload=False)
    beside.reload()
    expect(beside.locator(".unsent")).to_contain_text("stored now: Corrective")
    assert rationale() == "Still being written"


def test_what_is_chosen_and_typed_while_the_page_still_loads_is_saved(page: Page) -> None:
    def late(route: Route) -> None:
        sleep(1.5)
        route.continue_()

    page.route("**/js/questionnaire*.js", late)
    page.reload(wait_until="commit")
    page.locator("#capa-choice-4").check()
    page.locator("#capa-rationale").fill("Quicker than the script")
    note(page).to_have_text(SAVED)
    expect(page.locator("#capa-choice-4")).to_be_checked()
    assert (level(), rationale()) == (4, "Quicker than the script")
