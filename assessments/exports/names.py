"""What a downloaded file is called: plain letters that any system accepts; nothing about what is in it."""

import re
import unicodedata

from assessments.report import Report


def file_name(report: Report, extension: str, *, suffix: str = "") -> str:
    """A name for the file that any system accepts: site and period in plain letters."""
    return plain_file_name(f"{report.assessment.site} {report.assessment.period}", extension, suffix=suffix)


def plain_file_name(text: str, extension: str, *, suffix: str = "") -> str:
    """The words of a text in plain letters, the suffix after them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    ending = f"-{suffix}" if suffix else ""
    return f"{'-'.join(['qmm', *words])[: 80 - len(ending)]}{ending}.{extension}"
