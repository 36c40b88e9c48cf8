"""What a downloaded file is called: plain letters that any system accepts; no score and no finding."""

import re
import unicodedata

from assessments.report import Report


def file_name(report: Report, extension: str, *, suffix: str = "") -> str:
    """Site and period in plain letters, then what tells one state of the report from another: draft-r28."""
    assessment = report.assessment
    state = f"{assessment.status.value.replace('_', '-')}-r{assessment.revision}"
    ending = "-".join(part for part in (state, suffix) if part)
    return plain_file_name(f"{assessment.site} {assessment.period}", extension, suffix=ending)


def plain_file_name(text: str, extension: str, *, suffix: str = "") -> str:
    """The words of a text in plain letters, the suffix after them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    ending = f"-{suffix}" if suffix else ""
    return f"{'-'.join(['qmm', *words])[: 80 - len(ending)]}{ending}.{extension}"
