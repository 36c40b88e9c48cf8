"""Each form sent as no browser sends it: another type, another encoding, half of it, far too much of it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from django.test.client import BOUNDARY, encode_multipart

from tests.hostile.sending import URL_ENCODED, encoded, pairs_of, send, told
from tests.hostile.sheet import Sheet
from tests.hostile.sheets import SHEETS
from tests.hostile.world import World, digest

pytestmark = pytest.mark.on_any_database

MEGABYTE = 1024 * 1024
CUT = "part of the form"
IN_PARTS = f"multipart/form-data;boundary={BOUNDARY}"  # the test client takes its own for something else


class Body(NamedTuple):
    """What is sent, as what, and what the answer says."""

    content: bytes
    content_type: str
    status: int
    said: str


def multipart(fields: Mapping[str, Any]) -> bytes:
    return encode_multipart(BOUNDARY, {**fields, "extra": "words"})


def with_files(fields: Mapping[str, Any], count: int) -> bytes:
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="../../f"\r\n\r\nx\r\n'
    return (file * count).encode() + multipart(fields)


BODIES: dict[str, Callable[[Mapping[str, Any]], Body]] = {
    "JSON": lambda _: Body(b'{"name": "x", "name": "y"}', "application/json", 415, "no form"),
    "plain text": lambda fields: Body(encoded(pairs_of(fields)) + b"&x=1", "text/plain", 415, "no form"),
    "XML": lambda _: Body(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "application/xml", 415, "no form"),
    "no type": lambda fields: Body(encoded(pairs_of(fields)) + b"&x=1", "", 415, "no form"),
    "no boundary": lambda fields: Body(multipart(fields), "multipart/form-data", 400, CUT),
    "a broken boundary": lambda fields: Body(multipart(fields), "multipart/form-data; boundary=ü", 400, CUT),
    "another boundary": lambda fields: Body(multipart(fields), "multipart/form-data; boundary=other", 400, CUT),
    "cut off in the last text": lambda fields: Body(multipart(fields)[: -len(BOUNDARY) - 10], IN_PARTS, 400, CUT),
    "cut off in a header": lambda fields: Body(
        multipart(fields) + f"--{BOUNDARY}\r\nContent-Dispo".encode(), IN_PARTS, 400, CUT
    ),
    "too many fields": lambda fields: Body(
        encoded(pairs_of(fields)) + b"&x=1" * 1001, URL_ENCODED, 400, "More fields or files"
    ),
    "too many files": lambda fields: Body(with_files(fields, 101), IN_PARTS, 400, "More fields or files"),
    "UTF-16": lambda fields: Body(encoded(pairs_of(fields)), f"{URL_ENCODED}; charset=utf-16", 400, "charset"),
    "Latin-1, and said so": lambda fields: Body(multipart(fields), f"{IN_PARTS}; charset=iso-8859-1", 400, "charset"),
    "Latin-1, and not said": lambda fields: Body(
        encoded(pairs_of(fields)) + b"&place=Z\xfcrich", URL_ENCODED, 400, "“place”"
    ),
    "escapes without number": lambda fields: Body(
        encoded(pairs_of(fields)) + b"&x=" + b"%20" * 600_000, URL_ENCODED, 413, "larger than 5 MB"
    ),
    "ten megabytes of text": lambda fields: Body(
        encoded(pairs_of(fields)) + b"&x=" + b"x" * (10 * MEGABYTE), URL_ENCODED, 413, "larger than 5 MB"
    ),
    "eleven megabytes in parts": lambda fields: Body(
        encode_multipart(BOUNDARY, {**fields, "x": "x" * (11 * MEGABYTE)}), IN_PARTS, 413, "larger than 5 MB"
    ),
}


@pytest.mark.asvs("15.3.5", "15.3.7")
@pytest.mark.parametrize("sheet", SHEETS, ids=str)
@pytest.mark.parametrize("case", BODIES)
def test_it_is_refused_in_words(world: World, sheet: Sheet, case: str) -> None:
    body = BODIES[case](sheet.good(world))
    before = digest()
    response = world.browser(sheet.sender).post(
        world.address(sheet.name, sheet.at), body.content, content_type=body.content_type
    )
    assert response.status_code == body.status, told(response)
    assert body.said in told(response)
    assert digest() == before


@pytest.mark.asvs("15.3.3")
@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_fields_that_it_does_not_have_change_nothing_more(world: World, sheet: Sheet) -> None:
    """The same is accepted, and whatever a table could take of them, it has not taken."""
    extra = {"is_staff": "on", "is_superuser": "on", "role": "owner", "status": "signed", "revision": "99", "pk": "1"}
    extra |= {"id": "1", "organisation_id": "1", "person": "", "saved_by": "1", "score": "5.0", "made_by": "1"}
    good = sheet.good(world)
    browser, address = world.browser(sheet.sender), world.address(sheet.name, sheet.at)
    response = send(browser, address, pairs_of({**extra, **good}))
    assert response.status_code == sheet.answer, told(response)
    for name in ("alice", "nina", "lars", "bob"):
        person = getattr(world, name)
        person.refresh_from_db()
        assert (person.is_staff, person.is_superuser) == (False, False)
    roles = dict(world.acme.memberships.values_list("person", "role"))
    assert (roles.get(world.lars.pk, "lead"), roles[world.bob.pk]) == ("lead", "contributor")
    if sheet.name != "assessments:sign":
        assert world.northfield.assessments.filter(status="signed").count() == 1


QUERIES: dict[str, bytes | str] = {
    "NUL": "show=%00",
    "NUL in a name": "sh%00ow=1",
    "a bell": "show=a%07b",
    "a byte that is no UTF-8": "show=%FF",
    "half a letter": "show=%E2%82",
    "a lone surrogate": "show=%ED%A0%80",
    "bytes as they are": b"show=\xff".decode("latin-1"),
}
PAGES = [
    "assessments:overview",
    "assessments:comparison",
    "assessments:report",
    "assessments:report_pdf",
    "assessments:trail",
    "benchmarks:cohort",
]
PAGES += ["account_login", "assessments:new", "assessments:list", "assessments:shared_report", "assessments:rate_link"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("case", QUERIES)
def test_an_address_with_a_broken_part_is_refused_by_its_name(world: World, name: str, case: str) -> None:
    before = digest()
    response = world.browser("lars").get(world.address(name, {}), QUERY_STRING=QUERIES[case])
    assert response.status_code == 400
    assert "The field “sh" in told(response)
    assert digest() == before
