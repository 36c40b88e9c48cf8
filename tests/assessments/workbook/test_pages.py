"""The pages of the workbook: the download, the form that takes it, and what it answers to everything that is none."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from assessments.access import ROLE_ACTIONS, Action
from assessments.models import Assessment, Role, Site
from assessments.opening import open_assessment
from assessments.uploads import InMemoryUploadHandler
from assessments.views import workbooks
from assessments.workbook.cells import read_sheets
from assessments.workbook.limits import MOST_BYTES
from assessments.workbook.refusals import TOO_LARGE
from tests.assessments.workbook.hostile import FILES
from tests.assessments.workbook.steps import (
    LEADERSHIP,
    Confirm,
    Upload,
    Workbook,
    filled_in,
    nothing_is_stored,
    shown,
    token_of,
)
from tests.signing import sign_off

pytestmark = pytest.mark.django_db


def overview(assessment: Assessment) -> str:
    return reverse("assessments:overview", args=[assessment.pk])


class TestTheDownload:
    def test_it_comes_as_a_file_that_nobody_else_keeps(self, alice_client: Client, assessment: Assessment) -> None:
        response = alice_client.get(f"/assessments/{assessment.pk}/workbook.xlsx")
        assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        name = "qmm-northfield-july-to-september-2026-questionnaire.xlsx"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Cache-Control"] == "private, no-store"
        assert len(read_sheets(response.content)) == 6

    def test_a_long_name_keeps_its_ending(self, alice_client: Client, northfield: Site) -> None:
        long = open_assessment(site=northfield, title="Long", period="a very long period " * 10)
        disposition = alice_client.get(f"/assessments/{long.pk}/workbook.xlsx")["Content-Disposition"]
        assert disposition.endswith('-questionnaire.xlsx"')
        assert len(disposition) < 120

    def test_it_asks_the_database_little(
        self, alice_client: Client, assessment: Assessment, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        with django_assert_max_num_queries(7 + (connection.vendor == "postgresql")):  # two or three are for the trail
            alice_client.get(f"/assessments/{assessment.pk}/workbook.xlsx")

    def test_a_signed_off_assessment_can_be_taken_along_too(self, alice_client: Client, assessment: Assessment) -> None:
        sign_off(assessment)
        assert alice_client.get(f"/assessments/{assessment.pk}/workbook.xlsx").status_code == 200

    def test_the_overview_leads_to_both(self, alice_client: Client, assessment: Assessment) -> None:
        page = alice_client.get(overview(assessment)).text
        assert f'href="/assessments/{assessment.pk}/workbook.xlsx"' in page
        assert f'href="/assessments/{assessment.pk}/workbook/import/"' in page
        sign_off(assessment)
        page = alice_client.get(overview(assessment)).text
        assert f'href="/assessments/{assessment.pk}/workbook.xlsx"' in page
        assert "workbook/import/" not in page


class TestWhoMay:
    def test_someone_who_may_only_look_can_download_and_not_import(
        self, alice_client: Client, assessment: Assessment, import_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW}))
        assert alice_client.get(f"/assessments/{assessment.pk}/workbook.xlsx").status_code == 200
        assert alice_client.get(import_url).status_code == 404
        assert alice_client.post(import_url, {"proposal": "x"}).status_code == 404

    def test_someone_who_may_answer_can_import(
        self, import_url: str, workbook: Workbook, upload: Upload, confirm: Confirm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW, Action.ANSWER, Action.ANSWER_ALL}))
        assert confirm(upload(filled_in(workbook(), LEADERSHIP))).status_code == 302

    def test_an_outsider_with_the_file_gets_nowhere(
        self, mallory_client: Client, import_url: str, workbook: Workbook, assessment: Assessment
    ) -> None:
        file = SimpleUploadedFile("book.xlsx", filled_in(workbook(), LEADERSHIP))
        assert mallory_client.post(import_url, {"workbook": file}).status_code == 404
        assert nothing_is_stored(assessment)

    def test_a_form_from_elsewhere_is_refused(
        self, assessment: Assessment, alice_client: Client, import_url: str
    ) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = alice_client.cookies
        assert strict.post(import_url, {"proposal": "x"}).status_code == 403


class TestTheForm:
    def test_it_takes_a_file(self, alice_client: Client, import_url: str) -> None:
        page = alice_client.get(import_url).text
        assert 'enctype="multipart/form-data"' in page
        assert 'type="file" name="workbook" accept=".xlsx"' in page

    @pytest.mark.parametrize("name", FILES)
    def test_what_is_no_workbook_is_told_so(self, name: str, assessment: Assessment, upload: Upload) -> None:
        content, message = FILES[name]
        page = upload(content)
        assert page.status_code == 422
        assert message in shown(page)
        assert nothing_is_stored(assessment)

    def refusal(self, client: Client, url: str, data: dict[str, Any]) -> str:
        response = client.post(url, data)
        assert response.status_code == 422
        return shown(response)

    def test_without_a_file(self, alice_client: Client, import_url: str) -> None:
        for data in ({}, {"workbook": ""}, {"workbook": "not a file"}):
            assert "Choose the workbook that you have filled in." in self.refusal(alice_client, import_url, data)

    def test_with_an_empty_file(self, alice_client: Client, import_url: str) -> None:
        empty = SimpleUploadedFile("book.xlsx", b"")
        assert "The file is empty." in self.refusal(alice_client, import_url, {"workbook": empty})

    @pytest.mark.parametrize("names", [["workbook", "workbook"], ["workbook", "other"]])
    def test_with_two_files(
        self, names: list[str], alice_client: Client, import_url: str, workbook: Workbook, assessment: Assessment
    ) -> None:
        content = filled_in(workbook(), LEADERSHIP)
        files: dict[str, Any] = {}
        for name in names:
            files.setdefault(name, []).append(SimpleUploadedFile("book.xlsx", content))
        assert "Several files arrived" in self.refusal(alice_client, import_url, files)
        assert nothing_is_stored(assessment)

    @pytest.mark.parametrize("size", [MOST_BYTES + 1, 3 * MOST_BYTES])
    def test_with_too_large_a_file(self, size: int, alice_client: Client, import_url: str) -> None:
        large = SimpleUploadedFile("book.xlsx", b"PK" + b"\0" * size)
        assert TOO_LARGE in self.refusal(alice_client, import_url, {"workbook": large})

    def test_the_name_of_the_file_does_not_matter(
        self, alice_client: Client, import_url: str, workbook: Workbook
    ) -> None:
        file = SimpleUploadedFile("../../" + "x" * 300 + ".exe", filled_in(workbook(), LEADERSHIP))
        assert "1 answer would change" in shown(alice_client.post(import_url, {"workbook": file}))


def test_when_the_database_is_away_the_page_shows_no_machine_text(
    alice_client: Client,
    import_url: str,
    workbook: Workbook,
    upload: Upload,
    confirm: Confirm,
    assessment: Assessment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = upload(filled_in(workbook(), LEADERSHIP))

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(workbooks, "confirm_import", away)
    response = confirm(page)
    assert response.status_code == 503
    assert token_of(page)[:40] not in response.text
    assert nothing_is_stored(assessment)


class TestUploads:
    @pytest.fixture(autouse=True)
    def small(self, settings: Any) -> None:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    def received(self, *portions: bytes) -> Any:
        handler = InMemoryUploadHandler(HttpRequest())
        handler.new_file("workbook", "book.xlsx", "text/plain", None)
        start = 0
        for portion in portions:
            handler.receive_data_chunk(portion, start)
            start += len(portion)
        return handler.file_complete(start)

    def test_a_file_is_kept_in_memory(self) -> None:
        file = self.received(b"12345", b"678")
        assert (file.read(), file.size, type(file.file)) == (b"12345678", 8, BytesIO)

    def test_of_too_large_a_file_the_size_is_kept_and_the_rest_thrown_away(self) -> None:
        file = self.received(b"1234567", b"8" * 100, b"9")
        assert (file.read(), file.size) == (b"1234567" + b"8888", 108)

    def test_several_files_share_the_room(self) -> None:
        handler = InMemoryUploadHandler(HttpRequest())
        kept = []
        for _ in range(3):
            handler.new_file("workbook", "book.xlsx", "text/plain", None)
            handler.receive_data_chunk(b"12345678", 0)
            kept.append(handler.file_complete(8).read())
        assert kept == [b"12345678", b"123", b""]

    def test_every_upload_goes_this_way(self, settings: Any) -> None:
        assert settings.FILE_UPLOAD_HANDLERS == ["assessments.uploads.WholeUploadHandler"]
