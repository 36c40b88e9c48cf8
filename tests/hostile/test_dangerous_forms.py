"""Each form with text that means something to a program: accepted, stored as typed, and inert on what follows."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.hostile.fields import Kind
from tests.hostile.inert import Page, is_whole, strings_of_json
from tests.hostile.sending import pairs_of, send, told
from tests.hostile.sheet import Sheet
from tests.hostile.sheets import SHEETS
from tests.hostile.texts import MARK, TEXTS
from tests.hostile.world import World, rows

WRITTEN = {Kind.LINE, Kind.TEXT}
SHEETS_WITH_TEXT = [sheet for sheet in SHEETS if any(field.kind in WRITTEN for field in sheet.fields)]


def stored_strings() -> Counter[str]:
    """Everything marked that the database holds, and how often."""
    return Counter(text for _, table in rows() for row in table for cell in row for text in _strings(cell))


def _strings(cell: object) -> Iterator[str]:
    if isinstance(cell, str) and MARK in cell:
        try:
            yield from strings_of_json(cell)
        except json.JSONDecodeError:
            yield cell


@pytest.mark.asvs("1.1.1")
@pytest.mark.parametrize("sheet", SHEETS_WITH_TEXT, ids=str)
@pytest.mark.parametrize("case", TEXTS)
def test_it_is_stored_as_typed(world: World, sheet: Sheet, case: str) -> None:
    text = TEXTS[case]
    typed = {field.name: text for field in sheet.fields if field.kind in WRITTEN}
    browser = world.browser(sheet.sender)
    response = send(browser, world.address(sheet.name, sheet.at), pairs_of(sheet.good(world) | typed))
    assert response.status_code == sheet.answer, told(response)
    assert stored_strings()[text] >= len(typed)
    following = browser.get(response["Location"]) if response.status_code == 302 else response
    if following.headers["Content-Type"].startswith("text/html"):
        page = Page(following.text)
        assert page.dangers == []
        assert [each for each in page.texts if not is_whole(each, text)] == []


@pytest.mark.parametrize("case", TEXTS)
def test_what_is_refused_for_another_reason_is_still_there(world: World, case: str) -> None:
    """The page that says why shows it as it was typed."""
    text = TEXTS[case]
    typed = {"name": text, "manufacturing": text, "size": "nonsense"}
    address = world.address("assessments:site", {})
    response = send(world.browser("alice"), address, pairs_of(typed))
    assert response.status_code == 422
    page = Page(response.text)
    assert page.dangers == []
    again = response.context["form"]
    assert (again["name"].value(), again["manufacturing"].value()) == (text, text)
