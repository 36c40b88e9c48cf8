"""Alice’s organisation with something in every table, its archive, and a product that is empty again."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.cache import caches
from django.utils import timezone

from assessments.answering import Change, save_page
from assessments.archive.writing import write_archive
from assessments.entries import Entry
from assessments.member_invitations import invite_member
from assessments.models import (
    Assessment,
    Assignment,
    ExecutedBy,
    Membership,
    OpenedAs,
    Organisation,
    Person,
    Rating,
    Role,
    Site,
)
from assessments.opening import open_assessment
from assessments.pdf_processes import renderers
from assessments.planned_deletion import delete_due, plan_deletion
from assessments.revising import open_revision
from assessments.rounds import close_round, open_comparison
from assessments.sharing import log_opening
from benchmarks.models import PracticeArea
from tests.raters import begun, invited, opened, score
from tests.shared_reports import shared
from tests.signing import sign_off

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FORMULA = "=HYPERLINK(“x”) <2 % ‮ 💊"
UNSEEN = "zqxunseenzqx"  # what a rater wrote that nobody of the organisation may read


@pytest.fixture(autouse=True)
def quick_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    caches["pdf"].clear()
    monkeypatch.setattr(renderers, "render", lambda job: b"%PDF-1.7 " + job.identifier.encode())


@pytest.fixture
def full(alice: Person, lars: Person, bob: Person, acme: Organisation, northfield: Site) -> Organisation:
    """A signed assessment with an anonymous round that was compared, and a draft with an open one."""
    Organisation.objects.filter(pk=acme.pk).update(name=FORMULA)
    signed = open_assessment(site=northfield, title="Signed", period="2025")
    for_all = opened(signed, alice, is_anonymous=True)
    for number in range(3):
        rater = invited(for_all, f"Rater {number}", email=f"r{number}@acme.example")
        begun(rater)
        score(rater)
    Rating.objects.update(rationale=UNSEEN)
    close_round(rating_round=for_all, now=NOW)
    open_comparison(rating_round=for_all, now=NOW)
    signed.answers.update(state="scored", score="3.5", rationale=FORMULA, saved_by=alice, saved_at=NOW, version=1)
    sign_off(signed, alice)
    revised = open_revision(assessment=signed, reason=FORMULA)
    Assessment.objects.filter(pk=revised.pk).update(title="Revised")
    draft = open_assessment(site=northfield, title="Draft", period="2026")
    changes = [Change(answer, Entry(rationale=FORMULA), 0) for answer in draft.answers.all()]
    save_page(assessment=draft, changes=changes, person=alice, now=NOW)
    compared = opened(draft, alice)
    omar = invited(compared, "Omar")
    begun(omar)
    score(omar)
    close_round(rating_round=compared, now=NOW)
    open_comparison(rating_round=compared, now=NOW)
    named = opened(draft, alice)
    rater = invited(named, "Rita", email="rita@acme.example")
    rater.ratings.update(rationale=UNSEEN)
    Assignment.objects.create(assessment=draft, practice_area=PracticeArea.objects.all()[0], person=bob)
    log_opening(link=shared(draft), opened_as=OpenedAs.PAGE, now=timezone.now())
    limited = Membership.objects.get(person=lars)
    limited.is_limited_to_sites = True
    limited.save()
    limited.sites.set([northfield])
    invite(acme, alice, northfield)
    acme.refresh_from_db()
    return acme


def invite(organisation: Organisation, person: Person, site: Site) -> None:
    invite_member(
        organisation=organisation,
        email="nina@acme.example",
        role=Role.CONTRIBUTOR,
        is_limited_to_sites=True,
        sites=[site],
        person=person,
        now=timezone.now(),
    )


def archived(organisation: Organisation) -> bytes:
    target = BytesIO()
    write_archive(target, organisation, now=NOW)
    return target.getvalue()


def empty(organisation: Organisation, person: Person) -> None:
    """Deletes it as the product does, and then all accounts."""
    plan_deletion(organisation=organisation, person=person, now=timezone.now() - timedelta(days=8))
    assert delete_due(now=timezone.now(), executed_by=ExecutedBy.COMMAND)
    Person.objects.all().delete()
