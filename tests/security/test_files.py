"""Files that come in are read and gone; what goes out as data is what was typed."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.models import Answer, Assessment

TYPED = '</script><script>alert(1)</script> " \\ \u2028 {{ x }} <2 %'


def files_of_the_server() -> set[Path]:
    return {path for path in Path(settings.VAR_DIR).rglob("*") if "sqlite3" not in path.name}


@pytest.mark.asvs("5.3.1", "5.3.2")
@pytest.mark.parametrize("name", ["../../evil.py", "evil.php", "/etc/evil", "workbook.xlsx", "a\0b.xlsx", "CON"])
def test_an_upload_is_stored_nowhere_whatever_it_is_called(
    alice_client: Client, assessment: Assessment, name: str
) -> None:
    before = files_of_the_server()
    upload = SimpleUploadedFile("x", b"PK\x03\x04 import os", content_type="text/x-python")
    upload.name = name
    response = alice_client.post(f"/assessments/{assessment.pk}/workbook/import/", {"workbook": upload})
    assert response.status_code == 422
    assert files_of_the_server() == before
    assert not settings.MEDIA_ROOT
    assert all(handler.startswith("assessments.uploads.") for handler in settings.FILE_UPLOAD_HANDLERS)


@pytest.mark.asvs("1.2.3")
def test_json_says_exactly_what_was_typed(alice_client: Client, assessment: Assessment) -> None:
    Answer.objects.filter(assessment=assessment, sub_element__code="capa").update(rationale=TYPED)
    response = alice_client.get(f"/assessments/{assessment.pk}/report.json")
    (capa,) = [each for each in json.loads(response.content)["sub_elements"] if each["code"] == "capa"]
    assert capa["rationale"] == TYPED
