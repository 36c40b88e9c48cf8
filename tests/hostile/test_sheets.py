"""Every address that takes a POST has a sheet, or a stated reason why not; and what its sheet calls good is taken."""

import pytest

from tests.hostile.resolving import ADDRESSES
from tests.hostile.sending import pairs_of, send, told
from tests.hostile.sheet import Sheet
from tests.hostile.sheets import EXEMPT, READ_NOTHING, SHEETS
from tests.hostile.world import World, digest

SHEET_NAMES = {sheet.name for sheet in SHEETS}
READ_ONLY = [
    name
    for name in ADDRESSES
    if name not in SHEET_NAMES | READ_NOTHING
    and not any(name == exempt or (exempt.endswith((":", "_")) and name.startswith(exempt)) for exempt in EXEMPT)
]


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_a_good_form_is_taken(world: World, sheet: Sheet) -> None:
    """So that nothing below is refused for another reason than its own."""
    good = pairs_of(sheet.good(world))
    before = digest()
    response = send(world.browser(sheet.sender), world.address(sheet.name, sheet.at), good)
    assert response.status_code == sheet.answer, told(response)
    assert (digest() != before) is sheet.stores


@pytest.mark.parametrize("name", READ_ONLY)
def test_an_address_without_a_sheet_takes_no_form(world: World, name: str) -> None:
    """A new form has to be written down in sheets.py."""
    before = digest()
    response = world.browser("alice").post(world.address(name, {}))
    assert response.status_code in (404, 405), f"{name} takes a form and has no sheet"
    assert digest() == before


def test_no_sheet_is_left_behind() -> None:
    named = SHEET_NAMES | READ_NOTHING | {name for name in EXEMPT if not name.endswith((":", "_"))}
    assert named <= set(ADDRESSES)
