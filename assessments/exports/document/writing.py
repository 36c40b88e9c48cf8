"""`report.docx`: the report to paste into a document of one's own, section by section as on the page."""

from assessments.exports.document.answers import write_answers, write_sureness
from assessments.exports.document.arithmetic import write_arithmetic, write_levers, write_method
from assessments.exports.document.comparing import (
    write_evenness,
    write_profile,
    write_shape,
    write_since,
    write_watched,
)
from assessments.exports.document.first_page import write_areas, write_finding, write_points
from assessments.exports.document.word_file import WordFile
from assessments.report import Report
from assessments.report_page import compose

SECTIONS = (
    write_finding,
    write_points,
    write_areas,
    write_since,
    write_profile,
    write_evenness,
    write_shape,
    write_watched,
    write_sureness,
    write_answers,
    write_levers,
    write_arithmetic,
    write_method,
)


def report_document(report: Report) -> bytes:
    """The same bytes for the same report."""
    assessment, page = report.assessment, compose(report)
    word = WordFile(
        title=f"Quality management maturity: {assessment.site}, {assessment.period}",
        author=assessment.organisation,
        subject=f"Self-assessment compared with {report.cohort.name}",
        keywords=f"{assessment.status.value}, revision {assessment.revision}, qmm-report/1",
        foot=page.confidential,
        written_at=report.generated_at,
    )
    for write in SECTIONS:
        write(word, page)
    return word.to_bytes()
