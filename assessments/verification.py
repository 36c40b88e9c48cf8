"""What `manage.py verify` looks at, one check after another; each gives a sentence for whatever does not hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from assessments.database_rules.installing import missing
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


CHECKS: tuple[Check, ...] = (
    Check("the rules that the database keeps", missing_rules),
    Check("the audit trail of every organisation", broken_trails),
)


def heads() -> list[str]:
    """The head of each chain, to be compared with one that was printed or written down."""
    return [f"{organisation}:{head_of_trail(organisation)}" for organisation in organisations_with_trail()]
