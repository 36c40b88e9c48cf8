"""Words that stand in one organisation alone, looked for in all that others are shown: pages, PDF and exports."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from assessments.founding import add_site
from assessments.models import Membership, Person
from assessments.opening import open_assessment
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import renderers
from tests.assessments.permission_world import ROUTES, Values, Visitor, World, add_cast, build, path_of

IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
WRITTEN = ("Rationale", "Evidence", "Location", "Reason")
NAMED = ("Organisation", "Site", "Title")
WITH_LINKS = {"shared_report", "shared_pdf"}
Worlds = tuple[World, World]


def printed(job: PrintJob) -> bytes:
    """In place of a PDF: what it is made from, with the data inside it."""
    return job.html.encode() + (job.attached.data if job.attached else b"")


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    """Acme, whose words are looked for, and another organisation."""
    patched = pytest.MonkeyPatch()
    patched.setattr(renderers, "render", printed)
    memory = override_settings(CACHES={"default": IN_MEMORY, "pdf": {**IN_MEMORY, "LOCATION": "pdf"}})
    with django_db_blocker.unblock(), transaction.atomic():
        memory.enable()
        acme, other = build("acme"), build("other")
        add_cast(acme)
        yield acme, other
        memory.disable()
        patched.undo()
        transaction.set_rollback(True)


def unpacked(content: bytes) -> bytes:
    """An office file with all its parts laid open."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(name.encode() + package.read(name) for name in package.namelist())


def shown_to(visitor: Visitor, values: Values, routes: set[str] | None = None) -> dict[str, bytes]:
    """Everything that a visitor gets at the addresses with these values, by the name of the address."""
    found = {}
    for route in sorted(routes or ROUTES):
        cache.clear()
        answer = visitor.ask("GET", path_of(route, values))
        found[route] = unpacked(answer.getvalue()) + str(answer.headers).encode()
    return found


SECRETS = {"secret", "link_secret", "address_secret", "invitation_secret", "receipt_secret"}
NOT_BY_LINK = {route for route in ROUTES if not SECRETS & set(ROUTES[route])}


def leaks(found: dict[str, bytes], *words: str) -> list[str]:
    """What surrounds each of the words where it is shown."""
    return [
        f"{route}: {content[max(0, content.index(word.encode()) - 40) :][:120]!r}"
        for route, content in found.items()
        for word in words
        if word.encode() in content
    ]


@pytest.mark.django_db  # the mark alone makes the database that `worlds` fills: this test stays the first
def test_an_office_file_is_looked_into() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "canary " * 9)
    assert b"canary" not in packed.getvalue()
    assert b"canary" in unpacked(packed.getvalue())


def test_the_words_are_found_where_they_belong(worlds: Worlds) -> None:
    """Otherwise all that follows would pass with the words misspelt."""
    acme, _ = worlds
    found = shown_to(Visitor(acme.owner), acme.values)
    for word in (*WRITTEN, "Site"):
        places = {route for route, content in found.items() if acme.canaries[word].encode() in content}
        assert {"report", "report_pdf", "report_docx", "report_xlsx"} <= places, word
    assert acme.canaries["Organisation"].encode() in found["overview"]
    assert acme.canaries["Purpose"].encode() in found["sharing"]
    assert acme.canaries["Rater"].encode() in found["raters"]


def test_another_organisation_is_shown_nothing_of_it(worlds: Worlds) -> None:
    acme, other = worlds
    for values in (other.values, acme.values):
        assert leaks(shown_to(Visitor(other.owner), values, NOT_BY_LINK), "acme") == []


def test_staff_of_the_server_are_shown_nothing_of_it(worlds: Worlds) -> None:
    acme, _ = worlds
    staff = Person.objects.create(email="staff@server.example", is_staff=True, is_superuser=True)
    assert leaks(shown_to(Visitor(staff), acme.values, NOT_BY_LINK), "acme") == []


def test_a_rater_is_shown_what_it_is_about_and_no_answer_and_no_other_rater(worlds: Worlds) -> None:
    acme, _ = worlds
    visitor = Visitor(rater_key=acme.rater_key)
    found = shown_to(visitor, {**acme.values, "rater_id": acme.rater.pk}, {"rate", "rate_area"})
    assert leaks(found, *(acme.canaries[word] for word in (*WRITTEN, "Waiting", "waits", "Purpose", "invited"))) == []
    assert leaks(found, acme.canaries["Rater"]) != []
    assert leaks(shown_to(visitor, acme.values, NOT_BY_LINK), "acme") == []


def test_a_link_that_hides_shows_neither_what_was_written_nor_whose_it_is(worlds: Worlds) -> None:
    acme, _ = worlds
    found = shown_to(Visitor(), acme.values, WITH_LINKS)
    assert all(acme.canaries["Period"].encode() in content for content in found.values())  # it is what they speak of
    spoken = re.compile(acme.canaries["Period"].encode(), re.IGNORECASE)
    without = {route: spoken.sub(b"", content) for route, content in found.items()}
    assert leaks(without, "acme") == []


def test_who_is_limited_to_another_site_is_shown_nothing_of_this_one(worlds: Worlds) -> None:
    acme, _ = worlds
    person = acme.people["viewer"]
    southgate = add_site(organisation=acme.organisation, name="Southgate", manufacturing="", size="")
    open_assessment(site=southgate, title="Elsewhere", period="2026")
    membership = Membership.objects.get(person=person)
    membership.is_limited_to_sites = True
    membership.save()
    membership.sites.set([southgate])
    found = shown_to(Visitor(person), acme.values, NOT_BY_LINK)
    words = (*WRITTEN, "Site", "Title", "Period", "Rater", "Waiting", "Purpose", "invited")
    assert leaks(found, *(acme.canaries[word] for word in words)) == []
    assert b"Elsewhere" in found["list"]
