"""What a downloaded file is called: plain letters that any system accepts; no score and no finding."""

import re
import unicodedata

from assessments.records import Status
from assessments.report import Report


def file_name(report: Report, extension: str, *, suffix: str = "") -> str:
    """Site and period in plain letters, then what tells one state of the report from another: rev1-draft-28.

    The last number counts saved changes; what has been signed off has no more of them to tell apart.
    """
    assessment = report.assessment
    saves = "" if assessment.status is Status.SIGNED else str(assessment.revision)
    parts = (f"rev{assessment.document_revision}", assessment.status.value.replace("_", "-"), saves, suffix)
    ending = "-".join(part for part in parts if part)
    return plain_file_name(f"{assessment.site} {assessment.period}", extension, suffix=ending)


def plain_file_name(text: str, extension: str, *, suffix: str = "") -> str:
    """The words of a text in plain letters, the suffix after them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    ending = f"-{suffix}" if suffix else ""
    return f"{'-'.join(['qmm', *words])[: 80 - len(ending)]}{ending}.{extension}"
