"""A fictional organisation to look at: made once from `demonstration.json`, kept as it is after that, removed whole."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from assessments.answering import Change, PageSaved, save_page
from assessments.database_rules.announcing import announced
from assessments.deletion import delete_for_good
from assessments.demonstration_raters import add_compared_round
from assessments.entries import Entry, EvidenceReference
from assessments.founding import found_organisation
from assessments.models import AnswerState, Assessment, Confidence, EvidenceStrength, Organisation, Person, Site
from assessments.opening import open_assessment
from benchmarks.scores import parse_score

STORY = Path(__file__).with_name("demonstration.json")


class AddressTakenError(Exception):
    """Somebody who is not of the demonstration signed up with its e-mail address."""


@transaction.atomic
def ensure_demonstration(*, password: str, now: datetime) -> Person:
    """The person of the demonstration, with this password; what exists already is not touched beyond that."""
    story = _story()
    email = story["person"]["email"]
    person = _people(email).first()
    if person is None:
        if Person.objects.filter(email=email).exists():
            raise AddressTakenError(email)
        person = Person.objects.create_user(email, name=story["person"]["name"])
        _found(person, story, now)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


@transaction.atomic
def remove_demonstration() -> bool:
    """Delete the fictional organisation with everything in it, and its person; False when there is none."""
    person = _people(_story()["person"]["email"]).first()
    if person is None:
        return False
    with announced(with_signed="1"):
        delete_for_good(Organisation.objects.filter(is_fictional=True, memberships__person=person))
    person.delete()
    return True


def _story() -> dict[str, Any]:
    story: dict[str, Any] = json.loads(STORY.read_text(encoding="utf-8"))
    return story


def _people(email: str) -> QuerySet[Person]:
    return Person.objects.filter(email=email, memberships__organisation__is_fictional=True)


def _found(person: Person, story: dict[str, Any], now: datetime) -> None:
    site = story["site"]
    organisation = found_organisation(
        person=person,
        name=story["organisation"],
        site_name=site["name"],
        manufacturing=site["manufacturing"],
        size=site["size"],
    )
    Organisation.objects.filter(pk=organisation.pk).update(is_fictional=True)
    for told in story["assessments"]:
        opened_at, answered_at = (now - timedelta(days=told[f"{done}_days_ago"]) for done in ("opened", "answered"))
        assessment = _open(organisation.sites.get(), told, opened_at)
        _answer(assessment, told["answers"], person, answered_at)
        if "round" in told:
            add_compared_round(assessment=assessment, told=told["round"], person=person, now=answered_at)


def _open(site: Site, told: dict[str, Any], opened_at: datetime) -> Assessment:
    assessment = open_assessment(site=site, title=told["title"], period=told["period"])
    Assessment.objects.filter(pk=assessment.pk).update(created_at=opened_at)
    return assessment


def _answer(assessment: Assessment, told: dict[str, dict[str, Any]], person: Person, now: datetime) -> None:
    answers = {each.sub_element.code: each for each in assessment.answers.select_related("sub_element")}
    changes = [Change(answers[code], _entry(answer), seen_version=0) for code, answer in told.items()]
    saved = save_page(assessment=assessment, changes=changes, person=person, now=now)
    if not isinstance(saved, PageSaved):
        raise TypeError(f"A new assessment did not take its answers: {saved}")


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        state=AnswerState(told["state"]),
        score=parse_score(told["score"]) if "score" in told else None,
        reason=told.get("reason", ""),
        rationale=told["rationale"],
        evidence=tuple(EvidenceReference(title, location) for title, location in told["evidence"]),
        confidence=Confidence(told.get("confidence", "")),
        evidence_strength=EvidenceStrength(told.get("evidence_strength", "none")),
    )
