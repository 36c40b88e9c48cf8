"""The cast of the tests and what surrounds them: real reference data, the fonts, the choice of tests by need."""

import shutil
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from assessments.database_rules import acting
from assessments.database_rules.installing import suspend
from assessments.founding import found_organisation
from assessments.management.commands.prepare import FIXTURES, keep_write_ahead_log
from assessments.models import Assessment, Membership, Organisation, Person, Questionnaire, Role, Site
from assessments.opening import open_assessment
from assessments.signing_in.limits import forget_tries
from benchmarks.models import Cohort
from qmm_site import fonts
from qmm_site.font_files import page_font, paper_fonts

PASSWORD = "correct horse battery staple"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "stage", "worlds"}

# The same examples on every machine, however slow it is: what fails once fails always.
hypothesis.settings.register_profile("tests", deadline=None, derandomize=True)
hypothesis.settings.load_profile("tests")


# Who changes what the tests set up; a request in a test says itself who makes it.
acting.stand_for(actor="tests", actor_name="the tests")


_empty_the_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _empty_the_tables_without_rules(case: TransactionTestCase) -> None:
    """What only grows would refuse to be emptied; the rules come back with the reference data."""
    suspend("default")
    _empty_the_tables(case)


TransactionTestCase._fixture_teardown = _empty_the_tables_without_rules  # type: ignore[attr-defined]


@receiver(post_migrate, sender=apps.get_app_config("assessments"))
def load_reference_data(**_: Any) -> None:
    """Once when the database is made, and again each time a test that commits has emptied it."""
    call_command("loaddata", *FIXTURES, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        keep_write_ahead_log()


@pytest.fixture(scope="session", autouse=True)
def made_fonts(request: pytest.FixtureRequest) -> None:
    """The fonts as `manage.py prepare` cuts them, kept between runs because that takes seconds."""
    assert request.config.cache is not None
    kept = request.config.cache.mkdir("fonts")
    targets = {"page": page_font(), **paper_fonts()}
    copies = {name: kept / target.name for name, target in targets.items()}
    fonts.make(copies["page"], {name: copies[name] for name in paper_fonts()}, kept / "fonts.txt")
    for name, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(copies[name], target)


@pytest.fixture(autouse=True)
def nothing_tried_before() -> None:
    """What is counted in the memory of the process would go over from one test to the next."""
    forget_tries()


# The cast: Alice owns Acme, Lars leads there, Bob answers what is assigned to him, Carol may only look; Mallory belongs
# to another organisation and must see nothing of it.


@pytest.fixture
def alice(db: None) -> Person:
    return Person.objects.create_user("alice@acme.example", PASSWORD, name="Alice Adler")


@pytest.fixture
def acme(alice: Person) -> Organisation:
    return found_organisation(person=alice, name="Acme", site_name="Northfield")


@pytest.fixture
def northfield(acme: Organisation) -> Site:
    return acme.sites.get()


def _member(organisation: Organisation, email: str, name: str, role: Role) -> Person:
    person = Person.objects.create_user(email, PASSWORD, name=name)
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


@pytest.fixture
def lars(acme: Organisation) -> Person:
    return _member(acme, "lars@acme.example", "Lars Lind", Role.LEAD)


@pytest.fixture
def bob(acme: Organisation) -> Person:
    return _member(acme, "bob@acme.example", "Bob Brand", Role.CONTRIBUTOR)


@pytest.fixture
def carol(acme: Organisation) -> Person:
    return _member(acme, "carol@acme.example", "Carol Chen", Role.VIEWER)


@pytest.fixture
def mallory(db: None) -> Person:
    return Person.objects.create_user("mallory@other.example", PASSWORD, name="Mallory Moran")


@pytest.fixture
def other_organisation(mallory: Person) -> Organisation:
    return found_organisation(person=mallory, name="Other", site_name="Southgate")


@pytest.fixture
def questionnaire(db: None) -> Questionnaire:
    return Questionnaire.objects.get(version="2026.1")


@pytest.fixture
def cohort(db: None) -> Cohort:
    return Cohort.objects.get(slug="fda-2024")


@pytest.fixture
def assessment(northfield: Site) -> Assessment:
    """Alice's, with 20 untouched answers."""
    return open_assessment(site=northfield, title="Autumn 2026", period="July to September 2026")


@pytest.fixture
def alice_client(alice: Person) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def mallory_client(mallory: Person, other_organisation: Organisation) -> Client:
    client = Client()
    client.force_login(mallory)
    return client


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="leave out what would do the same on any database, and the browser"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        kept = [item for item in items if _needs_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _needs_the_database(item: pytest.Item) -> bool:
    used = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(used or item.get_closest_marker("django_db")) and not any(
        item.get_closest_marker(mark) for mark in ("browser", "on_any_database")
    )
