"""The report of one assessment as an Excel workbook and as a Word document. It stores nothing in the database."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from assessments.access import SignedInRequest
from assessments.exports.document.writing import report_document
from assessments.exports.names import file_name
from assessments.exports.workbook.writing import report_workbook
from assessments.views.downloads import DOCX, XLSX, as_file
from assessments.views.report import report_or_404


@login_required
@require_safe
def as_xlsx(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = report_or_404(request, assessment_id)
    return as_file(report_workbook(report), XLSX, file_name(report, "xlsx"))


@login_required
@require_safe
def as_docx(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    report = report_or_404(request, assessment_id)
    return as_file(report_document(report), DOCX, file_name(report, "docx"))
