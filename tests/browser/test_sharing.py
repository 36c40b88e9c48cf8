"""Sharing in a browser: a link is made, opened by a stranger, counted and withdrawn; axe on each page in its states."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Assessment, OpenedAs, Person, ReportLink
from assessments.sharing import log_opening, withdraw_link
from tests.browser.conftest import PHONE, WIDE, OpenPage, sign_in
from tests.browser.test_every_page import complaints
from tests.rating_rounds import L, P, Q, add_round, given
from tests.shared_reports import shared, shared_path, sharing_path
from tests.signing import sign_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Corporate quality, the audit committee and the consultants of the October review " + "W" * 60


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_link_is_made_opened_counted_and_withdrawn(
    javascript: bool, open_page: OpenPage, alice: Person, assessment: Assessment
) -> None:
    owner, reader = open_page(javascript=javascript), open_page(javascript=javascript)
    sign_in(owner, alice)
    owner.goto(f"/assessments/{assessment.pk}/report/")
    owner.get_by_role("link", name="Share", exact=True).click()
    owner.get_by_label("For", exact=True).fill("Corporate quality, October")
    owner.get_by_label("7 days").check()
    owner.get_by_label("Hide the site and the organisation").uncheck()
    owner.get_by_role("button", name="Make the link").click()
    field = owner.get_by_role("textbox", name="Link for Corporate quality, October")
    link = field.input_value().removeprefix("http://127.0.0.1:8000")
    assert link == shared_path(ReportLink.objects.get())
    assert owner.get_by_role("button", name="Copy link for Corporate quality, October").count() == int(javascript)

    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Northfield has no overall score yet")
    expect(reader.locator("main")).to_contain_text("A copy that somebody saves cannot be withdrawn.")
    assert {each.get_attribute("href") for each in reader.get_by_role("link").all()} == {
        *("report.pdf", "report.pdf?paper=letter", "#content"),
        *(
            "#areas",
            "#council",
            "#profile",
            "#unevenness",
            "#watched",
            "#sureness",
            "#answers",
            "#arithmetic",
            "#method",
        ),
    }

    owner.reload()
    expect(owner.locator(".rows.links")).to_contain_text("Opened once")
    owner.get_by_role("button", name="Withdraw the link for Corporate quality, October").click()
    expect(owner.get_by_role("status").first).to_contain_text("it opens nothing any more")
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("No report opens here")


def visit(page: Page, to: str, state: str, found: dict[str, list[str]]) -> None:
    page.goto(to)
    if said := complaints(page):
        found[state] = said


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide and light", "phone and dark"]
)
def test_no_page_has_a_complaint(
    viewport: dict[str, int],
    scheme: str,
    open_page: OpenPage,
    alice: Person,
    assessment: Assessment,
) -> None:
    found: dict[str, list[str]] = {}
    owner, reader = (open_page(viewport=viewport, scheme=scheme) for _ in range(2))
    sign_in(owner, alice)
    visit(owner, sharing_path(assessment), "no link", found)
    owner.get_by_role("button", name="Make the link").click()
    expect(owner.get_by_role("alert")).to_contain_text("Write whom or what the link is for.")
    found["refused"] = complaints(owner)
    opened, gone = shared(assessment, purpose=LONG), shared(assessment, hides_names=False)
    log_opening(link=opened, opened_as=OpenedAs.PDF, now=timezone.now())
    withdraw_link(link=gone, now=timezone.now())
    visit(owner, sharing_path(assessment), "good and ended links", found)
    visit(reader, shared_path(opened), "everything hidden", found)
    visit(reader, shared_path(gone), "withdrawn", found)
    add_round(assessment, given((L, "4.5"), (Q, "2.0"), (P, "2.5")))
    assessment.answers.update(state="scored", score="4.0", rationale="Seen. " * 40)
    sign_off()
    visit(reader, shared_path(shared(assessment, hides_names=False, hides_texts=False)), "nothing hidden", found)
    visit(owner, sharing_path(assessment), "signed off", found)
    assert {state: said for state, said in found.items() if said} == {}


def test_everything_one_operates_is_large_enough(open_page: OpenPage, alice: Person, assessment: Assessment) -> None:
    link = shared(assessment)
    owner, reader = open_page(viewport=PHONE), open_page(viewport=PHONE)
    sign_in(owner, alice)
    owner.goto(sharing_path(assessment))
    reader.goto(shared_path(link))
    small = []
    for page in (owner, reader):
        controls = "main :is(button, .actions a, .contents a, .kicker a, summary, input[type=text], .choice):visible"
        for element in page.locator(controls).all():
            box = element.bounding_box()
            if box is not None and box["height"] < 43.5:
                small.append(f"{element.inner_text()[:40]!r} {box['height']:.0f}")
    assert small == []
