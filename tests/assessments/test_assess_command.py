"""`manage.py assess`: a file of scores in, report.json and PDF out, nothing stored, nothing half written."""

import io
import json
import os
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError

from assessments.management.commands import assess
from assessments.models import Answer, Assessment, Questionnaire
from assessments.pdf_job import PrintJob
from assessments.pdf_processes import Busy, Failed, renderers
from benchmarks.models import Cohort

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


def test_it_writes_the_workbook_and_the_word_document(scores: Path, tmp_path: Path) -> None:
    for kind in ("xlsx", "docx"):
        file = tmp_path / f"out.{kind}"
        run(str(scores), f"--{kind}", str(file), "--site", "Plant 7")
        assert file.read_bytes().startswith(b"PK")
        assert mode_of(file) == 0o600


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


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_new_file_is_confidential_and_an_existing_one_keeps_its_mode(scores: Path, tmp_path: Path) -> None:
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o664)
    for file in (new, old):
        run(str(scores), "--json", str(file))
        assert json.loads(file.read_text(encoding="utf-8"))["overall"]["score"] == "4.00"
    assert (mode_of(new), mode_of(old)) == (0o600, 0o664)


def test_a_link_stays_and_the_file_behind_it_is_written(scores: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    link, behind = tmp_path / "link.json", tmp_path / "archive" / "report.json"
    link.symlink_to(behind)
    run(str(scores), "--json", str(link))
    assert link.is_symlink()
    assert names_in(tmp_path / "archive") == ["report.json"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder", "this is a folder"),
        ("pipe", "this is a device or pipe"),
        ("device", "this is a device or pipe"),
        ("scores.csv", "this is the file of scores itself"),
        ("also.csv", "this is the file of scores itself"),
        ("loop", "loop"),
        ("scores.csv/out", "the folder does not exist"),
        ("n" * 300, "File name too long"),
    ],
)
def test_what_no_report_may_replace_is_refused(
    name: str, said: str, scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to(os.devnull)
    (tmp_path / "also.csv").hardlink_to(scores)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before, content = names_in(tmp_path), scores.read_bytes()
    told = refused(capsys, str(scores), "--json", str(tmp_path / "out.json"), "--pdf", str(tmp_path / name))
    assert said in told
    assert name in told
    assert (names_in(tmp_path), scores.read_bytes()) == (before, content)


def test_scores_from_standard_input_are_not_replaced_either(
    scores: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with scores.open("rb") as opened:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=opened))
        assert "the file of scores itself" in refused(capsys, "-", "--json", str(scores))


@pytest.mark.parametrize("exists", [False, True])
def test_the_same_file_twice_is_refused(
    exists: bool, scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "out", tmp_path / "link"
    if exists:
        first.write_bytes(b"kept")
        second.hardlink_to(first)
    else:
        second.symlink_to(first)
    before = names_in(tmp_path)
    assert "the same file as" in refused(capsys, str(scores), "--json", str(first), "--pdf", str(second))
    assert names_in(tmp_path) == before


def test_an_empty_name_is_refused(scores: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Name a file after --json" in refused(capsys, str(scores), "--json", "")
    assert "Name a file of scores" in refused(capsys, "")


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_full_disk_leaves_nothing_behind(
    step: str, scores: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, calls = getattr(Path, step), []

    def fails_the_second_time(path: Path, *arguments: object) -> object:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(path, *arguments)

    monkeypatch.setattr(renderers, "render", lambda _: b"%PDF-")
    monkeypatch.setattr(Path, step, fails_the_second_time)
    pdf = tmp_path / "out.pdf"
    said = refused(capsys, str(scores), "--json", str(tmp_path / "out.json"), "--pdf", str(pdf))
    assert said == f"{pdf}: No space left on device\n"
    assert names_in(tmp_path) == ["scores.csv"]


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("", "--site: Write the site's name"),
        (" \u2003", "--site: Write the site's name"),
        ("x" * 201, "--site: Use at most 200 characters; there are 201."),
        ("Plant\n7", "--site: Write this on one line."),
        ("Plant\x07", "--site: Character 6 is an invisible control character (U+0007)"),
        ("Plant\udc80", "--site: Character 6 is an invisible control character (U+DC80)"),
    ],
)
def test_a_site_is_named_as_in_forms(
    site: str, said: str, scores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(capsys, str(scores), "--json", str(tmp_path / "out.json"), "--site", site)
    assert names_in(tmp_path) == ["scores.csv"]


def test_without_a_questionnaire_or_a_cohort_it_says_what_to_start(
    scores: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Cohort.objects.all().delete()
    assert refused(capsys, str(scores)) == f"{assess.UNPREPARED}\n"
    Questionnaire.objects.all().delete()
    assert refused(capsys, "--template") == f"{assess.UNPREPARED}\n"


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OperationalError("no such table: assessments_questionnaire"), assess.UNPREPARED),
        (OperationalError('connection failed: FATAL:  database "qmm" does not exist'), assess.UNPREPARED),
        (ProgrammingError('relation "assessments_questionnaire" is missing\nLINE 1: …'), assess.UNPREPARED),
        (OperationalError("connection refused\nIs it running?"), "The database cannot be read: connection refused"),
    ],
)
def test_a_database_that_cannot_be_read_is_told_in_one_line(
    problem: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> Questionnaire:
        raise problem

    monkeypatch.setattr(assess, "current_questionnaire", fails)
    assert refused(capsys, "--template") == f"{said}\n"


@pytest.mark.parametrize(("problem", "said"), [(Busy(), "too many are under way"), (Failed(""), "ran out of time")])
def test_a_pdf_that_cannot_be_made_is_told_in_one_line(
    problem: Exception,
    said: str,
    scores: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(job: PrintJob) -> bytes:
        raise problem

    monkeypatch.setattr(renderers, "render", fails)
    told = refused(capsys, str(scores), "--json", str(tmp_path / "out.json"), "--pdf", str(tmp_path / "out.pdf"))
    assert said in told
    assert told.count("\n") == 1
    assert names_in(tmp_path) == ["scores.csv"]


def test_at_most_fifty_mistakes_are_listed(scores: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with scores.open("a", encoding="utf-8") as file:
        file.write("kapa,3,,,\n" * 1_062)
    *listed, last = refused(capsys, str(scores)).splitlines()
    assert (len(listed), last) == (50, "and 1,012 more")
