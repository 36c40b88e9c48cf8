"""How an assessment begins, and gets another title or period; answers are saved elsewhere."""

from django.db import transaction

from assessments.models import Answer, Assessment, AssessmentStatus, Questionnaire, Site


@transaction.atomic
def open_assessment(*, site: Site, title: str, period: str) -> Assessment:
    """Open an assessment, pinned to the current questionnaire, with one untouched answer for each sub-element."""
    questionnaire = Questionnaire.objects.select_related("framework").current()
    assessment = Assessment.objects.create(site=site, questionnaire=questionnaire, title=title, period=period)
    Answer.objects.bulk_create(
        Answer(assessment=assessment, sub_element=sub_element)
        for sub_element in questionnaire.framework.sub_elements.all()
    )
    return assessment


def retitle_assessment(*, assessment: Assessment, title: str, period: str) -> bool:
    """Change title and period; False, and nothing changed, when the assessment has been signed off."""
    draft = Assessment.objects.filter(pk=assessment.pk, status=AssessmentStatus.DRAFT)
    return draft.update(title=title, period=period) == 1
