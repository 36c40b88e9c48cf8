"""What `access.py` hands out to whom: by membership, by role, and nothing to anybody else."""

import pytest

from assessments.access import (
    ROLE_ACTIONS,
    Action,
    assessments_for,
    organisations_for,
    rights_at,
    rights_by_organisation,
    roles_for,
    sites_for,
)
from assessments.founding import add_site
from assessments.models import Assessment, Membership, Organisation, Person, Role
from assessments.opening import open_assessment


@pytest.mark.asvs("8.4.1")
def test_everything_is_scoped_by_membership(alice: Person, mallory: Person, assessment: Assessment) -> None:
    for action in Action:
        assert [organisation.name for organisation in organisations_for(alice, action)] == ["Acme"]
        assert [site.name for site in sites_for(alice, action)] == ["Northfield"]
        assert list(assessments_for(alice, action)) == [assessment]
        for scope in (organisations_for, sites_for, assessments_for):
            assert not scope(mallory, action).exists()


def test_membership_of_two_organisations_shows_both_once(
    alice: Person, assessment: Assessment, other_organisation: Organisation
) -> None:
    Membership.objects.create(person=alice, organisation=other_organisation, role=Role.OWNER)
    theirs = open_assessment(site=other_organisation.sites.get(), title="Theirs", period="2026")
    assert set(assessments_for(alice, Action.VIEW)) == {assessment, theirs}
    assert organisations_for(alice, Action.VIEW).count() == 2


@pytest.mark.asvs("8.2.1")
def test_a_role_may_only_do_what_its_line_says(
    alice: Person, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later role is one line: take away managing, and viewing stays."""
    monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW}))
    assert roles_for(Action.LEAD) == [Role.LEAD]
    assert assessments_for(alice, Action.VIEW).exists()
    assert not assessments_for(alice, Action.ANSWER).exists()
    assert not sites_for(alice, Action.LEAD).exists()


def test_every_role_has_a_line() -> None:
    assert set(ROLE_ACTIONS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_rights_are_what_the_role_may(carol: Person, acme: Organisation, assessment: Assessment, role: Role) -> None:
    Membership.objects.filter(person=carol).update(role=role)
    assert rights_at(carol, acme) == rights_at(carol, assessment) == ROLE_ACTIONS[role]
    assert rights_by_organisation(carol) == {acme.pk: ROLE_ACTIONS[role]}


def test_an_outsider_has_no_rights(mallory: Person, acme: Organisation, assessment: Assessment) -> None:
    assert rights_at(mallory, acme) == rights_at(mallory, assessment) == frozenset()
    assert rights_by_organisation(mallory) == {}


@pytest.mark.asvs("8.2.2")
def test_who_is_limited_to_a_site_has_rights_there_and_none_of_the_whole(
    lars: Person, acme: Organisation, assessment: Assessment
) -> None:
    southgate = add_site(organisation=acme, name="Southgate", manufacturing="", size="")
    there = open_assessment(site=southgate, title="There", period="2026")
    membership = Membership.objects.get(person=lars)
    membership.is_limited_to_sites = True
    membership.save()
    membership.sites.set([southgate])
    assert rights_at(lars, assessment) == frozenset()
    assert Action.LEAD in rights_at(lars, there)
    assert Action.READ_TRAIL not in rights_at(lars, there)
    assert Action.READ_TRAIL not in rights_at(lars, acme)


def test_a_template_asks_by_name(carol: Person, acme: Organisation) -> None:
    rights = rights_at(carol, acme)
    assert rights["VIEW"] is True
    assert rights["SHARE"] is False
    with pytest.raises(KeyError):
        rights["EVERYTHING"]
