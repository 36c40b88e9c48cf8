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


@pytest.fixture
def archive(full: Organisation, alice: Person) -> bytes:
    made = archived(full)
    empty(full, alice)
    return made


def test_each_is_refused_whole_with_its_words(archive: bytes) -> None:
    """One after the other, because none leaves anything to the next."""
    for what, (change, words) in REFUSED.items():
        with pytest.raises(RefusedError) as refused:
            load_archive(BytesIO(change(archive)), now=NOW)
        assert words in str(refused.value), what
        for model in (Organisation, AuditEntry, Person):
            assert not model.objects.exists(), what
        assert missing("default") == [], what
