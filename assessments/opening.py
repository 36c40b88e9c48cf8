"""How an assessment begins, and gets another title or period; answers are saved elsewhere."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assessments.models import Answer, Assessment, AssessmentStatus, Questionnaire, Site

SENT_TWICE_WITHIN = timedelta(seconds=10)


@transaction.atomic
def open_assessment(*, site: Site, title: str, period: str) -> Assessment:
    """Open an assessment, pinned to the current questionnaire, with one untouched answer for each of its rubrics."""
    questionnaire = Questionnaire.objects.select_related("framework").current()
    assessment = Assessment.objects.create(site=site, questionnaire=questionnaire, title=title, period=period)
    asked = questionnaire.rubrics.values("sub_element")  # the framework may have got others since
    Answer.objects.bulk_create(
        Answer(assessment=assessment, sub_element=sub_element)
        for sub_element in questionnaire.framework.sub_elements.filter(pk__in=asked)
    )
    return assessment


@transaction.atomic
def open_assessment_once(*, site: Site, title: str, period: str) -> Assessment:
    """The same for a form, whose button may be pressed twice: the second time leads to the assessment of the first."""
    list(Site.objects.select_for_update(no_key=True).filter(pk=site.pk).order_by())  # one after the other
    just_now = timezone.now() - SENT_TWICE_WITHIN
    same = Assessment.objects.filter(site=site, title=title, period=period, created_at__gte=just_now)
    return same.first() or open_assessment(site=site, title=title, period=period)


def retitle_assessment(*, assessment: Assessment, title: str, period: str, is_for_counsel: bool) -> bool:
    """Change title, period and marking; False, and nothing changed, when the assessment has been signed off."""
    draft = Assessment.objects.filter(pk=assessment.pk, status=AssessmentStatus.DRAFT)
    return draft.update(title=title, period=period, is_for_counsel=is_for_counsel) == 1
