"""An archive with something wrong in it is refused whole: nothing of it is there, and the database keeps its rules."""

from io import BytesIO

import pytest

from assessments.archive.loading import load_archive
from assessments.archive.refusals import RefusedError
from assessments.database_rules.installing import missing
from assessments.models import AuditEntry, Organisation, Person
from tests.assessments.archive.conftest import NOW, archived, empty
from tests.assessments.archive.refused import REFUSED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def made() -> list[bytes]:
    """The archive, once somebody has made it: the same for all, and making it takes longer than refusing it."""
    return []


@pytest.fixture
def archive(made: list[bytes], request: pytest.FixtureRequest) -> bytes:
    if not made:
        full, alice = request.getfixturevalue("full"), request.getfixturevalue("alice")
        made.append(archived(full))
        empty(full, alice)
    return made[0]


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_whole(what: str, archive: bytes) -> None:
    change, words = REFUSED[what]
    with pytest.raises(RefusedError) as refused:
        load_archive(BytesIO(change(archive)), now=NOW)
    assert words in str(refused.value)
    assert not Organisation.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not Person.objects.exists()
    assert missing("default") == []
