"""What a report is called as a file: site, period, status and revision in plain letters."""

from typing import Any

import pytest

from assessments.exports.names import file_name
from assessments.records import Status
from tests.reports import report_of


@pytest.mark.asvs("5.4.2", "5.4.1")
@pytest.mark.parametrize(
    ("site", "facts", "expected"),
    [
        ("Werk Süd/2", {"revision": 28}, "qmm-werk-sud-2-july-to-september-2026-rev1-draft-28.pdf"),
        ("Northfield", {"status": Status.SIGNED}, "qmm-northfield-july-to-september-2026-rev1-signed.pdf"),
        ("工場", {}, "qmm-july-to-september-2026-rev1-draft-20.pdf"),
        ("W" * 200, {"revision": 1234}, f"qmm-{'w' * 60}-rev1-draft-1234.pdf"),
    ],
)
def test_a_file_name_is_plain_and_tells_status_and_revision(site: str, facts: dict[str, Any], expected: str) -> None:
    assert file_name(report_of("3.5", site=site, **facts), "pdf") == expected


def test_what_tells_two_files_of_one_state_apart_comes_last() -> None:
    assert (
        file_name(report_of(period="2026"), "pdf", suffix="us-letter")
        == "qmm-northfield-2026-rev1-draft-20-us-letter.pdf"
    )
