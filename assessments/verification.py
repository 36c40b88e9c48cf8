"""What `manage.py verify` looks at, one check after another; each gives a sentence for whatever does not hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from assessments.database_rules.installing import missing
from assessments.models import Assessment, AssessmentStatus
from assessments.signature_checks import check_sign_off
from assessments.trail.sealing import head_of_trail
from assessments.trail.verifying import faults_of, organisations_with_trail


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be verified about all that is stored."""

    subject: str
    faults: Callable[[], Iterable[str]]


def missing_rules() -> list[str]:
    return [f"The database no longer keeps the rule {rule.name} on {rule.table}." for rule in missing(DEFAULT_DB_ALIAS)]


def broken_trails() -> list[str]:
    return [
        f"Organisation {organisation}: {fault}"
        for organisation in organisations_with_trail()
        for fault in faults_of(organisation)
    ]


def broken_sign_offs() -> list[str]:
    signed = Assessment.objects.filter(Q(status=AssessmentStatus.SIGNED) | Q(signed_record__isnull=False))
    return [f"Assessment {each.pk}: {fault}" for each in signed.order_by("pk") for fault in check_sign_off(each)]


CHECKS: tuple[Check, ...] = (
    Check("the rules that the database keeps", missing_rules),
    Check("the audit trail of every organisation", broken_trails),
    Check("every sign-off", broken_sign_offs),
)


def heads() -> list[str]:
    """The head of each chain, to be compared with one that was printed or written down."""
    return [f"{organisation}:{head_of_trail(organisation)}" for organisation in organisations_with_trail()]
