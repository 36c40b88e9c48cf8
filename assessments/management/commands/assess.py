"""`manage.py assess scores.csv`: the report of a file of scores as JSON and PDF, without storing anything."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.exports import report_json
from assessments.findings import headline, lede
from assessments.models import Questionnaire
from assessments.pdf_job import Paper
from assessments.pdf_processes import renderers
from assessments.printing import print_job
from assessments.records import AssessmentRecord, Status
from assessments.report import Report, build_report
from assessments.score_files import COLUMNS, Blank, Unreadable, empty_file, read_scores
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.models import Cohort, NameBasis

WRONG_INPUT = 2


class Command(BaseCommand):
    """Reads, builds the whole report, and only then writes."""

    help = f"Builds a report from a CSV file with the columns {','.join(COLUMNS)}; stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scores", nargs="?", help="the CSV file, or - for standard input")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write report.json here")
        parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the PDF here")
        parser.add_argument("--cohort", default=DEFAULT_COHORT, help="the cohort to compare with (%(default)s)")
        parser.add_argument("--site", default="This site", help="the site's name or a pseudonym")
        parser.add_argument("--paper", type=str.lower, choices=[each.value.lower() for each in Paper], default="a4")
        parser.add_argument("--template", action="store_true", help="print an empty file to fill in, and stop")

    def handle(self, *_: Any, **options: Any) -> None:
        questionnaire = Questionnaire.objects.select_related("framework").current()
        blanks = blanks_of(questionnaire)
        if options["template"]:
            self.stdout.write(empty_file(blanks), ending="")
            return
        record = self.read(options["scores"], options["site"], questionnaire, blanks)
        report = self.compare(record, options["cohort"])
        self.write(report, options)

    def read(
        self, source: str | None, site: str, questionnaire: Questionnaire, blanks: list[Blank]
    ) -> AssessmentRecord:
        if source is None:
            self.refuse("Name a file of scores, - for standard input, or --template.")
        try:
            content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
            answers = read_scores(content, blanks)
        except OSError as problem:
            self.refuse(f"{source}: {problem.strerror}")
        except Unreadable as problem:
            name = "standard input" if source == "-" else source
            self.refuse("\n".join(f"{name}, {mistake}" for mistake in problem.mistakes))
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

    def compare(self, record: AssessmentRecord, slug: str) -> Report:
        try:
            cohort = read_cohort(slug)
        except Cohort.DoesNotExist:
            known = ", ".join(Cohort.objects.values_list("slug", flat=True))
            self.refuse(f"There is no cohort {slug!r}; there is {known}.")
        return build_report(assessment=record, cohort=cohort, now=timezone.localtime())

    def write(self, report: Report, options: dict[str, Any]) -> None:
        files: dict[Path, bytes] = {}
        if options["json"]:
            files[options["json"]] = report_json(report)
        if options["pdf"]:
            paper = next(each for each in Paper if each.value.lower() == options["paper"])
            files[options["pdf"]] = renderers.render(print_job(report, paper))
        for path in files:
            if not path.resolve().parent.is_dir():
                self.refuse(f"{path}: the folder does not exist.")
        self.write_all_or_none(files)
        self.stdout.write(f"{headline(report)}\n{lede(report)}")

    def write_all_or_none(self, files: dict[Path, bytes]) -> None:
        unfinished = {path: path.with_name(f".{path.name}.unfinished") for path in files}
        try:
            for path, content in files.items():
                if path.is_dir():
                    self.refuse(f"{path}: this is a folder; name a file.")
                unfinished[path].write_bytes(content)
        except OSError as problem:
            for leftover in unfinished.values():
                leftover.unlink(missing_ok=True)
            self.refuse(f"{problem.filename}: {problem.strerror}")
        for path, written in unfinished.items():
            written.replace(path)

    def refuse(self, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(WRONG_INPUT)


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
