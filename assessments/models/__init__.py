"""The tables of the app, one noun a file; import them from here."""

from assessments.models.assessments import Answer, AnswerState, Assessment, AssessmentStatus
from assessments.models.organisations import Membership, Organisation, Role, Site, SiteSize
from assessments.models.people import Person
from assessments.models.questionnaires import Questionnaire, Rubric

__all__ = [
    "Answer",
    "AnswerState",
    "Assessment",
    "AssessmentStatus",
    "Membership",
    "Organisation",
    "Person",
    "Questionnaire",
    "Role",
    "Rubric",
    "Site",
    "SiteSize",
]
