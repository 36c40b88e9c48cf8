"""The page of a cohort in a browser: it sorts in place and without JavaScript alike, and fits a phone."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.models import Cohort
from tests.benchmarks.made_up import WITH_GAPS, store
from tests.browser.conftest import PHONE, WIDE, OpenPage
from tests.browser.test_every_page import complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/cohorts/fda-2024/"
LABELS = "[...document.querySelectorAll('table.sites tbody th')].map(cell => cell.textContent).join(' ')"


def heading(page: Page, key: str) -> str:
    """The direction that a heading announces, empty when it announces none."""
    return page.locator(f"table.sites thead th:has([data-key={key}])").get_attribute("aria-sort") or ""


def click(page: Page, key: str) -> str:
    page.locator(f"table.sites [data-key={key}]").click()
    return str(page.evaluate(LABELS))


def follow(page: Page, key: str) -> str:
    """The same click where it loads another page."""
    with page.expect_event("load"):
        page.locator(f"table.sites [data-key={key}]").click()
    return str(page.evaluate(LABELS))


@pytest.fixture(params=["fda-2024", "made-up"])
def cohort(request: pytest.FixtureRequest, transactional_db: None) -> str:
    if request.param == "made-up":
        store(WITH_GAPS)
    return str(request.param)


def test_it_sorts_in_place_as_the_server_does(open_page: OpenPage, cohort: str) -> None:
    scripted, plain = open_page(), open_page(javascript=False)
    scripted.goto(f"/cohorts/{cohort}/")
    plain.goto(f"/cohorts/{cohort}/")
    scripted.evaluate("window.stillHere = true")
    for key in ("TE", "TE", "site", "site", "average", "average", "MCQ"):
        assert click(scripted, key) == follow(plain, key)
        assert heading(scripted, key) == heading(plain, key) != ""
        assert scripted.url == plain.url
    assert scripted.evaluate("window.stillHere")
    assert scripted.locator("table.sites [aria-sort]").count() == 1


def test_it_says_how_the_rows_are_sorted_to_those_who_listen(open_page: OpenPage, cohort: str) -> None:
    page = open_page()
    page.goto(f"/cohorts/{cohort}/")
    page.locator("table.sites [data-key=TE]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sort-status]")).to_have_text("Sorted by TE Technical Excellence, highest first.")
    expect(page.locator("table.sites [data-key=TE]")).to_be_focused()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_each_strip_is_drawn_once_and_fits(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport=viewport)
    page.goto(ADDRESS)
    strips = [strip for strip in page.locator("svg.strip").all() if strip.is_visible()]
    assert len(strips) == 6
    for strip in strips:
        box = strip.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["x"] + box["width"] <= viewport["width"]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_cohort_with_long_names_and_gaps_has_no_complaint(open_page: OpenPage, viewport: dict[str, int]) -> None:
    store(dict(WITH_GAPS) | {"Unpronounceable-1234": ("1.0", "2.0", "3.0", "4.0", "5.0")})
    page = open_page(viewport=viewport)
    page.goto("/cohorts/made-up/")
    assert complaints(page) == []
    assert Cohort.objects.count() == 2


def test_a_wide_table_scrolls_inside_its_own_region(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 320, "height": 700})
    page.goto(ADDRESS)
    region = page.get_by_role("region", name="Scores as published, averages computed")
    region.focus()
    expect(region).to_be_focused()
    assert region.evaluate("element => element.scrollWidth > element.clientWidth")
    page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
