"""An archive loaded where people have other numbers: who signed still did, and the trail names nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command

from assessments.archive.loading import load_archive
from assessments.archive.people import load_people
from assessments.models import Assessment, AuditEntry, Membership, Organisation, Person, Role, Signature
from assessments.rounds import RefusedError
from assessments.signature_checks import check_sign_off
from assessments.signing import change_sign_off_rules, return_to_draft
from assessments.trail.reading import Asked, entries_of, lines_of
from assessments.trail.verifying import faults_of
from tests.assessments.archive.conftest import NOW, archived, empty
from tests.conftest import PASSWORD
from tests.signing import SIGNED, in_review, sign_next

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = "root@server.example"


@pytest.fixture
def reviewed(acme: Organisation, assessment: Assessment, alice: Person, lars: Person) -> Assessment:
    """Lars has prepared it; somebody else must approve it."""
    change_sign_off_rules(
        organisation=acme, needs_prepared=True, needs_reviewed=False, needs_approved=True, signers_differ=True
    )
    in_review(assessment, alice)
    sign_next(assessment, lars)
    return assessment


def moved(organisation: Organisation, owner: Person, root_has: int) -> Person:
    """To a server where one account, Root's, has a number of somebody else there; Root leads here as well."""
    archive = archived(organisation)
    empty(organisation, owner)
    Person(pk=root_has, email=ROOT, name="Root").save(force_insert=True)
    here = load_archive(BytesIO(archive), now=NOW + timedelta(days=30)).organisation
    Membership.objects.get_or_create(organisation=here, person_id=root_has, defaults={"role": Role.LEAD})
    Person.objects.update(is_active=True)
    return Person.objects.get(pk=root_has)


def test_who_has_signed_signs_no_second_time(reviewed: Assessment, acme: Organisation, alice: Person) -> None:
    before = Signature.objects.get()
    moved(acme, alice, root_has=before.signer_number)
    lars = Person.objects.get(email="lars@acme.example")
    after = Signature.objects.get()
    assert lars.pk != before.signer_number
    assert (after.signer, after.signer_number, after.digest) == (lars, lars.pk, before.digest)
    with pytest.raises(RefusedError, match="each signature must be somebody else’s"):
        sign_next(Assessment.objects.get(), lars)


def test_who_has_the_number_of_a_signer_may_sign(reviewed: Assessment, acme: Organisation, alice: Person) -> None:
    root = moved(acme, alice, root_has=Signature.objects.get().signer_number)
    assessment = Assessment.objects.get()
    assert sign_next(assessment, root)
    assessment.refresh_from_db()
    assert check_sign_off(assessment) == []
    call_command("verify", verbosity=0)


def test_who_has_the_number_of_an_account_that_is_gone_may_sign(
    reviewed: Assessment, acme: Organisation, alice: Person, lars: Person
) -> None:
    number = lars.pk
    lars.delete()
    root = moved(acme, alice, root_has=number)
    assert Signature.objects.get().signer_number < 0
    assert sign_next(Assessment.objects.get(), root)


def test_two_accounts_that_are_gone_stay_two_people(
    reviewed: Assessment, acme: Organisation, alice: Person, lars: Person, bob: Person
) -> None:
    """Also after another move; signatures that were void go along."""
    return_to_draft(assessment=reviewed, person=alice, reason="Once more", now=SIGNED)
    in_review(reviewed, alice)
    sign_next(reviewed, bob)
    for person in (lars, bob):
        person.delete()
    numbers = set()
    for _ in range(2):
        moved(Organisation.objects.get(), Person.objects.get(email="alice@acme.example"), root_has=9999)
        numbers.add(frozenset(Signature.objects.values_list("signer_number", flat=True)))
    assert numbers == {frozenset({-1, -2})}


def test_what_is_signed_off_stays_as_it_was(
    reviewed: Assessment, acme: Organisation, alice: Person, lars: Person
) -> None:
    """With the signatures that were void before; were one of them renumbered, it would not be loaded."""
    return_to_draft(assessment=reviewed, person=alice, reason="Once more", now=SIGNED)
    in_review(reviewed, alice)
    sign_next(reviewed, lars)
    assert sign_next(reviewed, alice)
    before = list(Signature.objects.order_by("pk").values_list("signer_number", "printed_name"))
    moved(acme, alice, root_has=lars.pk)
    assert list(Signature.objects.order_by("pk").values_list("signer_number", "printed_name")) == before
    assert check_sign_off(Assessment.objects.get()) == []


def test_one_number_that_is_taken_moves_one_person(db: None) -> None:
    root = Person.objects.create_user(ROOT, PASSWORD)
    rows = [{"id": root.pk + more, "email": f"p{more}@acme.example", "name": ""} for more in range(4)]
    assert load_people(rows) == {row["id"]: row["id"] for row in rows} | {root.pk: root.pk + 4}


def test_an_account_with_a_high_number_stays_where_it_is(db: None) -> None:
    Person(pk=900, email="p1@acme.example").save(force_insert=True)
    Person(pk=5, email=ROOT).save(force_insert=True)
    rows = [{"id": number, "email": f"p{number}@acme.example", "name": ""} for number in (1, 5, 7)]
    assert load_people(rows) == {1: 900, 5: 901, 7: 7}


def test_the_trail_names_nobody_by_a_number_that_was_somebody_elses(
    reviewed: Assessment, acme: Organisation, alice: Person, lars: Person
) -> None:
    root = moved(acme, alice, root_has=lars.pk)
    here = Organisation.objects.get()
    lines = lines_of(here.pk, entries_of(here.pk, Asked(kind="Signature")))
    said = {change.label: change.after for change in lines[-1].changes}
    assert said["Signer"] == "Lars Lind"
    until = AuditEntry.objects.get(action="loaded from an archive")
    old = lines_of(here.pk, AuditEntry.objects.filter(organisation_id=here.pk, pk__lt=until.pk))
    assert root.name not in {text for line in old for change in line.changes for text in (change.before, change.after)}
    assert faults_of(here.pk) == []
