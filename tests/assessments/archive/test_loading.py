"""An archive loaded into an empty product: the same rows, digests and chain; refused whole when anything is wrong."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.archive import reading
from assessments.archive.loading import load_archive
from assessments.archive.refusals import RefusedError
from assessments.archive.tables import TABLES
from assessments.database_rules.installing import missing
from assessments.models import (
    Assessment,
    AuditEntry,
    Organisation,
    Person,
    Rater,
    Rating,
    ReportLink,
    Review,
    Signature,
)
from assessments.signature_checks import check_sign_off
from assessments.trail.sealing import head_of_trail, is_in_trail
from assessments.trail.verifying import faults_of
from tests.assessments.archive.conftest import NOW, archived, empty
from tests.assessments.archive.rebuilding import files_of
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
Snapshot = dict[str, list[dict[str, Any]]]


def snapshot(organisation_id: int) -> Snapshot:
    """Every row of every table, but for what opens links."""
    return {
        table.name: list(table.rows(organisation_id).values(*(field.attname for field in table.fields)))
        for table in TABLES
    }


@pytest.fixture
def archive(full: Organisation) -> bytes:
    return archived(full)


@pytest.fixture
def before(archive: bytes, full: Organisation) -> Snapshot:
    return snapshot(full.pk)


@pytest.fixture
def emptied(archive: bytes, before: Snapshot, full: Organisation, alice: Person) -> bytes:
    empty(full, alice)
    return archive


def load(archive: bytes) -> Organisation:
    return load_archive(BytesIO(archive), now=NOW + timedelta(days=30)).organisation


class TestTheSame:
    def test_every_row_is_as_it_was(self, emptied: bytes, before: Snapshot) -> None:
        after = snapshot(load(emptied).pk)
        added = {name: len(after[name]) - len(rows) for name, rows in before.items()}
        assert {name: more for name, more in added.items() if more} == {"auditentry": 1, "auditseal": 1}
        assert {name: after[name][: len(rows)] for name, rows in before.items()} == before

    def test_every_digest_and_seal_holds(self, emptied: bytes) -> None:
        manifest = json.loads(files_of(emptied)["manifest.json"])
        organisation = load(emptied)
        signed = Assessment.objects.get(title="Signed")
        assert signed.is_signed
        assert check_sign_off(signed) == []
        assert faults_of(organisation.pk) == []
        number, hashed = manifest["trail_head"].split(":")
        assert is_in_trail(organisation.pk, type(head_of_trail(organisation.pk))(int(number), hashed))
        call_command("verify", verbosity=0)

    def test_that_it_was_loaded_is_the_newest_entry_of_its_trail(self, emptied: bytes) -> None:
        load(emptied)
        entry = AuditEntry.objects.order_by("-pk")[0]
        assert (entry.action, json.loads(entry.after)) == (
            "loaded from an archive",
            {
                "written at": "2026-11-30T09:00:00+00:00",
                "numbers of people": {str(number): number for number in Person.objects.values_list("pk", flat=True)},
            },
        )

    def test_the_database_keeps_its_rules_again_and_numbers_go_on(self, emptied: bytes) -> None:
        organisation = load(emptied)
        assert missing("default") == []
        assert organisation.sites.create(name="Another").pk
        assert Person.objects.create_user("new@acme.example", PASSWORD).pk

    def test_an_archive_of_it_holds_the_same_data(self, emptied: bytes) -> None:
        again = files_of(archived(load(emptied)))
        for name, content in files_of(emptied).items():
            if name.startswith(("data/", "reports/")) and "audit" not in name and name != "data/hidden.bin":
                assert again[name] == content, name

    def test_links_of_before_open_nothing(self, archive: bytes, full: Organisation, alice: Person) -> None:
        old = {*Rater.objects.values_list("nonce", flat=True), *ReportLink.objects.values_list("nonce", flat=True)}
        empty(full, alice)
        load(archive)
        new = {*Rater.objects.values_list("nonce", flat=True), *ReportLink.objects.values_list("nonce", flat=True)}
        assert len(new) == len(old)
        assert not old & new


class TestPeople:
    def test_they_come_without_a_way_to_sign_in(self, emptied: bytes, alice: Person) -> None:
        load(emptied)
        person = Person.objects.get(email="alice@acme.example")
        assert (person.pk, person.name, person.is_active, person.is_staff) == (alice.pk, "Alice Adler", False, False)
        assert not person.has_usable_password()

    def test_who_has_an_account_keeps_it_and_everything_still_holds(self, emptied: bytes, alice: Person) -> None:
        """Under another number; and the number they had is somebody else's here."""
        root = Person(pk=alice.pk, email="root@server.example")
        root.save()
        here = Person.objects.create_user("alice@acme.example", PASSWORD, name="Alice")
        assert here.pk != alice.pk
        load(emptied)
        here.refresh_from_db()
        assert (here.name, here.is_active, here.check_password(PASSWORD)) == ("Alice", True, True)
        assert here.memberships.get().role == "owner"
        assert not root.memberships.exists()
        signed = Assessment.objects.get(title="Signed")
        assert check_sign_off(signed) == []
        assert not Signature.objects.exclude(signer=None).exists()
        assert Signature.objects.values_list("printed_name", flat=True)[0] == "Alice Adler"
        assert Review.objects.get().sender_name == "Alice Adler"


def test_too_many_files_are_not_even_looked_at(emptied: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    with pytest.raises(RefusedError, match="no archive has more than 3"):
        load(emptied)


def test_too_much_of_it_is_not_unpacked(emptied: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    with pytest.raises(RefusedError, match="too large"):
        load(emptied)


def test_into_a_product_that_is_not_empty_it_is_not_loaded(archive: bytes, full: Organisation, tmp_path: Any) -> None:
    file = tmp_path / "acme.zip"
    file.write_bytes(archive)
    with pytest.raises(CommandError, match="an organisation in this product already"):
        call_command("load_archive", file)
    assert Organisation.objects.count() == 1


def test_with_another_key_it_says_whose_is_needed(emptied: bytes, settings: Any) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another key, of another server, long enough 0123456789"
    with pytest.raises(RefusedError, match="SECRET_KEY"):
        load(emptied)
    settings.SECRET_KEY_FALLBACKS = [old]
    load(emptied)
    assert Rating.objects.exists()


def test_by_command_there_and_back(full: Organisation, alice: Person, tmp_path: Any, capsys: Any) -> None:
    file = tmp_path / "acme.zip"
    call_command("archive", str(full.pk), file)
    assert AuditEntry.objects.order_by("-pk")[0].about == "archive"
    empty(full, alice)
    call_command("load_archive", file)
    said = capsys.readouterr().out
    assert "all seals and signatures hold" in said
    assert "of its people are new here" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["acme.zip"]


@pytest.mark.parametrize("name", ["Acme", "999999", "٣", "9" * 30])
def test_the_command_says_whom_it_does_not_know(name: str, full: Organisation, tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="No organisation is called"):
        call_command("archive", name, tmp_path / "acme.zip")


def test_commands_say_which_file_cannot_be_used(full: Organisation, tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_archive", tmp_path / "none.zip")
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        call_command("archive", str(full.pk), tmp_path / "no" / "such" / "folder.zip")
