"""The rules that keep the source readable, read from the source itself: a rule that is no test leaks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assessments", "benchmarks", "qmm_site", "tests")
LONGEST_MODULE = 300
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "common", "misc"}

# What computes needs no database and no request, and can be read and tested alone.
PURE = (
    "assessments/agreement.py",
    "assessments/anonymity.py",
    "assessments/exports/workbook/formulas.py",
    "assessments/progress.py",
    "assessments/rating_strip.py",
    "assessments/scoring.py",
    "assessments/since.py",
    "assessments/since_words.py",
    "assessments/seen.py",
    "assessments/slope.py",
    "assessments/texts.py",
    "assessments/workbook/cells.py",
    "assessments/workbook/escapes.py",
    "assessments/workbook/excerpts.py",
    "assessments/workbook/layout.py",
    "assessments/workbook/limits.py",
    "assessments/workbook/places.py",
    "assessments/workbook/values.py",
    "benchmarks/correlation.py",
    "benchmarks/distribution.py",
    "benchmarks/formatting.py",
    "benchmarks/letters.py",
    "benchmarks/placement.py",
    "benchmarks/scores.py",
    "benchmarks/span.py",
    "benchmarks/strip.py",
)
# These take a finished Report, whose module also reads the database to build one.
PURE_ABOUT_A_REPORT = (
    "assessments/agenda.py",
    "assessments/arithmetic.py",
    "assessments/charts.py",
    "assessments/comparison.py",
    "assessments/rating_words.py",
    "assessments/redaction.py",
)
FRAMEWORKS = {"django", "qmm_site", "weasyprint"}
# manage.py sets a variable first; Django registers checks in ready(); the web process must not load the PDF library.
MAY_IMPORT_LATE = {"manage.py", "assessments/apps.py", "benchmarks/apps.py", "assessments/pdf_processes.py"}
THE_PDF_MODULE = "assessments/pdf.py"
THE_WORD_MODULE = "assessments/exports/document/word_file.py"


def modules() -> list[Path]:
    found = [ROOT / "manage.py"]
    for package in PACKAGES:
        found += [path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts]
    return found


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported anywhere below this node, by their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> set[str]:
    return set(imports(tree_of(path)))


def packages_of(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(path)}


def needed_by(path: Path, seen: set[Path] | None = None) -> set[str]:
    """The packages that a module needs, also through modules of ours that it imports."""
    seen = {path} if seen is None else seen
    found = packages_of(path)
    for name in imports_of(path):
        module = ROOT / f"{name.replace('.', '/')}.py"
        if module.is_file() and module not in seen:
            seen.add(module)
            found |= needed_by(module, seen)
    return found


def product_modules() -> list[Path]:
    return [path for path in modules() if path.relative_to(ROOT).parts[0] != "tests"]


def templates() -> list[Path]:
    return [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in (".html", ".svg")]


def test_no_module_is_long() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in modules() if not ast.get_docstring(tree_of(path))]
    assert [named(path) for path in silent if path.name != "__init__.py" or path.stat().st_size] == []


def test_no_import_hides_in_a_function() -> None:
    late = [
        f"{named(path)} imports {imported} in {node.name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and named(path) not in MAY_IMPORT_LATE
        for imported in imports(node)
    ]
    assert late == []


def test_every_name_says_what_is_inside() -> None:
    parts = {part.removesuffix(".py") for path in modules() for part in path.relative_to(ROOT).parts}
    assert EMPTY_NAMES & parts == set()


def test_benchmarks_know_nothing_of_assessments() -> None:
    measuring_stick = [path for path in product_modules() if path.relative_to(ROOT).parts[0] == "benchmarks"]
    assert len(measuring_stick) > 5
    assert [named(path) for path in measuring_stick if "assessments" in packages_of(path)] == []


@pytest.mark.parametrize("name", PURE)
def test_what_computes_needs_no_django_not_even_by_way_of_others(name: str) -> None:
    assert not FRAMEWORKS & needed_by(ROOT / name)


@pytest.mark.parametrize("name", PURE_ABOUT_A_REPORT)
def test_what_draws_or_words_a_report_needs_no_django_itself(name: str) -> None:
    assert not FRAMEWORKS & packages_of(ROOT / name)


def test_one_module_alone_knows_how_a_pdf_is_made() -> None:
    assert [named(path) for path in product_modules() if "weasyprint" in packages_of(path)] == [THE_PDF_MODULE]


def test_one_module_alone_knows_how_a_word_document_is_made() -> None:
    assert [named(path) for path in product_modules() if "docx" in packages_of(path)] == [THE_WORD_MODULE]


def offenders(pattern: str) -> list[str]:
    """The templates in which the pattern is found."""
    return [named(path) for path in templates() if re.search(pattern, path.read_text(encoding="utf-8"))]


def test_templates_have_no_style_of_their_own() -> None:
    assert offenders(r"<style\b|\sstyle\s*=") == []


@pytest.mark.asvs("3.4.3")
def test_templates_have_no_script_of_their_own() -> None:
    assert offenders(r"<script\b(?![^>]*\ssrc=)") == []
    assert offenders(r"""\son[a-z]+\s*=\s*["']|javascript:""") == []


@pytest.mark.asvs("14.2.3", "13.2.5")
def test_templates_load_nothing_from_elsewhere() -> None:
    elements = "link|script|img|image|use|iframe|object|embed|source|video|audio"
    assert offenders(rf"""<(?:{elements})\b[^>]*\s(?:xlink:)?(?:src|href|srcset|data)=["']?(?:https?:)?//""") == []


def test_style_sheets_load_nothing_from_elsewhere() -> None:
    sheets = sorted((ROOT / "static").rglob("*.css"))
    assert sheets
    elsewhere = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""")
    assert [named(sheet) for sheet in sheets if elsewhere.search(sheet.read_text(encoding="utf-8"))] == []
