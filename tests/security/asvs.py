"""`python -m tests.security.asvs`: writes the table of docs/security.md from docs/asvs.toml and the marks on the tests.

A test says by `@pytest.mark.asvs("6.2.1")` which requirement fails when it fails.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- written by ./run asvs -->", "<!-- until here -->"
MOST_NAMED = 4


def requirements() -> dict[str, Any]:
    return tomllib.loads((ROOT / "docs" / "asvs.toml").read_text(encoding="utf-8"))


def chapters(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: chapter for name, chapter in said.items() if re.fullmatch(r"V\d+", name)}


def applicable(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        number: entry for chapter in chapters(said).values() for number, entry in chapter.items() if number != "title"
    }


def marked() -> dict[str, list[str]]:
    """The tests of each requirement, by where they are; read from the source, so that none has to run for it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for number, name in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(number, []).append(f"{path.relative_to(ROOT / 'tests').as_posix()}::{name}")
    for test, numbers in requirements()["unmarked"].items():
        for number in numbers:
            found.setdefault(number, []).append(test)
    return found


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.asvs":
                    yield from ((ast.literal_eval(argument), node.name) for argument in decorator.args)


def table() -> str:
    said, tests = requirements(), marked()
    lines = []
    for name, chapter in chapters(said).items():
        lines += [f"### {name} {chapter['title']}", "", "| | level | what is asked | shown by |", "|---|---|---|---|"]
        for number, entry in chapter.items():
            if number != "title":
                shown = _shown(entry, tests.get(number, []), number in said["deviations"])
                lines.append(f"| {number} | {entry['level']} | {entry['asks']} | {shown} |")
        lines.append("")
    lines += ["### Deviations", ""]
    lines += [f"- **{number}** {reason}" for number, reason in said["deviations"].items()]
    lines += ["", "### What does not apply", ""]
    lines += [f"- {', '.join(each['numbers'])}: {each['why']}." for each in said["not_applicable"]]
    return "\n".join(lines)


def _shown(entry: dict[str, Any], tests: list[str], is_deviation: bool) -> str:
    named = [f"`{test}`" for test in tests[:MOST_NAMED]]
    more = [f"and {len(tests) - MOST_NAMED} more"] if len(tests) > MOST_NAMED else []
    said = [entry["shown"]] if "shown" in entry else []
    return "; ".join([*(["**deviation**"] if is_deviation else []), *said, *named, *more])


def with_table(document: str) -> str:
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main() -> int:
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
