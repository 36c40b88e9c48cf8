"""docs/signing.md: its commands find the digest of what was signed in the PDF and in `report.json`, as on the page."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from assessments.kept_pdfs import forget_pdfs
from assessments.models import Assessment, Person
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import renderers
from tests.assessments.test_answering import save, scored
from tests.signing import sign_off

pytestmark = pytest.mark.django_db
DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "signing.md").read_text(encoding="utf-8")


@pytest.fixture
def signed(assessment: Assessment, alice: Person) -> Assessment:
    save(assessment, scored("3.4", rationale="Reviewed each month, “Süd” too"), alice, seen=0)
    return sign_off(assessment, alice)


def taken(client: Client, assessment: Assessment, part: str) -> tuple[str, bytes]:
    """A file by the name that it is given, and what it holds."""
    answer = client.get(f"/assessments/{assessment.pk}/{part}")
    (name,) = re.findall(r'filename="(.+)"', answer["Content-Disposition"])
    return name, answer.content


def test_by_hand_the_digest_is_found_wherever_the_document_says(
    alice_client: Client, signed: Assessment, tmp_path: Path
) -> None:
    names = []
    for part in ("signatures/data.json", "report.pdf"):
        name, content = taken(alice_client, signed, part)
        (tmp_path / name).write_bytes(content)
        names.append(name)
    (commands,) = re.findall(r"^```sh\n(.+?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert sorted(set(re.findall(r"qmm-\S+", commands))) == sorted(names)
    run = subprocess.run(["sh", "-euc", commands], check=True, capture_output=True, text=True, cwd=tmp_path)
    of_the_data, of_the_text, of_the_attachment = run.stdout.splitlines()
    digest = of_the_data.split()[0]
    assert of_the_text == f"SHA-256 {digest}"
    assert of_the_attachment.strip() == f'"digest": "{digest}",'
    assert (tmp_path / "report.json").read_bytes() == taken(alice_client, signed, "report.json")[1]
    assert digest in alice_client.get(f"/assessments/{signed.pk}/signatures/").text


def test_made_again_the_pdf_is_the_same_byte_for_byte(
    alice_client: Client, signed: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later, with the kept copy gone and the site renamed."""
    rendered: list[PrintJob] = []
    render = renderers.render

    def noted(job: PrintJob) -> bytes:
        rendered.append(job)
        return render(job)

    monkeypatch.setattr(renderers, "render", noted)
    forget_pdfs(str(signed.pk))
    first = taken(alice_client, signed, "report.pdf")
    forget_pdfs(str(signed.pk))
    signed.site.organisation.sites.update(name="Renamed since")
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(minutes=5))
    assert taken(alice_client, signed, "report.pdf") == first
    assert len(rendered) == 2
