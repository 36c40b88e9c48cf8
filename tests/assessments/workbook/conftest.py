"""An assessment with its workbook, and the two steps of an import as a browser takes them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from tests.assessments.workbook.steps import Confirm, Page, Upload, Workbook, token_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def workbook(alice_client: Client, assessment: Assessment) -> Workbook:
    """The workbook as it is downloaded now."""
    return lambda: alice_client.get(reverse("assessments:workbook", args=[assessment.pk])).content


@pytest.fixture
def import_url(assessment: Assessment) -> str:
    return reverse("assessments:workbook_import", args=[assessment.pk])


@pytest.fixture
def upload(alice_client: Client, import_url: str) -> Upload:
    return lambda content: alice_client.post(import_url, {"workbook": SimpleUploadedFile("book.xlsx", content, XLSX)})


@pytest.fixture
def confirm(alice_client: Client, import_url: str) -> Confirm:
    """Send the form of a dry run, with decisions by code."""

    def send(page: Page, **decisions: str) -> Page:
        kept = {f"{code.replace('_', '-')}-keep": keep for code, keep in decisions.items()}
        return alice_client.post(import_url, {"proposal": token_of(page), **kept})

    return send
