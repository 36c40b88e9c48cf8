"""The moment at which Alice plans the deletion of Acme, and the one at which it is due."""

from datetime import UTC, datetime

import pytest

from assessments.models import Organisation, Person, PlannedDeletion
from assessments.planned_deletion import WAIT, plan_deletion

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
DUE = NOW + WAIT


@pytest.fixture
def planned(acme: Organisation, alice: Person) -> PlannedDeletion:
    made, _ = plan_deletion(organisation=acme, person=alice, now=NOW)
    return made
