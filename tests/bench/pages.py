"""Measures pages, a save and a kept PDF inside this process, turn by turn with the two pages they are compared with."""

from collections.abc import Callable
from unittest.mock import patch
from uuid import uuid4

from django.test import override_settings
from django.urls import reverse

from tests.bench.contents import LARGE_COHORT, Contents
from tests.bench.figures import Row, against
from tests.bench.visitor import Answered, Visitor, fields_of

WARM_UP = 20
AREA = "MCQ"
ANSWERS_FORM = "data-answers"
SAVED = "management-review"
COMPARED_WITH = "assessments.report_reading.DEFAULT_COHORT"

Ask = Callable[[], Answered]


class Saving:
    """Someone who changes one answer, and back again, while filling in its page."""

    def __init__(self, visitor: Visitor, page: str, save: str) -> None:
        self._visitor = visitor
        self._page = page
        self._save = save

    def __call__(self) -> Answered:
        fields = fields_of(self._visitor.get(self._page).content, ANSWERS_FORM)
        own = {name: text for name, text in fields.items() if name.startswith(f"{SAVED}-")}
        changed = {f"{SAVED}-choice": "3" if own.get(f"{SAVED}-choice") == "4" else "4", f"{SAVED}-exact": ""}
        return self._visitor.post(self._save, own | changed | {"save_id": str(uuid4())})


def measure_pages(contents: Contents, rounds: int) -> list[Row]:
    """Rows of references (i) and (ii) and of what is held against them. The PDF must have been kept before."""
    with override_settings(ROOT_URLCONF="tests.bench.references"):
        visitor = Visitor(contents.session)
        return judged(take_turns(visitor, cases(visitor, contents), rounds))


def cases(visitor: Visitor, contents: Contents) -> dict[str, tuple[Ask, str]]:
    """What is asked, and the status that is expected."""
    kept, changing = contents.kept.pk, contents.changing.pk
    area = reverse("assessments:area", args=[changing, AREA])
    save = reverse("assessments:save", args=[changing, SAVED])
    report = reverse("assessments:report", args=[kept])
    pdf, shown = (
        reverse("assessments:report_pdf", args=[contents.demonstration.pk]),
        Visitor(contents.demonstration_session),
    )

    def report_beside_many() -> Answered:
        with patch(COMPARED_WITH, LARGE_COHORT):
            return visitor.get(report)

    return {
        "(i) empty view": (lambda: visitor.get("/bench/empty"), "200"),
        "(ii) sign-in, three queries, 20 × 5 radios": (lambda: visitor.get(f"/bench/plain-form/{changing}"), "200"),
        "questionnaire page": (lambda: visitor.get(area), "200"),
        "save of one changed answer": (Saving(visitor, area, save), "200"),
        "report page": (lambda: visitor.get(report), "200"),
        "report page, cohort of 200": (report_beside_many, "200"),
        "repeated PDF": (lambda: shown.get(pdf), "200"),
    }


def take_turns(visitor: Visitor, asked: dict[str, tuple[Ask, str]], rounds: int) -> list[Row]:
    """Each round asks each once, so that whatever else the machine does hits all alike."""
    rows = {name: Row(name) for name in asked}
    for turn in range(WARM_UP + rounds):
        for name, (ask, status) in asked.items():
            answered = ask()
            if not answered.status.startswith(status):
                raise RuntimeError(f"{name} was answered with {answered.status}.")
            if turn >= WARM_UP:
                rows[name].add(answered.cpu_ms, answered.wall_ms, len(answered.body))
    visitor.is_counting = True
    for name, (ask, _) in asked.items():
        rows[name].queries = ask().queries
    return list(rows.values())


def judged(rows: list[Row]) -> list[Row]:
    _, plain, questionnaire, save, report, report_beside_many, repeated_pdf = rows
    for row, most, queries in (
        (questionnaire, 1.5, 6),
        (save, 1, 6),
        (report, 1.5, 6),
        (report_beside_many, 1.5, 6),
        (repeated_pdf, 1, None),
    ):
        row.verdict = against(row, plain, "(ii)", most, queries)
    return rows
