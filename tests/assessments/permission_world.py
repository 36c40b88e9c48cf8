"""Two organisations with one of everything in each, and everybody who may ask: what the tests of permissions walk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from assessments import deletion_receipts, member_invitations, report_links, signed_links
from assessments.assigning import assign_areas
from assessments.founding import found_organisation
from assessments.member_invitations import invite_member
from assessments.models import (
    AnswerState,
    AnswerVersion,
    Assessment,
    DeletionReceipt,
    ExecutedBy,
    Membership,
    Organisation,
    Person,
    Rater,
    Role,
)
from assessments.opening import open_assessment
from assessments.rater_access import COOKIE
from assessments.rater_links import address_secret_of, secret_of
from assessments.raters import asked_areas
from assessments.sharing import share_report
from benchmarks.models import SubElement
from tests.raters import begun, invited, opened

Values = Mapping[str, Any]
AREA, CODE = "PQS", "capa"
# As an object that is not there would be addressed.
MISSING: Values = {
    "assessment_id": UUID("00000000-0000-4000-8000-000000000001"),
    "organisation_id": 999_999_999,
    "site_id": 999_999_999,
    "membership_id": 999_999_999,
    "invitation_id": UUID("00000000-0000-4000-8000-000000000002"),
    "rater_id": UUID("00000000-0000-4000-8000-000000000003"),
    "link_id": UUID("00000000-0000-4000-8000-000000000004"),
    "receipt_id": UUID("00000000-0000-4000-8000-000000000005"),
}


@dataclass(frozen=True)
class Canaries:
    """A word for each kind of text, which nobody would write by chance; `mark` tells the organisations apart."""

    mark: str

    def __getitem__(self, kind: str) -> str:
        return f"{self.mark}{kind}canary"


@dataclass
class World:
    """What there is of one organisation."""

    organisation: Organisation
    assessment: Assessment
    owner: Person
    values: dict[str, Any]
    rater: Rater
    rater_key: str  # of the browser in which the rater began
    canaries: Canaries
    people: dict[str, Person] = field(default_factory=dict)


def routes() -> dict[str, tuple[str, ...]]:
    """Every address of the site but the admin's, as namespace:name, each with the names of its arguments."""
    found: dict[str, tuple[str, ...]] = {}

    def walk(patterns: list[URLPattern | URLResolver], namespace: str, above: tuple[str, ...]) -> None:
        for pattern in patterns:
            arguments = (*above, *pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, pattern.namespace or namespace, arguments)
            elif namespace != "admin":
                assert pattern.name, f"{pattern} has no name"
                prefix = f"{namespace}:" if namespace not in ("", "assessments") else ""
                assert f"{prefix}{pattern.name}" not in found
                found[f"{prefix}{pattern.name}"] = arguments

    walk(get_resolver().url_patterns, "", ())
    return found


ROUTES = routes()


def path_of(route: str, values: Values) -> str:
    name = route if ":" in route or route.startswith(("account_", "mfa_", "openid_")) else f"assessments:{route}"
    return reverse(name, kwargs={argument: values[argument] for argument in ROUTES[route]})


def build(mark: str) -> World:
    """An organisation of its own, where everything is filled in, with canaries in all texts."""
    canaries = Canaries(mark)
    owner = _person(canaries, "owner")
    organisation = found_organisation(person=owner, name=canaries["Organisation"], site_name=canaries["Site"])
    site = organisation.sites.get()
    assessment = open_assessment(site=site, title=canaries["Title"], period=canaries["Period"])
    _answer_all(assessment, owner, canaries)
    rating_round = opened(assessment, owner)
    rater = invited(rating_round, canaries["Rater"], email=f"{canaries['rated']}@rater.example".lower())
    rater.ratings.update(rationale=canaries["Rated"])
    key = begun(rater).cookies[COOKIE].value
    waiting = invited(rating_round, canaries["Waiting"], email=f"{canaries['waits']}@rater.example".lower())
    facts = {"purpose": canaries["Purpose"], "days": 30, "hides_texts": True, "hides_names": True}
    link = share_report(assessment=assessment, person=owner, now=timezone.now(), **facts)  # type: ignore[arg-type]
    invitation = invite_member(
        organisation=organisation,
        email=f"{canaries['invited']}@people.example",
        role=Role.VIEWER,
        is_limited_to_sites=False,
        sites=[],
        person=owner,
        now=timezone.now(),
    )
    member = _member(organisation, canaries, "member", Role.VIEWER)
    receipt = _receipt()
    values = {
        "receipt_id": receipt.pk,
        "receipt_secret": deletion_receipts.path_of(receipt).split("/")[-2],
        "assessment_id": assessment.pk,
        "organisation_id": organisation.pk,
        "site_id": site.pk,
        "membership_id": Membership.objects.get(person=member).pk,
        "invitation_id": invitation.pk,
        "invitation_secret": signed_links.secret_of(invitation, salt=member_invitations.SALT),
        "area_code": AREA,
        "code": CODE,
        "rater_id": waiting.pk,
        "secret": secret_of(waiting),
        "address_secret": address_secret_of(waiting),
        "link_id": link.pk,
        "link_secret": report_links.secret_of(link),
        "anything": "half/a/link",
        "version": "2026.1",
        "slug": "fda-2024",
        "round": rating_round.pk,
        "organisation": canaries["Organisation"],
        "uidb36": "1",
        "key": "set-password",
        "pk": 999_999_999,
        "provider_id": "company",
        "session_id": 999_999_999,
    }
    rater.refresh_from_db()
    return World(organisation, assessment, owner, values, rater, key, canaries, {"owner": owner})


def _receipt() -> DeletionReceipt:
    """Of an organisation that is gone."""
    now = timezone.now()
    return DeletionReceipt.objects.create(
        planned_at=now, due_at=now, deleted_at=now, executed_by=ExecutedBy.SERVER, rows={}
    )


def add_cast(world: World) -> None:
    """One of each role beside the owner; a contributor without an area and one with the area of the addresses."""
    for name, role in {
        "viewer": Role.VIEWER,
        "contributor": Role.CONTRIBUTOR,
        "assigned": Role.CONTRIBUTOR,
        "lead": Role.LEAD,
    }.items():
        world.people[name] = _member(world.organisation, world.canaries, name, role)
    areas = asked_areas(world.assessment)
    assign_areas(assessment=world.assessment, areas=areas, assigned={AREA: [world.people["assigned"]]})


def _person(canaries: Canaries, name: str) -> Person:
    return Person.objects.create(email=f"{canaries[name]}@people.example".lower(), name=canaries[f"Name{name}"])


def _member(organisation: Organisation, canaries: Canaries, name: str, role: Role) -> Person:
    person = _person(canaries, name)
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


def _answer_all(assessment: Assessment, person: Person, canaries: Canaries) -> None:
    reference = {"title": canaries["Evidence"], "location": canaries["Location"]}
    assessment.answers.update(
        state=AnswerState.SCORED,
        score="4.0",
        rationale=canaries["Rationale"],
        evidence=[reference],
        version=1,
        saved_at=timezone.now(),
        saved_by=person,
    )
    AnswerVersion.objects.bulk_create(
        AnswerVersion(answer=answer, version=1, saved_at=timezone.now(), saved_by=person, state=AnswerState.UNKNOWN)
        for answer in assessment.answers.all()
    )
    excluded = SubElement.objects.filter(code="management-review")
    assessment.answers.filter(sub_element__in=excluded).update(
        state=AnswerState.NOT_APPLICABLE, score=None, reason=canaries["Reason"]
    )


class Visitor:
    """Somebody who asks, each time in a browser that has seen nothing since they came in."""

    def __init__(self, person: Person | None = None, rater_key: str = "") -> None:
        self._cookies = {COOKIE: rater_key} if rater_key else {}
        if person is not None:
            client = Client()
            client.force_login(person)
            self._cookies |= {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, method: str, path: str, sent: Values | None = None) -> HttpResponse:
        client = Client()
        for name, value in self._cookies.items():
            client.cookies[name] = value
        answer: HttpResponse
        answer = client.post(path, sent or {}) if method == "POST" else getattr(client, method.lower())(path)  # type: ignore[assignment]
        return answer
