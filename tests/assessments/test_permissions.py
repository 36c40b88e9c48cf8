"""Every address, every role, every method: what comes back, that what is refused changes nothing, and that what belongs
to another organisation cannot be told from what does not exist.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver
from pytest_django.plugin import DjangoDbBlocker

from assessments.models import Person
from assessments.pdf_processes import renderers
from assessments.signing_in.limits import forget_tries
from tests.assessments.permission_world import (
    MISSING,
    ROUTES,
    Values,
    Visitor,
    World,
    add_cast,
    build,
    path_of,
)
from tests.assessments.permissions import BY_ACCOUNT, BY_LINK, LOGGED, METHODS, ROLES, SENT
from tests.hostile.world import digest

REFUSED = ("404", "405", "403", "login")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
SECRETS = {"secret", "address_secret", "link_secret", "invitation_secret", "receipt_secret"}
IN_MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@dataclass
class Stage:
    """Acme with everybody of it, another organisation, and the visitors by what they are."""

    acme: World
    other: World
    visitors: dict[str, Visitor]
    rater: Visitor
    other_rater: Visitor


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Made once: whatever a test changes is undone by it."""
    patched = pytest.MonkeyPatch()
    patched.setattr(renderers, "render", lambda job: job.html.encode())
    memory = override_settings(CACHES={**IN_MEMORY, "pdf": IN_MEMORY["default"]})
    with django_db_blocker.unblock(), transaction.atomic():
        memory.enable()
        acme, other = build("acme"), build("other")
        add_cast(acme)
        staff = Person.objects.create(email=SENT["server_access"]["email"], is_staff=True, is_superuser=True)
        people = {**acme.people, "outsider": other.owner, "staff": staff}
        visitors = {name: Visitor(person) for name, person in people.items()} | {"anonymous": Visitor()}
        yield Stage(acme, other, visitors, Visitor(rater_key=acme.rater_key), Visitor(rater_key=other.rater_key))
        memory.disable()
        patched.undo()
        transaction.set_rollback(True)


def told(answer: HttpResponse) -> str:
    """An answer as the tables write it."""
    if answer.status_code != 302:
        return str(answer.status_code)
    return "login" if answer["Location"].startswith("/accounts/login/") else "on"


def ask(visitor: Visitor, method: str, path: str, sent: Values | None = None) -> HttpResponse:
    cache.clear()  # no limit counts what was asked before
    forget_tries()
    return visitor.ask(method, path, sent)


def undone(visitor: Visitor, method: str, path: str, sent: Values | None = None) -> str:
    """What is told, and nothing of it stays."""
    with transaction.atomic():
        answer = ask(visitor, method, path, sent)
        outcome = told(answer)
        if answer.streaming:
            b"".join(answer)  # a file is closed when it has been read
        transaction.set_rollback(True)
    return outcome


def masked(answer: HttpResponse, path: str) -> tuple[int, bytes, dict[str, str]]:
    """All that a stranger can see of an answer, without the address that they wrote themselves and its token."""
    headers = {name: value.replace(path, "PATH") for name, value in answer.headers.items()}
    headers.pop("Content-Length", None)
    return answer.status_code, TOKEN.sub(b"", answer.content).replace(path.encode(), b"PATH"), headers


def with_missing(route: str, values: Values) -> Values | None:
    """The same address with objects that are not there; None where it names no object."""
    absent = {name: MISSING[name] for name in ROUTES[route] if name in MISSING}
    return {**values, **absent} if absent else None


def filled_in(route: str, world: World) -> Values:
    """What a form of this address would send, so that a refusal refuses something."""
    return {name: str(value).format(**world.values) for name, value in SENT.get(route, {}).items()}


def read_table(table: str) -> dict[tuple[str, str], tuple[str, ...]]:
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in table.strip().splitlines()[1:]:
        route, method, *cells = line.split()
        assert (route, method) not in rows, f"{route} {method} has two lines"
        assert len(cells) in (1, len(table.strip().splitlines()[0].split()) - 2), line
        rows[route, method] = tuple(cells)
    return rows


ACCOUNT_ROWS, LINK_ROWS = read_table(BY_ACCOUNT), read_table(BY_LINK)
ACCOUNT_ROUTES = sorted({route for route, _ in ACCOUNT_ROWS})
LINK_ROUTES = sorted({route for route, _ in LINK_ROWS})


def expected(route: str, method: str, role: str) -> tuple[str, ...]:
    cells = ACCOUNT_ROWS.get((route, method))
    if cells is not None:
        return (cells[0] if len(cells) == 1 else cells[ROLES.index(role)],)
    return ("405", "login") if role == "anonymous" else ("405",)


@pytest.mark.django_db  # the mark alone makes the database that `stage` fills: this test stays the first
def test_every_address_has_its_line_in_one_of_the_tables() -> None:
    assert sorted(ROUTES) == sorted(ACCOUNT_ROUTES + LINK_ROUTES)


@pytest.mark.asvs("8.2.1", "8.2.2", "8.3.1", "8.4.1")
@pytest.mark.parametrize("route", ACCOUNT_ROUTES)
def test_each_role_gets_what_the_table_says_and_no_refusal_changes_or_tells_anything(stage: Stage, route: str) -> None:
    """What is refused is stored nowhere, and looks like what is refused of an object that does not exist."""
    path, absent = path_of(route, stage.acme.values), with_missing(route, stage.acme.values)
    nowhere = path_of(route, absent) if absent else ""
    sent, before = filled_in(route, stage.acme), digest()
    wrong = []
    for role in ROLES:
        for method in METHODS:
            awaited, visitor = expected(route, method, role), stage.visitors[role]
            if set(awaited) <= set(REFUSED):
                answer = ask(visitor, method, path, sent)
                seen = told(answer)
                if nowhere and masked(answer, path) != masked(ask(visitor, method, nowhere, sent), nowhere):
                    wrong.append(f"{method} as {role}: hidden and missing are answered differently")
            elif method == "GET" and route not in LOGGED:
                seen = told(ask(visitor, method, path, sent))
            else:
                seen = undone(visitor, method, path, sent)
            if seen not in awaited:
                wrong.append(f"{method} as {role}: {seen} instead of {' or '.join(awaited)}")
    assert wrong == []
    assert digest() == before


CHILDREN = {"membership_id", "invitation_id", "rater_id", "link_id"}


@pytest.mark.asvs("8.2.2", "8.4.1")
@pytest.mark.parametrize("route", [route for route in ACCOUNT_ROUTES if CHILDREN & set(ROUTES[route])])
def test_what_belongs_to_another_is_not_reached_by_way_of_ones_own(stage: Stage, route: str) -> None:
    """The organisation or the assessment is one's own; the member, invitation, rater or link is not."""
    children = CHILDREN & set(ROUTES[route])
    theirs = {**stage.acme.values, **{name: stage.other.values[name] for name in children}}
    absent = {**stage.acme.values, **{name: MISSING[name] for name in children}}
    path, nowhere, before = path_of(route, theirs), path_of(route, absent), digest()
    sent = filled_in(route, stage.acme)
    for role in ("owner", "lead"):
        for method in ("GET", "POST"):
            hidden = ask(stage.visitors[role], method, path, sent)
            assert told(hidden) in ("404", "on")
            assert masked(hidden, path) == masked(ask(stage.visitors[role], method, nowhere, sent), nowhere)
    assert digest() == before


@pytest.mark.parametrize("route", ACCOUNT_ROUTES)
def test_the_browser_of_a_rater_gets_what_anybody_gets(stage: Stage, route: str) -> None:
    path = path_of(route, stage.acme.values)
    for method in METHODS:
        assert undone(stage.rater, method, path) in expected(route, method, "anonymous")


@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize("route", LINK_ROUTES)
def test_a_link_opens_what_the_table_says_and_without_it_nothing_is_there(stage: Stage, route: str) -> None:
    by_secret = SECRETS & set(ROUTES[route])
    values: dict[str, Any] = {**stage.acme.values}
    if not by_secret:
        values["rater_id"] = stage.acme.rater.pk
    strangers: list[Visitor] = [*stage.visitors.values(), stage.other_rater]
    path = path_of(route, values)
    wrong_path = path_of(route, {**values, **dict.fromkeys(by_secret, "wrong")})
    nowhere = path_of(route, {**values, **MISSING, **dict.fromkeys(by_secret, "wrong")})
    sent, before = filled_in(route, stage.acme), digest()
    for method in METHODS:
        holds, without = LINK_ROWS.get((route, method), ("405", "405"))
        for holder in strangers if by_secret else [stage.rater]:
            assert undone(holder, method, path, sent) == holds, method
        for stranger in strangers:
            hidden, missing = ask(stranger, method, wrong_path, sent), ask(stranger, method, nowhere, sent)
            assert told(hidden) == without, method
            assert masked(hidden, wrong_path) == masked(missing, nowhere), method
    assert digest() == before


def admin_paths() -> list[str]:
    """Every address of the admin that names no object, and those of the first object of each kind."""
    admin = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "admin")
    found = []
    for pattern in admin.url_patterns:  # type: ignore[union-attr]
        for inner in getattr(pattern, "url_patterns", [pattern]):
            text = str(pattern.pattern) + (str(inner.pattern) if inner is not pattern else "")
            text = re.sub(r"<path:object_id>|<id>", "1", text)
            if "<" not in text and "(?P" not in text:
                found.append(f"/admin/{text.replace('^', '').replace('$', '')}")
    return sorted(set(found))


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("path", admin_paths())
def test_the_admin_opens_to_staff_alone(stage: Stage, path: str) -> None:
    before = digest()
    for role in set(ROLES) - {"staff"}:
        for method in METHODS:
            answer = ask(stage.visitors[role], method, path)
            is_way_in = answer.status_code in (301, 302) and "/login/" in answer.get("Location", "")
            assert is_way_in or answer.status_code in (403, 404, 405) or "/admin/log" in path, (role, method)
            assert b"acme" not in answer.content
    assert digest() == before
