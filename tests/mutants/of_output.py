"""What leaves the product, and what comes into it as a file."""

from tests.mutants.mutant import Mutant

WORKBOOKS = ("tests/assessments/workbook/test_admission.py", "tests/assessments/workbook/test_exhausting.py")

OF_OUTPUT = (
    Mutant(
        "the escape of a rationale",
        "templates/report/_answer.html",
        '<p class="typed">{{ answer.rationale }}</p>',
        '<p class="typed">{{ answer.rationale|safe }}</p>',
        ("tests/hostile/test_dangerous_everywhere.py",),
    ),
    Mutant(
        "the escape of a formula",
        "benchmarks/formatting.py",
        'return f"\'{text}" if text.lstrip(" \\n").startswith(_STARTS_A_FORMULA) else text',
        "return text",
        ("tests/benchmarks/test_formatting.py", "tests/assessments/test_report_files.py"),
    ),
    Mutant(
        "the fetcher of the PDF",
        "assessments/pdf.py",
        'super().__init__(allowed_protocols={"data"}, fail_on_errors=True)',
        'super().__init__(allowed_protocols={"data", "file", "http", "https"}, fail_on_errors=False)',
        ("tests/assessments/test_pdf.py",),
    ),
    Mutant(
        "the texts that a link hides",
        "assessments/redaction.py",
        "    if withheld.texts:\n",
        "    if False:\n",
        ("tests/assessments/test_redaction.py", "tests/assessments/test_shared_report.py"),
    ),
    Mutant(
        "the names that a link hides",
        "assessments/redaction.py",
        "return _nameless(shared, clean) if withheld.names else shared",
        "return shared",
        ("tests/assessments/test_redaction.py", "tests/assessments/test_shared_report.py"),
    ),
    Mutant(
        "three at least in an anonymous round",
        "assessments/anonymity.py",
        "FEWEST = 3",
        "FEWEST = 1",
        ("tests/assessments/test_anonymity.py",),
    ),
    Mutant(
        "the unpacked size of a workbook",
        "assessments/workbook/limits.py",
        "MOST_UNPACKED = 10 * MEGABYTE",
        "MOST_UNPACKED = 10_000 * MEGABYTE",
        WORKBOOKS,
    ),
    Mutant(
        "entities in a workbook",
        "assessments/workbook/markup.py",
        "super().__init__(forbid_dtd=True)",
        "super().__init__(forbid_dtd=False, forbid_entities=False, forbid_external=False)",
        ("tests/assessments/workbook",),
    ),
    Mutant(
        "the size of an upload",
        "assessments/uploads.py",
        "self._kept.write(raw_data[: self._room])",
        "self._kept.write(raw_data)",
        ("tests/assessments/workbook/test_pages.py",),
    ),
    Mutant(
        "the queue for PDFs",
        "assessments/pdf_processes.py",
        "        if not self._places.acquire(blocking=False):\n            raise Busy",
        "        self._places.acquire(blocking=False)",
        ("tests/assessments/test_report_views.py",),
    ),
)
