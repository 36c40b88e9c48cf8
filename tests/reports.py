"""Reports for tests, built from the real fixtures without a database; a test says only what matters to it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from assessments.entries import EvidenceReference
from assessments.records import AnswerRecord, AssessmentRecord, Status
from assessments.report import Report, build_report
from assessments.since import EarlierRecord
from benchmarks.cohorts import Area, CohortFigures, EstablishmentFigures, average_and_spread
from benchmarks.placement import LabelledScore

FIXTURES = Path(__file__).resolve().parent.parent / "benchmarks" / "fixtures"
NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> {{ 7 }} =SUM(A1) <2 % & “quotes” العربية Ελλάδα 漢字 " + "W" * 300


def _rows(name: str, model: str) -> list[dict[str, Any]]:
    rows = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return [row["fields"] for row in rows if row["model"] == f"benchmarks.{model}"]


AREAS = tuple(Area(row["code"], row["name"]) for row in _rows("framework.json", "practicearea"))
SUB_ELEMENTS = _rows("framework.json", "subelement")
CODES = [row["code"] for row in SUB_ELEMENTS]


def fda_2024() -> CohortFigures:
    """The real cohort, as `read_cohort` gives it."""
    text = _rows("fda_2024.json", "cohort")[0]
    areas: dict[str, dict[str, Decimal]] = {}
    for row in _rows("fda_2024.json", "areascore"):
        areas.setdefault(row["establishment"][1], {})[row["practice_area"][0]] = Decimal(row["score"])
    sub_elements: dict[str, list[LabelledScore]] = {}
    for row in _rows("fda_2024.json", "subelementscore"):
        labelled = LabelledScore(Decimal(row["score"]), row["establishment"][1])
        sub_elements.setdefault(row["sub_element"][1], []).append(labelled)
    return CohortFigures(
        **{key: text[key] for key in ("slug", "name", "assessed", "description", "source", "caution")},
        areas=AREAS,
        establishments=tuple(
            EstablishmentFigures(label, by_code, *average_and_spread(by_code)) for label, by_code in areas.items()
        ),
        sub_element_scores={code: tuple(sorted(scores)) for code, scores in sub_elements.items()},
    )


def report_of(
    scores: str | Mapping[str, str] = "3.5",
    *,
    rationale: str = "",
    evidence: tuple[EvidenceReference, ...] = (),
    **assessment: Any,
) -> Report:
    """A report in which every sub-element has this score, or the one that the mapping names for its code.

    A score may also be a state; a code that the mapping leaves out is unanswered.
    """
    given = scores if isinstance(scores, Mapping) else dict.fromkeys(CODES, scores)
    facts: dict[str, Any] = {
        "id": "5f0c1a4e-0d6e-4b57-9a5b-2f4d1c0a9e11",
        "title": "Autumn 2026",
        "period": "July to September 2026",
        "site": "Northfield",
        "manufacturing": "sterile injectables",
        "organisation": "Acme",
        "is_fictional": False,
        "questionnaire": "2026.1",
        "framework": "2026.1",
        "level_names": ("Event-led", "Procedure-led", "System-led", "Signal-led", "Learning-led"),
        "status": Status.DRAFT,
        "revision": 20,
        "answered_by": ("Alice Adler",),
        "last_saved_at": NOW,
    } | assessment
    answers = tuple(_answer(row, given.get(row["code"], "unanswered"), rationale, evidence) for row in SUB_ELEMENTS)
    return build_report(assessment=AssessmentRecord(**facts, answers=answers), cohort=fda_2024(), now=NOW)


def earlier_of(scores: str | Mapping[str, str] = "3.5", **facts: Any) -> EarlierRecord:
    """The earlier assessment of the same site, scored in the same way."""
    told: dict[str, Any] = {
        "id": "0b9f4f0e-7a53-4b0e-9b6c-0d5f5c1e2a77",
        "title": "Spring 2026",
        "period": "January to March 2026",
        "opened_at": datetime(2026, 4, 7, 8, 0, tzinfo=UTC),
        "questionnaire": "2026.1",
        "answered_by": ("Bob Brandt",),
    } | facts
    return EarlierRecord(**told, result=report_of(scores).result)


def _answer(
    row: Mapping[str, Any], given: str, rationale: str, evidence: tuple[EvidenceReference, ...]
) -> AnswerRecord:
    scored = given[0].isdigit()
    area = row["practice_area"][0]
    return AnswerRecord(
        code=row["code"],
        name=row["name"],
        area_code=area,
        area_name=next(each.name for each in AREAS if each.code == area),
        name_basis=row["name_basis"],
        anchors=tuple(f"What level {level} of {row['code']} looks like." for level in range(1, 6)),
        progressions=tuple(f"Take {row['code']} from {level} to {level + 1}." for level in range(1, 5)),
        state="scored" if scored else given,
        score=Decimal(given) if scored else None,
        reason=rationale or "We make no such product." if given == "not_applicable" else "",
        rationale=rationale,
        evidence=evidence,
    )
