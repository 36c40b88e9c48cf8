"""Finds and reads the earlier assessment that a report compares with; who may see it is for `access.py` to say."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assessments.models import Answer, AnswerState, Assessment
from assessments.revision_chain import FIRST_OPENED
from assessments.scoring import SubElementScore, score_assessment
from assessments.since import EarlierRecord
from benchmarks.scores import AREA_COUNT

OPEN = [state for state in AnswerState if state.is_open]
SCORED_AREAS = Count("answers__sub_element__practice_area", filter=Q(answers__state=AnswerState.SCORED), distinct=True)


def compared_with(earlier: QuerySet[Assessment], assessment: Assessment) -> QuerySet[Assessment]:
    """Those of the earlier ones that a report may compare with, the latest first (docs/scoring.md, rule 16).

    Of the revisions of one assessment the last comes first.
    """
    still_open = Answer.objects.filter(assessment=OuterRef("pk"), state__in=OPEN)
    complete = earlier.filter(~Exists(still_open)).annotate(scored_areas=SCORED_AREAS).filter(scored_areas=AREA_COUNT)
    if not assessment.is_for_counsel:
        complete = complete.filter(is_for_counsel=False)
    return complete.order_by(FIRST_OPENED.desc(), "-revision_number", "-pk")


def read_earlier(assessment_id: UUID) -> EarlierRecord | None:
    """Its scores and what it is called, in one query; None when it has gone meanwhile, or has no overall any more."""
    answers = list(
        Answer.objects.filter(assessment=assessment_id)
        .select_related("assessment__questionnaire", "sub_element__practice_area", "saved_by")
        .defer("reason", "rationale", "evidence")
    )
    by_area: dict[str, list[SubElementScore]] = {}
    for answer in answers:
        score = SubElementScore(answer.sub_element.code, answer.state, answer.score)
        by_area.setdefault(answer.sub_element.practice_area.code, []).append(score)
    result = score_assessment(by_area)
    if result.overall is None:
        return None
    assessment = answers[0].assessment
    return EarlierRecord(
        id=str(assessment.pk),
        title=assessment.title,
        period=assessment.period,
        opened_at=assessment.created_at,
        questionnaire=assessment.questionnaire.version,
        answered_by=tuple(sorted({str(answer.saved_by) for answer in answers if answer.saved_by})),
        result=result,
    )
