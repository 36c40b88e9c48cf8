"""Raters in a browser: invited by a link, rating without an account, the link taken after that; axe on each page."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Person, Rater, Rating
from assessments.rater_links import lost_link_of
from assessments.rounds import close_round
from tests.browser.conftest import PHONE, WIDE, OpenPage, path_of, sign_in
from tests.browser.test_every_page import complaints
from tests.browser.test_saving import SAVED
from tests.raters import begun, invited, lead_path, link_path, opened, path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def invite(page: Page, assessment: Assessment, name: str, function: str) -> str:
    """On the page of the raters; the link to copy."""
    page.goto(lead_path(assessment))
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Function").select_option(label=function)
    page.get_by_role("button", name="Invite", exact=True).click()
    return page.get_by_role("textbox", name=f"Link for {name} alone").input_value()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_rater_rates_by_a_link_that_then_is_taken(
    javascript: bool, open_page: OpenPage, alice: Person, assessment: Assessment, settings: object
) -> None:
    lead, rita, stranger = (open_page(javascript=javascript) for _ in range(3))
    sign_in(lead, alice)
    lead.goto(f"/assessments/{assessment.pk}/")
    lead.get_by_role("link", name="Invite raters").click()
    lead.get_by_label("With names").check()
    lead.get_by_role("button", name="Open the round").click()
    link = invite(lead, assessment, "Rita Roth", "quality").removeprefix("http://127.0.0.1:8000")
    assert link == link_path(Rater.objects.get())

    rita.goto(link)
    expect(rita.get_by_role("heading", level=1)).to_have_text("Alice Adler asks Rita Roth for a rating")
    rita.get_by_role("button", name="Begin").click()
    rita.get_by_role("link", name="Start: Quality leadership and culture").click()
    rita.locator("#quality-leadership-choice-4").check()
    rita.locator("#quality-leadership-rationale").fill("Seen on the floor")
    if javascript:
        expect(rita.get_by_role("button", name="Save", exact=True)).to_have_count(0)
        expect(rita.locator("[data-save-note]")).to_have_text(SAVED)
    else:
        rita.get_by_role("button", name="Save", exact=True).click()
        expect(rita.get_by_role("status")).to_contain_text("Saved at")
    rita.locator(".kicker a").click()
    expect(rita.locator(".lede")).to_contain_text("1 of 20 rated")
    rita.get_by_role("button", name="I am done").click()
    expect(rita.get_by_role("button", name="I am not done yet")).to_be_visible()
    assert Rating.objects.get(version__gt=0).rationale == "Seen on the floor"

    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This link has been opened in another browser")
    stranger.goto(path_of(rita))
    expect(stranger.get_by_role("heading", level=1)).to_have_text("No rating opens here")

    lead.reload()
    expect(lead.locator(".rows.raters")).to_contain_text("Done, 1 of 20 rated")
    expect(lead.get_by_role("textbox", name="Link for Rita Roth alone")).to_have_count(0)
    expect(lead.locator("main")).not_to_contain_text("Seen on the floor")


def test_a_link_is_copied_by_a_button(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    opened(assessment, alice)
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, alice)
    link = invite(page, assessment, "Rita Roth", "quality")
    page.get_by_role("button", name="Copy link for Rita Roth alone").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_another_device_takes_over(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    rater = invited(opened(assessment, alice))
    desk, phone = open_page(), open_page(viewport=PHONE)
    desk.goto(link_path(rater))
    desk.get_by_role("button", name="Begin").click()
    desk.get_by_role("button", name="Make a link for another device").click()
    expect(desk.get_by_role("textbox", name="Link for another device")).to_have_value(
        f"http://127.0.0.1:8000{link_path(rater)}"
    )
    phone.goto(link_path(rater))
    phone.get_by_role("button", name="Go on in this browser").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your rating, Rita Roth")
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text("No rating opens here")


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide and light", "phone and dark"]
)
def test_no_page_has_a_complaint(
    viewport: dict[str, int], scheme: str, open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    found: dict[str, list[str]] = {}

    def visit(page: Page, to: str, state: str) -> None:
        page.goto(to)
        if said := complaints(page):
            found[state] = said

    lead, rita = (open_page(viewport=viewport, scheme=scheme) for _ in range(2))
    sign_in(lead, alice)
    visit(lead, lead_path(assessment), "no round")
    rating_round = opened(assessment, alice)
    rater = invited(rating_round, email="rita@acme.example")
    omar, lena = invited(rating_round, "Omar Olsen", areas=("TE",)), invited(rating_round, "Lena Lang")
    visit(lead, lead_path(assessment), "an open round")
    for part in ("compare/", f"{omar.pk}/withdraw/"):
        visit(lead, lead_path(assessment, part), part)
    visit(rita, link_path(rater), "the link")
    rita.get_by_role("button", name="Begin").click()
    for part in ("", "PQS/"):
        visit(rita, path(rater, part), f"rating {part}")
    begun(omar)
    begun(lena)
    visit(rita, link_path(omar), "a link that is taken")
    visit(rita, path(omar), "no rating")
    Rater.objects.filter(pk=omar.pk).update(email="omar@acme.example")
    omar.refresh_from_db()
    visit(rita, lost_link_of(omar).removeprefix("http://127.0.0.1:8000"), "a lost browser")
    Rater.objects.filter(pk=omar.pk).update(withdrawn_at=timezone.now())
    visit(rita, link_path(omar), "withdrawn")
    visit(lead, lead_path(assessment), "a round with ratings")
    close_round(rating_round=rating_round, now=timezone.now())
    visit(lead, lead_path(assessment), "a closed round")
    for part in ("", "PQS/"):
        visit(rita, path(rater, part), f"closed {part}")
    assert found == {}


def test_everything_one_operates_is_large_enough(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    rating_round = opened(assessment, alice)
    rater = invited(rating_round, email="rita@acme.example")
    lead, rita = open_page(viewport=PHONE), open_page(viewport=PHONE)
    sign_in(lead, alice)
    lead.goto(lead_path(assessment))
    rita.goto(link_path(rater))
    rita.get_by_role("button", name="Begin").click()
    small = []
    for page in (lead, rita):
        for element in page.locator("main :is(button, a, summary, input:not([type=checkbox])):visible").all():
            box = element.bounding_box()
            if box is not None and box["height"] < 43.5:
                small.append(f"{element.inner_text()[:40]!r} {box['height']:.0f}")
    assert small == []
