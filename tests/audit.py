"""`python -m tests.audit`: have the locked packages known vulnerabilities, hashes, and licences that are allowed?

It reads docs/dependencies.toml, asks no service for advisories, and says which packages have newer versions.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ("requirements.txt", "requirements-dev.txt")
ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,-]+\])?==(?P<version>[^\s\\;]+)", re.MULTILINE)
ASKING_TAKES = 60


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock: what is installed, and by which hashes."""

    name: str
    version: str
    hashes: int


def rules() -> dict[str, Any]:
    return tomllib.loads((ROOT / "docs" / "dependencies.toml").read_text(encoding="utf-8"))


def locked(text: str) -> list[Locked]:
    starts = list(ENTRY.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    entries = [(start, text[start.start() : end]) for start, end in zip(starts, ends, strict=True)]
    return [Locked(start["name"], start["version"], entry.count("--hash=sha256:")) for start, entry in entries]


def all_locked() -> list[Locked]:
    found = {package.name: package for name in LOCKED for package in locked((ROOT / name).read_text(encoding="utf-8"))}
    return list(found.values())


def in_order(version: str) -> tuple[int, ...]:
    """The numbers of a final release; nothing else is ever locked."""
    assert re.fullmatch(r"\d+(\.\d+)*(\.post\d+)?", version), version
    return tuple(int(part.removeprefix("post")) for part in version.split("."))


def vulnerable(packages: list[Locked], floors: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for package in packages:
        floor = floors.get(package.name)
        if floor and in_order(package.version) < in_order(floor["version"]):
            yield f"{package.name} {package.version} has {floor['advisory']}; {floor['version']} does not"


def unhashed(packages: list[Locked]) -> Iterator[str]:
    yield from (f"{package.name} has no hash" for package in packages if not package.hashes)


def unlicensed(packages: list[Locked], licences: Mapping[str, Any]) -> Iterator[str]:
    """Of those that are installed here: some are for other systems alone."""
    for package in packages:
        try:
            named = licences["by_hand"].get(package.name) or licence_of(distribution(package.name))
        except PackageNotFoundError:
            continue
        if not is_allowed(named, set(licences["allowed"])):
            yield f"{package.name} is licensed as {named or 'nothing'}; allow it, or read it and list it by hand"


def licence_of(package: Distribution) -> str:
    """As an expression where there is one, else by the classifiers, else in the package's own short word."""
    described = package.metadata
    classifiers = described.get_all("Classifier") or []
    found = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    named = described.get_all("License-Expression") or found or described.get_all("License") or []
    return " AND ".join(named)


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Every licence that must be kept to has one alternative that is allowed."""
    names = {_bare(name) for name in allowed}
    needed = [_bare(part).split(" OR ") for part in expression.split(" AND ")]
    return all(any(_bare(choice) in names for choice in choices) for choices in needed)


def _bare(name: str) -> str:
    return name.strip(" ()")


def problems() -> list[str]:
    packages, asked = all_locked(), rules()
    return [
        *vulnerable(packages, asked["floors"]),
        *unhashed(packages),
        *unlicensed(packages, asked["licences"]),
    ]


def newer() -> list[str] | None:
    """What the registry has newer than the lock, within what the .in files allow; None when it cannot be asked."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "requirements.txt"
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        try:
            asked = subprocess.run(
                [*command, "--no-header", "--upgrade", "requirements.in", "-o", str(target)],
                cwd=ROOT,
                capture_output=True,
                check=False,
                timeout=ASKING_TAKES,
            )
        except subprocess.TimeoutExpired:
            return None
        if asked.returncode:
            return None
        have = {package.name: package.version for package in all_locked()}
        newest = locked(target.read_text(encoding="utf-8"))
        return [f"{each.name} {have[each.name]} → {each.version}" for each in newest if _differs(each, have)]


def _differs(package: Locked, have: Mapping[str, str]) -> bool:
    return package.name in have and have[package.name] != package.version


def main() -> int:
    found, asked = problems(), rules()
    for problem in found:
        _say(problem)
    _say(f"{len(all_locked())} packages held against {len(asked['floors'])} floors, read on {asked['read_on']}")
    behind = newer()
    if behind is None:
        _say("The registry could not be asked for newer versions.")
    elif behind:
        _say(f"Newer: {', '.join(behind)}. `./run lock --upgrade` takes them.")
    return 1 if found else 0


def _say(text: str) -> None:
    sys.stdout.write(f"  {text}\n")


if __name__ == "__main__":
    sys.exit(main())
