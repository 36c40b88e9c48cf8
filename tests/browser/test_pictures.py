"""Name and value of a mark in a picture: by the pointer, by a finger, by the keyboard, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import AnswerState, Assessment, Person, Site
from assessments.opening import open_assessment
from tests.browser.conftest import PHONE, WIDE, OpenPage, sign_in
from tests.browser.test_every_page import complaints
from tests.rating_rounds import L, P, Q, add_round, given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWPORTS = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
COHORT = "/cohorts/fda-2024/"
SECOND_POINT = "line => { const at = line.points[1].matrixTransform(line.getScreenCTM()); return [at.x, at.y]; }"


@pytest.fixture
def later(assessment: Assessment, northfield: Site) -> Assessment:
    """Complete, as is the one before it; two raters have been compared."""
    assessment.answers.update(state=AnswerState.SCORED, score="3.5")
    now = open_assessment(site=northfield, title="Winter 2026", period="October to December 2026")
    now.answers.update(state=AnswerState.SCORED, score="4.0")
    add_round(now, given((L, "4.5"), (Q, "2.0"), (P, "2.5")))
    return now


def tip(page: Page) -> Locator:
    return page.locator(".picture-tip")


def middle_of(mark: Locator) -> tuple[float, float]:
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def marks(page: Page, within: str) -> Locator:
    return page.locator(f"{within} [data-words]:visible")


@VIEWPORTS
def test_a_mark_is_named_where_one_points_at_it_or_next_to_it(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport=viewport)
    page.goto(COHORT)
    x, y = middle_of(marks(page, ".standing").first)
    for beside in (0, 11):
        page.mouse.move(x, y - beside)
        expect(tip(page)).to_have_text("G 2.40")
        box = tip(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= viewport["width"]
        page.mouse.move(0, 0)
        expect(tip(page)).to_be_hidden()


@VIEWPORTS
def test_one_tab_stop_and_arrows_reach_every_mark(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport=viewport)
    page.goto(COHORT)
    found = marks(page, ".standing")
    assert [each.get_attribute("tabindex") for each in found.all()] == ["0", *["-1"] * 8]
    found.first.focus()
    said = []
    for _ in range(9):
        said.append(tip(page).inner_text())
        page.keyboard.press("ArrowRight")
    assert said == ["G 2.40", "A 2.84", "I 3.68", "H 3.74", "D 3.98", "C 4.06", "B 4.36", "F 4.46", "E 4.62"]
    page.keyboard.press("Home")
    expect(tip(page)).to_have_text("G 2.40")
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.standing')") is None


@VIEWPORTS
def test_points_lines_and_cells_of_a_report_say_name_and_value(
    open_page: OpenPage, viewport: dict[str, int], alice: Person, later: Assessment
) -> None:
    page = open_page(viewport=viewport)
    sign_in(page, alice)
    page.goto(f"/assessments/{later.pk}/report/")
    said: dict[str, Any] = {
        within: [each.get_attribute("data-words") for each in marks(page, within).all()]
        for within in ("[aria-labelledby=since] svg", "[aria-labelledby=profile] svg", ".heat", ".standing", ".areas")
    }
    assert said["[aria-labelledby=since] svg"][-1] == "Overall: 3.50 then, 4.00 now (+0.50)"
    assert "B: MCQ 4.8, BC 4.3, PQS 4.2, TE 3.6, EEE 4.9" in said["[aria-labelledby=profile] svg"]
    assert "Yours: Technical Excellence 4.00" in said["[aria-labelledby=profile] svg"]
    assert "B, Technical Excellence 3.6" in said[".heat"]
    assert said[".standing"][-1] == "Yours 4.00"
    assert complaints(page) == []
    for within, first in (("[aria-labelledby=since] svg", 0), (".heat", 0), (".areas", 0)):
        marks(page, within).nth(first).focus()
        expect(tip(page)).to_have_text(said[within][first])
    page.keyboard.press("ArrowDown")  # the same place in the next row of the table, which is another picture
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2


def test_a_line_is_named_beside_it_and_not_in_the_whole_of_its_box(
    open_page: OpenPage, alice: Person, later: Assessment
) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{later.pk}/report/")
    lowest = page.locator("[aria-labelledby=profile] .only-wide polyline[data-words^='G:']")
    lowest.scroll_into_view_if_needed()
    x, y = lowest.evaluate(SECOND_POINT)
    page.mouse.move(x, y + 8)
    expect(tip(page)).to_have_text("G: MCQ 2.2, BC 2.5, PQS 2.2, TE 2.7, EEE 2.4")
    page.mouse.move(x, y + 40)
    expect(tip(page)).to_be_hidden()


def test_raters_scores_are_named(open_page: OpenPage, alice: Person, later: Assessment) -> None:
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/assessments/{later.pk}/raters/comparison/")
    table = marks(page, "table.agenda")
    said = [each.get_attribute("data-words") for each in table.all()]
    assert said == [
        *("Person 1, quality 2.0", "Person 2, production 2.5", "Person 0, site leadership 4.5", "Agreed 4.0"),
    ]
    table.nth(3).focus()
    expect(tip(page)).to_have_text("Agreed 4.0")
    assert complaints(page) == []


def test_a_finger_opens_it_and_a_tap_elsewhere_closes_it(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto(COHORT)
    page.touchscreen.tap(*middle_of(marks(page, ".standing").first))
    expect(tip(page)).to_have_text("G 2.40")
    page.touchscreen.tap(200, 20)
    expect(tip(page)).to_be_hidden()


def test_without_javascript_the_browser_has_the_titles(open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    page.goto(COHORT)
    assert page.locator(".standing .only-wide circle > title").first.text_content() == "G 2.40"
