"""After the signature nothing of it is written, whatever anybody sends to whichever address."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from assessments.database_rules.announcing import announced
from assessments.models import Assessment, Organisation
from assessments.pdf_processes import renderers
from assessments.signature_checks import check_sign_off
from assessments.signed_rows import read_rows
from assessments.signing_in.limits import forget_tries
from tests.assessments.permission_world import CODE, ROUTES, Visitor, World, add_cast, build, path_of
from tests.assessments.permissions import METHODS, SENT
from tests.signing import in_review, sign_off

pytestmark = pytest.mark.django_db
WRITING = [method for method in METHODS if method != "GET"]
# What a form of an answer sends, on top of what the table of permissions has.
ANSWERED = {f"{CODE}-choice": "2", f"{CODE}-version": "1", "reason": "A reason", "meaning": "prepared", "done": "yes"}
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(renderers, "render", lambda job: job.html.encode())
    built = build("acme")
    add_cast(built)
    yield built
    cache.clear()


def whole(assessment: Assessment) -> list[str]:
    """Each protected row with its digest, and the record itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assessments_signedrecord ORDER BY id")
        records = repr(cursor.fetchall())
    fresh = Assessment.objects.get(pk=assessment.pk)
    return [fresh.status, *(str(row) for row in read_rows(fresh)), records]


class Written:
    """Whether a statement went to the database that may write: where none did, nothing needs to be compared."""

    def __init__(self) -> None:
        self.anything = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.anything |= not sql.lstrip().upper().startswith(READING)
        return execute(sql, params, many, context)


@pytest.mark.parametrize("step", [in_review, sign_off])
def test_no_address_writes_into_it(world: World, step: object) -> None:
    for each in world.assessment.rating_rounds.all():
        each.closed_at = each.opened_at
        each.save()
    step(world.assessment)  # type: ignore[operator]
    is_signed = Assessment.objects.get(pk=world.assessment.pk).is_signed
    before, wrong = whole(world.assessment), []
    visitors = [Visitor(world.owner), Visitor(world.people["lead"]), Visitor(rater_key=world.rater_key)]
    steps = set() if is_signed else {"review_return", "sign"}  # of a review they are what it is for
    for route in sorted(set(ROUTES) - steps):
        values = {**world.values, "rater_id": world.rater.pk} if "rate" in route else world.values
        for path in {path_of(route, world.values), path_of(route, values)}:
            for visitor in visitors:
                for method in WRITING:
                    cache.clear()
                    forget_tries()
                    sent = {**ANSWERED, **{k: v.format(**world.values) for k, v in SENT.get(route, {}).items()}}
                    written = Written()
                    with transaction.atomic(), connection.execute_wrapper(written):
                        answer = visitor.ask(method, path, sent)
                        status = answer.status_code
                        if answer.streaming:
                            b"".join(answer)  # a file is closed when it has been read
                        if status >= 500 or (written.anything and whole(world.assessment) != before):
                            wrong.append(f"{method} {route}: {status}")
                        transaction.set_rollback(True)
    assert wrong == []
    assert whole(world.assessment) == before
    assert check_sign_off(Assessment.objects.get(pk=world.assessment.pk)) == []


def test_the_organisation_that_is_deleted_takes_it_along(world: World) -> None:
    sign_off(world.assessment)
    with transaction.atomic(), announced(with_signed="1"):
        Organisation.objects.filter(pk=world.organisation.pk).delete()
    assert not Assessment.objects.exists()
