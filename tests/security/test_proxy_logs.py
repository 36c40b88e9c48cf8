"""docs/security.md names every path that must stay out of a proxy's access log, because a secret stands in it."""

from pathlib import Path

import pytest

from tests.every_address import Address, every_address

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/security.md").read_text(encoding="utf-8")
LEFT_OUT = DOCUMENT.partition("An access log of the proxy")[2].partition("\n\n")[0]


def has_secret(address: Address) -> bool:
    return any("secret" in name or name == "key" for name in address.examples)


WITH_SECRET = [each for each in every_address() if has_secret(each)]


@pytest.mark.parametrize("address", WITH_SECRET, ids=lambda each: each.name)
def test_it_is_named(address: Address) -> None:
    first = address.path().split("/")[1]
    assert f"`/{first}/`" in LEFT_OUT
