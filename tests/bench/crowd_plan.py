"""Who saves what when 50 people of ten organisations save at once: answers of their own, and some that they share."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.test import Client

from assessments.entries import Entry, EvidenceReference
from assessments.founding import found_organisation
from assessments.models import (
    AnswerState,
    Assessment,
    Confidence,
    EvidenceStrength,
    Membership,
    Organisation,
    Person,
    Role,
)
from assessments.opening import open_assessment
from benchmarks.models import SubElement

ORGANISATIONS, MEMBERS = 10, 5
OWN, SHARED = 12, 3  # answers that one person saves: every fifth is one that the colleagues save as well
RATIONALE = "Two decisions of the spring review moved people and money, and both were looked at again in autumn. " * 3


@dataclass(frozen=True, slots=True)
class Task:
    """One answer that one person gives: nobody else writes the same."""

    assessment_id: str
    code: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one person saves, one after the other."""

    session: str  # the value of the cookie
    tasks: tuple[Task, ...]


def make_crowd() -> list[Plan]:
    codes = list(SubElement.objects.values_list("code", flat=True)[: OWN + SHARED])
    plans = []
    for number in range(ORGANISATIONS):
        people = [Person.objects.create_user(f"saver-{number}-{place}@example.com") for place in range(MEMBERS)]
        organisation = found_organisation(person=people[0], name=f"Crowd {number}", site_name="Northfield")
        join(organisation, people[1:])
        shared = opened(organisation, "Shared")
        plans += [plan(person, opened(organisation, f"Of {person.pk}"), shared, codes) for person in people]
    return plans


def join(organisation: Organisation, people: list[Person]) -> None:
    Membership.objects.bulk_create(
        Membership(person=person, organisation=organisation, role=Role.OWNER) for person in people
    )


def opened(organisation: Organisation, title: str) -> Assessment:
    return open_assessment(site=organisation.sites.get(), title=title, period="2026")


def plan(person: Person, own: Assessment, shared: Assessment, codes: list[str]) -> Plan:
    client = Client()
    client.force_login(person)
    every = (OWN + SHARED) // SHARED
    tasks = (task(person, own if place % every else shared, code, place) for place, code in enumerate(codes))
    return Plan(session=client.cookies[settings.SESSION_COOKIE_NAME].value, tasks=tuple(tasks))


def task(person: Person, assessment: Assessment, code: str, place: int) -> Task:
    entry = Entry(
        AnswerState.SCORED,
        Decimal(10 + (person.pk + place * 7) % 41).scaleb(-1),
        rationale=f"Person {person.pk}, answer {place}. {RATIONALE}",
        evidence=(EvidenceReference(f"Minutes {person.pk}-{place}", f"DOC-{place}"),),
        confidence=Confidence.MEDIUM,
        evidence_strength=EvidenceStrength.DOCUMENT,
    )
    return Task(str(assessment.pk), code, entry)
