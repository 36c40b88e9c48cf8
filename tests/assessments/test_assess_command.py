"""`manage.py assess`: a file of scores in, report.json and PDF out, nothing stored, nothing half written."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from assessments.models import Answer, Assessment

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("assess", *arguments, stdout=output)
    return output.getvalue()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as caught:
        call_command("assess", *arguments)
    assert caught.value.code == 2
    return capsys.readouterr().err


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    file = tmp_path / "scores.csv"
    file.write_text(run("--template").replace(",,,,", ",4.0,,,"), encoding="utf-8")
    return file


def test_it_writes_both_files_and_stores_nothing(scores: Path, tmp_path: Path) -> None:
    json_file, pdf_file = tmp_path / "out.json", tmp_path / "out.pdf"
    said = run(str(scores), "--json", str(json_file), "--pdf", str(pdf_file), "--site", "Plant 7", "--paper", "letter")
    assert "Plant 7 stands at or above five of the nine sites of the FDA 2024 cohort" in said
    data = json.loads(json_file.read_text(encoding="utf-8"))
    assert (data["assessment"]["id"], data["assessment"]["site"]) == (None, "Plant 7")
    assert data["overall"]["score"] == "4.00"
    assert pdf_file.read_bytes().startswith(b"%PDF-")
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.json", "out.pdf", "scores.csv"]


def test_a_dash_reads_standard_input(scores: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(scores.read_bytes())))
    assert "at or above five" in run("-")


def test_a_wrong_file_is_told_with_its_name_and_nothing_is_written(
    scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores.write_text(scores.read_text(encoding="utf-8").replace("capa,4.0", "capa,9"), encoding="utf-8")
    said = refused(capsys, str(scores), "--json", str(tmp_path / "out.json"))
    assert f"{scores}, line 12, column score: '9' is not a score." in said
    assert not (tmp_path / "out.json").exists()


def test_an_unwritable_second_file_leaves_no_first(
    scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, str(scores), "--json", str(tmp_path / "out.json"), "--pdf", str(tmp_path / "no" / "out.pdf"))
    assert "the folder does not exist" in said
    assert [file.name for file in tmp_path.iterdir()] == ["scores.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv"], "missing.csv: No such file or directory"),
        ([], "Name a file of scores"),
        (["{scores}", "--cohort", "fda-1999"], "There is no cohort 'fda-1999'; there is fda-2024."),
    ],
)
def test_other_mistakes_are_told_too(
    arguments: list[str], said: str, scores: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(capsys, *(argument.format(scores=scores) for argument in arguments))
