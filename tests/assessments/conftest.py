"""A named round of Alice’s assessment, Rita of quality who is asked to rate in it, and the browser she began in."""

import pytest
from django.test import Client

from assessments.models import Assessment, Person, Rater, RatingRound
from tests.raters import begun, invited, opened


@pytest.fixture
def named(assessment: Assessment, alice: Person) -> RatingRound:
    return opened(assessment, alice)


@pytest.fixture
def rita(named: RatingRound) -> Rater:
    return invited(named)


@pytest.fixture
def browser(rita: Rater) -> Client:
    opened_in = begun(rita)
    rita.refresh_from_db()
    return opened_in
