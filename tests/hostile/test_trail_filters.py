"""The filters of the audit trail, which travel in its address: what is none of theirs is refused by its name."""

from urllib.parse import urlencode

import pytest

from tests.hostile.sending import told
from tests.hostile.world import World, digest

WRONG = {
    "actor": ["nonsense", "person:１", "person:99999999999999999999", "1 OR 1=1", "<script>", "x" * 5000],
    "kind": ["nonsense", "[]", "*", "a,b"],
    "assessment": ["x", "00000000-0000-0000-0000-000000000000", "１", "null"],
    "since": ["2026-13-01", "２０２６-01-01", "tomorrow", "0000-00-00", "99999-01-01", "-1"],
    "until": ["2026-02-30", "01.01.2026", "1e9"],
    "page": ["１", "0", "-1", "99999999999999999999", "x", "NaN"],
}
SAID = {"actor": "Who", "kind": "What", "assessment": "Assessment", "since": "From", "until": "To", "page": "page"}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("ending", ["", "pdf"])
def test_a_wrong_filter_is_refused_by_name(world: World, name: str, ending: str) -> None:
    browser = world.browser("alice")
    address = world.address("assessments:trail_pdf" if ending else "assessments:trail", {})
    before = digest()
    for value in WRONG[name]:
        response = browser.get(f"{address}?{urlencode({name: value})}")
        assert response.status_code == 422, value
        assert SAID[name] in told(response), value
    assert digest() == before


@pytest.mark.parametrize("name", ["since", "until"])
def test_the_last_day_there_is_may_be_asked_for(world: World, name: str) -> None:
    address = world.address("assessments:trail", {})
    assert world.browser("alice").get(f"{address}?{name}=9999-12-31").status_code == 200


@pytest.mark.parametrize("name", WRONG)
def test_a_filter_twice_is_refused(world: World, name: str) -> None:
    address = world.address("assessments:trail", {})
    response = world.browser("alice").get(f"{address}?{urlencode([(name, ''), (name, '')])}")
    assert response.status_code == 422
    assert "arrived twice" in told(response)
