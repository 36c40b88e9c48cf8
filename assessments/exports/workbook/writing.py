"""`report.xlsx`: the report as a workbook of numbers, a sheet for each question that a person has."""

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from assessments.exports.method import method_paragraphs
from assessments.exports.workbook import answers, areas, arithmetic, cohort, levers, raters, since, summary
from assessments.exports.workbook.sheets import FIRST_ROW, Column, Value, set_up, write_table, write_value
from assessments.exports.workbook.styles import Styles
from assessments.report import Report
from assessments.report_page import compose
from assessments.workbook.file_parts import PlainWorkbook

METHOD = "Method"
METHOD_COLUMNS = (Column("Method and limits", 110),)


def report_workbook(report: Report) -> bytes:
    """The same bytes for the same report."""
    page = compose(report)
    book = _ReportWorkbook(report, page.confidential)
    _write_summary(book, list(summary.summary_rows(page)))
    sheet = book.table(areas.NAME, areas.COLUMNS, areas.area_rows(report), names=2)
    areas.draw_areas(book, sheet, report)
    if report.since is not None:
        book.table(since.NAME, since.COLUMNS, since.since_rows(report.since), names=2)
    book.table(cohort.NAME, cohort.cohort_columns(report), cohort.cohort_rows(report))
    book.table(answers.NAME, answers.COLUMNS, answers.answer_rows(report), names=2, across=2).autofilter(
        0, 0, len(report.sub_elements), len(answers.COLUMNS) - 1
    )
    book.table(answers.EVIDENCE, answers.EVIDENCE_COLUMNS, answers.evidence_rows(report), names=2)
    if report.raters is not None:
        book.table(raters.NAME, raters.COLUMNS, raters.rater_rows(report), names=2)
    book.table(levers.NAME, levers.COLUMNS, levers.lever_rows(report), names=2)
    sheet = book.add_worksheet(arithmetic.NAME)
    arithmetic.write_arithmetic(sheet, report, book.styles)
    set_up(sheet, names=2, down=1, foot=page.confidential)
    book.table(METHOD, METHOD_COLUMNS, [(text,) for text in method_paragraphs(page)], names=0, across=0)
    return book.to_bytes()


class _ReportWorkbook(PlainWorkbook):
    """A workbook of tables that all look and print alike."""

    def __init__(self, report: Report, foot: str) -> None:
        assessment = report.assessment
        super().__init__(
            title=f"Quality management maturity: {assessment.site}, {assessment.period}",
            written_at=report.generated_at,
            subject=f"Self-assessment compared with {report.cohort.name}",
            author=assessment.organisation,
            keywords=f"{assessment.status.value}, revision {assessment.revision}, qmm-report/1",
        )
        self.styles = Styles.of(self)
        self.foot = foot

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        names: int = 1,
        across: int = 1,
    ) -> Worksheet:
        sheet = self.add_worksheet(name)
        write_table(sheet, columns, rows, self.styles)
        set_up(sheet, names=names, across=across, foot=self.foot)
        return sheet


def _write_summary(book: _ReportWorkbook, rows: Sequence[summary.Row]) -> None:
    sheet = book.add_worksheet(summary.NAME)
    write_table(sheet, summary.COLUMNS, [(row.what, row.figure, row.words) for row in rows], book.styles)
    for number, row in enumerate(rows, start=FIRST_ROW):
        place, value = (0, row.what) if row.style == "lead" else (1, row.figure)
        write_value(sheet, number, place, value, getattr(book.styles, row.style))
    set_up(sheet, down=1, foot=book.foot)
