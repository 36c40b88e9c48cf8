"""`manage.py assess scores.csv`: the report of a file of scores in any format, without storing anything."""

import os
import stat
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from assessments.exports.data import report_json
from assessments.exports.document.writing import report_document
from assessments.exports.workbook.writing import report_workbook
from assessments.findings import headline, lede
from assessments.forms.parts import LineField
from assessments.models import Questionnaire
from assessments.pdf_job import Paper
from assessments.pdf_processes import Busy, Failed, renderers
from assessments.printing import print_job
from assessments.records import AnswerRecord, AssessmentRecord, Status
from assessments.report import Report, build_report
from assessments.score_files import COLUMNS, Blank, Unreadable, empty_file, read_scores
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.models import Cohort, NameBasis

WRONG_INPUT = 2
MOST_MISTAKES = 50
UNPREPARED = "The database is not prepared: start ./run install first."
CONFIDENTIAL = 0o600
WITHOUT_RENDERER = {"json": report_json, "xlsx": report_workbook, "docx": report_document}
KINDS = ("json", "pdf", "xlsx", "docx")


class Refused(Exception):
    """What was asked for cannot be done; the message says why, and nothing is written."""


class Command(BaseCommand):
    """Reads, builds the whole report, and only then writes."""

    help = f"Builds a report from a CSV file with the columns {','.join(COLUMNS)}; stores nothing."
    requires_system_checks: list[str] = []  # they would warn of folders that only an installation makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scores", nargs="?", help="the CSV file, or - for standard input")
        parser.add_argument("--json", metavar="FILE", help="write report.json here")
        parser.add_argument("--pdf", metavar="FILE", help="write the PDF here")
        parser.add_argument("--xlsx", metavar="FILE", help="write the workbook here")
        parser.add_argument("--docx", metavar="FILE", help="write the Word document here")
        parser.add_argument("--cohort", default=DEFAULT_COHORT, help="the cohort to compare with (%(default)s)")
        parser.add_argument("--site", default="This site", help="the site's name or a pseudonym")
        parser.add_argument("--paper", type=str.lower, choices=[each.value.lower() for each in Paper], default="a4")
        parser.add_argument("--template", action="store_true", help="print an empty file to fill in, and stop")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            self.assess(options)
        except Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(WRONG_INPUT)
        except (OperationalError, ProgrammingError) as problem:
            self.stderr.write(what_is_wrong(problem))
            sys.exit(WRONG_INPUT)

    def assess(self, options: dict[str, Any]) -> None:
        questionnaire = current_questionnaire()
        blanks = blanks_of(questionnaire)
        if options["template"]:
            self.stdout.write(empty_file(blanks), ending="")
            return
        source = options["scores"]
        if not source:
            raise Refused("Name a file of scores, - for standard input, or --template.")
        site = sound_site(options["site"])
        targets = targets_of({kind: options[kind] for kind in KINDS if options[kind] is not None}, source)
        answers = read_answers(source, blanks)
        report = compare(record_of(site, questionnaire, answers), options["cohort"])
        paper = next(each for each in Paper if each.value.lower() == options["paper"])
        write_all_or_none({target: content_of(kind, report, paper) for kind, target in targets.items()})
        self.stdout.write(f"{headline(report)}\n{lede(report)}")


def what_is_wrong(problem: OperationalError | ProgrammingError) -> str:
    said = str(problem).strip()
    signs = ("no such", "does not exist", "unable to open database file")
    if isinstance(problem, ProgrammingError) or any(sign in said for sign in signs):
        return UNPREPARED
    return f"The database cannot be read: {said.splitlines()[0] if said else 'it does not say why'}"


def current_questionnaire() -> Questionnaire:
    try:
        return Questionnaire.objects.select_related("framework").current()
    except IndexError as problem:
        raise Refused(UNPREPARED) from problem


def sound_site(name: str) -> str:
    """The name under the rules for the names of sites in forms."""
    field = LineField(error_messages={"required": "Write the site's name or a pseudonym."})
    try:
        return str(field.clean(name))
    except ValidationError as problem:
        raise Refused(f"--site: {' '.join(problem.messages)}") from problem


def read_answers(source: str, blanks: list[Blank]) -> tuple[AnswerRecord, ...]:
    with told_of(source):
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    try:
        return read_scores(content, blanks)
    except Unreadable as problem:
        name = "standard input" if source == "-" else source
        listed = [f"{name}, {mistake}" for mistake in problem.mistakes[:MOST_MISTAKES]]
        more = len(problem.mistakes) - len(listed)
        raise Refused("\n".join([*listed, f"and {more:,} more"] if more else listed)) from problem


def record_of(site: str, questionnaire: Questionnaire, answers: tuple[AnswerRecord, ...]) -> AssessmentRecord:
    return AssessmentRecord(
        id=None,
        title="",
        period=f"{timezone.localdate():%-d %B %Y}",
        site=site,
        manufacturing="",
        organisation=site,
        is_fictional=False,
        questionnaire=questionnaire.version,
        framework=questionnaire.framework.version,
        level_names=tuple(questionnaire.level_names),
        status=Status.DRAFT,
        revision=0,
        answered_by=(),
        last_saved_at=None,
        answers=answers,
    )


def compare(record: AssessmentRecord, slug: str) -> Report:
    known = list(Cohort.objects.values_list("slug", flat=True))
    if not known:
        raise Refused(UNPREPARED)
    if slug not in known:
        raise Refused(f"There is no cohort {slug!r}; there is {', '.join(known)}.")
    return build_report(assessment=record, cohort=read_cohort(slug), now=timezone.localtime())


def content_of(kind: str, report: Report, paper: Paper) -> bytes:
    if kind in WITHOUT_RENDERER:
        return WITHOUT_RENDERER[kind](report)
    try:
        return renderers.render(print_job(report, paper))
    except Busy as problem:
        raise Refused("The PDF was not made: too many are under way. Try again shortly.") from problem
    except Failed as problem:
        raise Refused("The PDF was not made: the renderer ran out of time or memory, or died.") from problem


@dataclass(frozen=True, slots=True)
class Target:
    """Where one output goes: the file behind any symbolic links, and the mode of what is there already."""

    name: str
    path: Path
    mode: int | None


@contextmanager
def told_of(name: str) -> Iterator[None]:
    """What the system refuses to do with a file is told with the file's name."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as problem:  # a loop of links, a name that can be none
        raise Refused(f"{name}: {getattr(problem, 'strerror', None) or problem}") from problem


def targets_of(names: dict[str, str], source: str) -> dict[str, Target]:
    """Where each kind of output goes, when all of them may be written."""
    if "" in names.values():
        raise Refused("Name a file after --json, --pdf, --xlsx and --docx.")
    targets = {kind: target_of(name, source) for kind, name in names.items()}
    for first, second in combinations(targets.values(), 2):
        both_exist = first.mode is not None and second.mode is not None
        with told_of(second.name):
            same = first.path == second.path or (both_exist and first.path.samefile(second.path))
        if same:
            raise Refused(f"{second.name}: this is the same file as {first.name}; name two.")
    return targets


def target_of(name: str, source: str) -> Target:
    with told_of(name):
        path = Path(name).resolve()
        if not path.parent.is_dir():
            raise Refused(f"{name}: the folder does not exist.")
        try:
            existing = Path(name).stat()
        except FileNotFoundError:
            return Target(name, path, None)
    if not stat.S_ISREG(existing.st_mode):
        kind = "folder" if stat.S_ISDIR(existing.st_mode) else "device or pipe"
        raise Refused(f"{name}: this is a {kind}; name a file.")
    if is_source(existing, source):
        raise Refused(f"{name}: this is the file of scores itself; name another.")
    return Target(name, path, stat.S_IMODE(existing.st_mode))


def is_source(existing: os.stat_result, source: str) -> bool:
    try:
        read = os.fstat(sys.stdin.buffer.fileno()) if source == "-" else Path(source).stat()
    except (OSError, ValueError):
        return False  # reading it will tell
    return os.path.samestat(existing, read)


def write_all_or_none(contents: dict[Target, bytes]) -> None:
    """Write beside each target first; a target is touched only when all contents are on the disk."""
    unfinished: dict[Target, Path] = {}
    placed: list[Target] = []
    try:
        for target, content in contents.items():
            with told_of(target.name):
                unfinished[target] = file_beside(target)
                unfinished[target].write_bytes(content)
                unfinished[target].chmod(CONFIDENTIAL if target.mode is None else target.mode)
        for target, written in unfinished.items():
            with told_of(target.name):
                written.replace(target.path)
            placed.append(target)
    except Refused:
        for target in placed:
            if target.mode is None:
                target.path.unlink(missing_ok=True)
        raise
    finally:
        for leftover in unfinished.values():
            leftover.unlink(missing_ok=True)


def file_beside(target: Target) -> Path:
    """An empty file in the target's folder, for nobody else to read."""
    opened, name = mkstemp(prefix=".unfinished-", dir=target.path.parent)
    os.close(opened)
    return Path(name)


def blanks_of(questionnaire: Questionnaire) -> list[Blank]:
    """What the current questionnaire asks for, in the framework's order."""
    rubrics = questionnaire.rubrics.select_related("sub_element__practice_area")
    return [
        Blank(
            code=each.sub_element.code,
            name=each.sub_element.name,
            area_code=each.sub_element.practice_area.code,
            area_name=each.sub_element.practice_area.name,
            name_basis=NameBasis(each.sub_element.name_basis).label,
            anchors=tuple(each.anchors),
            progressions=tuple(each.progressions),
        )
        for each in rubrics
    ]
