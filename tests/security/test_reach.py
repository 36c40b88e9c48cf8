"""How far a membership reaches: to its sites, for its time, and to nothing of the organisation as a whole."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from assessments.access import (
    OF_THE_WHOLE,
    Action,
    answers_for,
    assessments_for,
    member_or_404,
    organisations_for,
    people_who_may,
    rater_or_404,
    report_link_or_404,
    sites_for,
)
from assessments.founding import add_site
from assessments.models import Assessment, Membership, Organisation, Person, Site
from assessments.opening import open_assessment
from tests.raters import invited, opened
from tests.shared_reports import shared


@pytest.fixture
def elsewhere(acme: Organisation) -> Assessment:
    """Of a site of Acme at which Lars has no place."""
    site = add_site(organisation=acme, name="Westfield", manufacturing="", size="")
    return open_assessment(site=site, title="Elsewhere", period="2026")


@pytest.fixture
def limited(lars: Person, northfield: Site) -> Person:
    membership = Membership.objects.get(person=lars)
    membership.is_limited_to_sites = True
    membership.save()
    membership.sites.set([northfield])
    return lars


@pytest.mark.asvs("8.2.2")
def test_it_ends_at_its_sites(limited: Person, assessment: Assessment, elsewhere: Assessment) -> None:
    for action in (Action.VIEW, Action.ANSWER, Action.ANSWER_ALL, Action.LEAD):
        assert list(assessments_for(limited, action)) == [assessment]
        assert list(sites_for(limited, action)) == [assessment.site]
        assert not answers_for(limited, action).filter(assessment=elsewhere).exists()
    browser = Client()
    browser.force_login(limited)
    assert browser.get(f"/assessments/{assessment.pk}/").status_code == 200
    for part in ("", "PQS/", "report/", "report.json"):
        assert browser.get(f"/assessments/{elsewhere.pk}/{part}").status_code == 404


@pytest.mark.asvs("8.2.1")
def test_it_reaches_nothing_of_the_whole(limited: Person, acme: Organisation) -> None:
    assert organisations_for(limited, Action.VIEW).exists()
    for action in OF_THE_WHOLE:
        assert not organisations_for(limited, action).exists()
        assert limited not in people_who_may(acme, action)


@pytest.mark.asvs("8.2.1", "7.4.1")
def test_it_ends_with_its_time_also_where_one_is_signed_in(lars: Person, assessment: Assessment) -> None:
    browser = Client()
    browser.force_login(lars)
    assert browser.get(f"/assessments/{assessment.pk}/").status_code == 200
    Membership.objects.filter(person=lars).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert browser.get(f"/assessments/{assessment.pk}/").status_code == 404
    for action in Action:
        assert not assessments_for(lars, action).exists()
        assert not organisations_for(lars, action).exists()


@pytest.mark.asvs("8.2.2", "8.4.1")
def test_what_belongs_to_another_is_not_there_by_way_of_one_s_own(
    alice: Person, acme: Organisation, assessment: Assessment, elsewhere: Assessment, other_organisation: Organisation
) -> None:
    rater, link = invited(opened(elsewhere, alice)), shared(elsewhere)
    assert rater_or_404(alice, elsewhere.pk, rater.pk, Action.ASK_RATERS) == rater
    assert report_link_or_404(alice, elsewhere.pk, link.pk, Action.SHARE) == link
    foreign = other_organisation.memberships.get()
    with pytest.raises(Http404):
        rater_or_404(alice, assessment.pk, rater.pk, Action.ASK_RATERS)
    with pytest.raises(Http404):
        report_link_or_404(alice, assessment.pk, link.pk, Action.SHARE)
    with pytest.raises(Http404):
        member_or_404(alice, acme.pk, foreign.pk, Action.MANAGE_PEOPLE)
