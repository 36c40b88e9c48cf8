"""A rater's page saves as one goes as well: closed, withdrawn, offline, two tabs; what was typed is never lost."""

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Person, Rater, RatingRound
from assessments.rounds import close_round, reopen_round
from tests.browser.conftest import OpenPage
from tests.browser.test_every_page import complaints
from tests.browser.test_saving import OFFLINE, SAVED, eventually, kept, note
from tests.raters import invited, link_path, opened, path, rated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLOSED = "Not saved: the round has been closed."


@pytest.fixture
def rating_round(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def rater(rating_round: RatingRound) -> Rater:
    return invited(rating_round)


@pytest.fixture
def page(open_page: OpenPage, rater: Rater) -> Page:
    """Rita on the page of the quality system."""
    return on_the_page(open_page(), rater)


def on_the_page(page: Page, rater: Rater) -> Page:
    page.goto(link_path(rater))
    page.get_by_role("button", name="Begin").click()
    page.goto(path(rater, "PQS/"))
    return page


def test_a_rating_is_saved_as_it_is_given(page: Page, rater: Rater) -> None:
    page.locator("#capa-choice-3").check()
    note(page).to_have_text(SAVED)
    page.locator("#capa-rationale").fill("Seen on the floor")
    note(page).to_have_text("Saving…")
    note(page).to_have_text(SAVED)
    expect(page.locator(".progress-sum")).to_contain_text("1 of 20 rated")
    assert (rated(rater).rationale, rated(rater).version, kept(page)) == ("Seen on the floor", 2, 0)


def test_what_was_typed_while_the_round_closed_is_stored_once_it_is_open_again(
    page: Page, rater: Rater, rating_round: RatingRound
) -> None:
    close_round(rating_round=rating_round, now=timezone.now())
    page.locator("#capa-rationale").fill("Not lost")
    note(page).to_have_text(CLOSED)
    expect(page.locator("#capa-rationale")).to_have_value("Not lost")
    assert (complaints(page), kept(page), rated(rater).version) == ([], 1, 0)
    page.reload()
    expect(page.locator(".unsent")).to_contain_text("nothing is taken there now: Corrective and preventive action")
    reopen_round(rating_round=rating_round)
    page.reload()
    note(page).to_have_text(SAVED)
    assert (rated(rater).rationale, kept(page)) == ("Not lost", 0)


def test_a_rater_who_was_withdrawn_is_told_and_can_copy(page: Page, rater: Rater) -> None:
    Rater.objects.update(withdrawn_at=timezone.now())
    page.locator("#capa-rationale").fill("To copy")
    note(page).to_have_text("Not saved: your link has been withdrawn or has expired. Copy what you typed.")
    expect(page.locator("#capa-rationale")).to_have_value("To copy")
    assert (complaints(page), rated(rater).version) == ([], 0)


def test_without_a_network_it_waits_also_on_the_next_page(page: Page, rater: Rater) -> None:
    page.context.set_offline(True)
    page.locator("#capa-rationale").fill("Written in the cellar")
    note(page).to_have_text(f"{OFFLINE}.")
    page.context.set_offline(False)
    page.goto(path(rater))
    eventually(lambda: rated(rater).rationale == "Written in the cellar")


def test_two_tabs_of_one_rater_lose_nothing(page: Page, rater: Rater) -> None:
    beside = page.context.new_page()
    beside.goto(path(rater, "PQS/"))
    beside.locator("#capa-choice-2").check()
    note(beside).to_have_text(SAVED)
    page.locator("#capa-choice-4").check()
    expect(page.locator("#capa .overtaken")).to_contain_text("You saved another answer meanwhile")
    assert complaints(page) == []
    page.get_by_label("Mine, as the fields below say it").check()
    note(page).to_have_text(SAVED)
    assert (rated(rater).score, rated(rater).version) == (Decimal(4), 2)


def test_a_page_that_cannot_be_shown_again_gives_back_what_was_sent(
    open_page: OpenPage, rater: Rater, rating_round: RatingRound
) -> None:
    page = on_the_page(open_page(javascript=False), rater)
    page.locator("#capa-choice-3").check()
    page.locator("#capa-rationale").fill("Not lost")
    close_round(rating_round=rating_round, now=timezone.now())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved: the round was closed on")
    expect(page.locator("#capa-rationale")).to_have_value("Not lost")
    Rater.objects.update(withdrawn_at=timezone.now())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved: your access has ended")
    expect(page.locator("textarea").first).to_have_value("Not lost")
    page.goto("about:blank")
