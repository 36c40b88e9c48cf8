"""All rules that the database keeps itself, in the order in which they are put in force."""

from collections.abc import Callable

from assessments.database_rules.rules import DatabaseRule, by_name
from assessments.database_rules.signed_rules import signed_rules
from assessments.trail.rules import trail_rules

# Each gives the rules of one subject; they are read when they are needed, once the models are there.
LISTS: tuple[Callable[[], tuple[DatabaseRule, ...]], ...] = (signed_rules, trail_rules)


def all_rules() -> tuple[DatabaseRule, ...]:
    rules = tuple(rule for give in LISTS for rule in give())
    return tuple(by_name(rules).values())
