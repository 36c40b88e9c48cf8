"""The top of a report on the demonstration's answers, for the landing page; kept in the process, never stored."""

import json
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from assessments.demonstration import STORY
from assessments.entries import EvidenceReference
from assessments.findings import headline, lede, place_words
from assessments.models import Questionnaire, Rubric
from assessments.records import AnswerRecord, AssessmentRecord, Status
from assessments.report import Report, build_report
from benchmarks.cohorts import CohortFigures
from benchmarks.formatting import two_decimals
from benchmarks.models import SubElement
from benchmarks.scores import parse_score
from benchmarks.strip import NARROW, draw_strip


class Sample:
    """Made once for a cohort, and anew when the cohort's figures have changed."""

    def __init__(self) -> None:
        self._made: tuple[CohortFigures, str] | None = None

    def html(self, cohort: CohortFigures, now: datetime) -> str:
        """The picture as HTML; empty where the cohort or the questionnaire leaves nothing to place."""
        made = self._made
        if made is None or made[0] != cohort:
            made = self._made = (cohort, _render(_report(cohort, now)))
        return made[1]


def _render(report: Report) -> str:
    overall = report.overall
    if overall.score is None or overall.placement is None:
        return ""
    strip = draw_strip(overall.cohort, frame=NARROW, title="The fictional site among the cohort’s", own=overall.score)
    context = {
        "report": report,
        "headline": headline(report),
        "lede": lede(report),
        "number": two_decimals(overall.score),
        "place": place_words(overall.placement, two_decimals),
        "strip": strip,
    }
    return render_to_string("assessments/home/_sample.html", context)


def _report(cohort: CohortFigures, now: datetime) -> Report:
    story = json.loads(STORY.read_text(encoding="utf-8"))
    told = next(each for each in story["assessments"] if each.get("is_sample"))
    current = Questionnaire.objects.order_by("-pk").values("pk")[:1]
    rubrics = Rubric.objects.filter(questionnaire__in=current).select_related("sub_element__practice_area")
    record = AssessmentRecord(
        id=None,
        title=told["title"],
        period=told["period"],
        site="Example site",  # a name of its own, so that nobody takes it for a site on this server
        manufacturing=story["site"]["manufacturing"],
        organisation=story["organisation"],
        is_fictional=True,
        questionnaire="",
        framework="",
        level_names=("", "", "", "", ""),  # the top of a report names no level
        status=Status.DRAFT,
        revision=0,
        answered_by=(),
        last_saved_at=None,
        answers=tuple(_answer(each.sub_element, told["answers"].get(each.sub_element.code, {})) for each in rubrics),
    )
    return build_report(assessment=record, cohort=cohort, now=now)


def _answer(sub_element: SubElement, told: dict[str, Any]) -> AnswerRecord:
    return AnswerRecord(
        code=sub_element.code,
        name=sub_element.name,
        area_code=sub_element.practice_area.code,
        area_name=sub_element.practice_area.name,
        name_basis="",
        anchors=(),
        progressions=(),
        state=told.get("state", "unanswered"),
        score=parse_score(told["score"]) if "score" in told else None,
        reason=told.get("reason", ""),
        rationale=told.get("rationale", ""),
        evidence=tuple(EvidenceReference(title, location) for title, location in told.get("evidence", ())),
    )
