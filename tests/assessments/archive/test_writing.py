"""What an archive holds: all of the organisation and nothing else, exact, safe to open, without what opens anything."""

import csv
import hashlib
import io
import json
from types import SimpleNamespace
from typing import Any

import pytest

from assessments.archive.reports import NotReadyError, print_reports
from assessments.archive.tables import LEFT_OUT, TABLES
from assessments.models import (
    Answer,
    Assessment,
    MemberInvitation,
    Organisation,
    Person,
    Rater,
    Rating,
    ReportLink,
)
from assessments.opening import open_assessment
from assessments.pdf_processes import Busy, Failed, renderers
from assessments.trail.audited import leading_to_an_organisation
from assessments.trail.sealing import head_of_trail
from tests.assessments.archive.conftest import FORMULA, UNSEEN, archived
from tests.assessments.archive.rebuilding import Files, files_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(full: Organisation) -> Files:
    return files_of(archived(full))


def rows(files: Files, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(files[f"data/{name}.json"])
    return found


def test_every_table_of_an_organisation_goes_along_or_is_left_out_for_a_reason() -> None:
    named = {table.name for table in TABLES} | LEFT_OUT.keys()
    assert {model._meta.model_name for model in leading_to_an_organisation()} <= named
    assert all(LEFT_OUT.values())


def test_every_file_has_the_checksum_and_size_that_the_lists_say(files: Files) -> None:
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert {name: hashlib.sha256(files[name]).hexdigest() for name in sums} == sums
    listed = json.loads(files["manifest.json"])["files"]
    assert {each["name"]: (each["bytes"], each["sha256"]) for each in listed} == {
        name: (len(files[name]), digest) for name, digest in sums.items() if name != "manifest.json"
    }


def test_every_table_is_there_with_all_its_rows(files: Files, full: Organisation) -> None:
    told = {each["name"]: each["rows"] for each in json.loads(files["manifest.json"])["tables"]}
    empty = [name for name, count in told.items() if not count]
    assert empty == []
    for table in TABLES:
        expected = table.rows(full.pk).count()
        hidden = table.rows(full.pk).filter(table.hidden).count() if table.hidden else 0
        assert len(rows(files, table.name)) == told[table.name] == expected - hidden


def test_nothing_of_another_organisation_is_in_it(files: Files, other_organisation: Organisation) -> None:
    again = files_of(archived(Organisation.objects.exclude(pk=other_organisation.pk).get()))
    for content in (b"mallory", b"Southgate"):
        assert not [name for name, held in again.items() if content in held]


def test_json_is_exact(files: Files, full: Organisation) -> None:
    assert rows(files, "organisation")[0]["name"] == FORMULA
    answer = Answer.objects.filter(assessment__title="Signed").order_by("pk")[0]
    (stored,) = [row for row in rows(files, "answer") if row["id"] == answer.pk]
    assert (stored["score"], stored["rationale"]) == ("3.50", FORMULA)
    assert stored["sub_element"] == list(answer.sub_element.natural_key())
    assert stored["saved_at"] == "2026-11-30T09:00:00.000000+00:00"


def test_csv_is_the_same_and_runs_nothing(files: Files) -> None:
    for table in TABLES:
        read = list(csv.DictReader(io.StringIO(files[f"data/{table.name}.csv"].decode("utf-8-sig"), newline="")))
        assert len(read) == len(rows(files, table.name))
        cells = [cell for row in read for cell in row.values()]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "-"))]
    assert "'" + FORMULA in files["data/organisation.csv"].decode()


def test_nothing_that_opens_anything_is_in_it(files: Files, alice: Person) -> None:
    secrets = {alice.password, *Rater.objects.values_list("nonce", flat=True)}
    secrets |= set(Rater.objects.exclude(browser_key="").values_list("browser_key", flat=True))
    secrets |= set(ReportLink.objects.values_list("nonce", flat=True))
    secrets |= set(MemberInvitation.objects.values_list("nonce", flat=True))
    assert len(secrets) > 6
    for name, content in files.items():
        assert not [secret for secret in secrets if secret.encode() in content], name
        assert b"password" not in content or name == "manifest.json"


def test_what_raters_were_promised_that_nobody_reads_cannot_be_read(files: Files) -> None:
    assert Rating.objects.filter(rationale=UNSEEN).exists()
    assert not [name for name, content in files.items() if UNSEEN.encode() in content]
    assert {row["name"] for row in rows(files, "rater")} == {"Rita", "Omar"}
    assert json.loads(files["manifest.json"])["hidden_rows"] == 3 + Rating.objects.exclude(rater__name="Omar").count()


def test_of_people_it_has_number_address_and_name(files: Files, alice: Person) -> None:
    people = rows(files, "people")
    assert {"id": alice.pk, "email": alice.email, "name": alice.name} in people
    assert {tuple(person) for person in people} == {("id", "email", "name")}


def test_the_manifest_says_where_the_trail_ends(files: Files, full: Organisation) -> None:
    manifest = json.loads(files["manifest.json"])
    assert manifest["trail_head"] == str(head_of_trail(full.pk))
    assert manifest["organisation"] == {"id": full.pk, "name": FORMULA}


class TestReports:
    def test_there_is_one_for_each_assessment(self, files: Files) -> None:
        reports = json.loads(files["manifest.json"])["reports"]
        assert {each["title"] for each in reports} == {"Signed", "Revised", "Draft"}
        for each in reports:
            assert each["problem"] is None
            assert files[each["file"]].startswith(b"%PDF-")

    def test_one_that_cannot_be_made_is_told_and_stops_nothing(
        self, full: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(job: object) -> bytes:
            raise Failed

        monkeypatch.setattr(renderers, "render", fail)
        files = files_of(archived(full))
        assert not [name for name in files if name.startswith("reports/")]
        for each in json.loads(files["manifest.json"])["reports"]:
            assert each["file"] is None
            assert "more time or memory" in each["problem"]

    def test_it_waits_for_its_turn(self, full: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[object] = []

        def busy_at_first(job: object) -> bytes:
            asked.append(job)
            if len(asked) < 3:
                raise Busy
            return b"%PDF-1.7"

        monkeypatch.setattr(renderers, "render", busy_at_first)
        monkeypatch.setattr("assessments.archive.reports.PAUSE", 0)
        assert [each.problem for each in print_reports(full)] == ["", "", ""]

    def test_after_the_deadline_none_is_begun_and_those_made_are_kept(
        self, full: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moments = iter([1.0, 3.0])
        clock = SimpleNamespace(monotonic=lambda: next(moments))
        monkeypatch.setattr("assessments.archive.reports.time", clock)  # of this module alone: threads ask the time too
        with pytest.raises(NotReadyError) as waiting:
            list(print_reports(full, deadline=2.0))
        assert (waiting.value.ready, waiting.value.total) == (1, 3)


def test_memory_does_not_grow_with_the_number_of_rows(full: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows go to the file as they come: no query fetches them all."""
    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", _refuse_more_than(100))
    for number in range(6):
        open_assessment(site=full.sites.get(), title=f"More {number}", period="2026")
    assert Answer.objects.count() > 100
    archived(full)
    assert Assessment.objects.count() == 9


def _refuse_more_than(most: int) -> Any:
    def fetch_all(rows: Any) -> None:
        if rows._result_cache is None:
            rows._result_cache = list(rows._iterable_class(rows))
        assert len(rows._result_cache) <= most, rows.model

    return fetch_all
