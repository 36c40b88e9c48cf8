"""Each field of each form with what nobody means: refused by its name, and nothing is stored."""

import pytest

from tests.hostile.fields import Field, malformed
from tests.hostile.sending import send, told, with_values
from tests.hostile.sheet import Sheet
from tests.hostile.sheets import SHEETS
from tests.hostile.world import World, digest

# Only the names of the cases matter here; what is sent in place of the good value is asked of the sheet again.
CASES = [
    pytest.param(sheet, field, case, id=f"{sheet} {field} {case}")
    for sheet in SHEETS
    for field in sheet.fields
    for case in malformed(field, ["good"])
]


@pytest.mark.asvs("2.2.1", "2.2.2", "1.3.3")
@pytest.mark.parametrize(("sheet", "field", "case"), CASES)
def test_it_is_refused_by_name(world: World, sheet: Sheet, field: Field, case: str) -> None:
    good = sheet.good(world)
    given = good[field.name]
    values = malformed(field, given if isinstance(given, list) else [given])[case]
    before = digest()
    response = send(
        world.browser(sheet.sender), world.address(sheet.name, sheet.at), with_values(good, field.name, values)
    )
    assert 400 <= response.status_code < 500, response.status_code
    said = told(response)
    assert field.name in said or (field.said and field.said in said), said[:300]
    assert digest() == before


def test_there_are_many_of_them() -> None:
    assert len(CASES) >= 300
