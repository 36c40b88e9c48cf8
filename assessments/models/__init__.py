"""The tables of the app, one noun a file; import them from here."""

from assessments.models.assessments import Answer, AnswerVersion, Assessment, AssessmentStatus, Assignment, Origin
from assessments.models.contents import AnswerContent, AnswerState, Confidence, EvidenceStrength
from assessments.models.deletion import DeletionReceipt, ExecutedBy, PlannedDeletion
from assessments.models.invitations import MemberInvitation
from assessments.models.organisations import Membership, Organisation, Role, Site, SiteSize
from assessments.models.people import Person
from assessments.models.questionnaires import Questionnaire, Rubric
from assessments.models.ratings import Rater, RaterFunction, Rating, RatingRound
from assessments.models.sharing import OpenedAs, ReportLink, ReportLinkOpening
from assessments.models.signing import Meaning, Review, Signature, SignedRecord
from assessments.models.trail import AuditEntry, AuditSeal

__all__ = [
    "Answer",
    "AnswerContent",
    "AnswerState",
    "AnswerVersion",
    "Assessment",
    "AssessmentStatus",
    "Assignment",
    "AuditEntry",
    "AuditSeal",
    "Confidence",
    "DeletionReceipt",
    "EvidenceStrength",
    "ExecutedBy",
    "Meaning",
    "MemberInvitation",
    "Membership",
    "OpenedAs",
    "Organisation",
    "Origin",
    "Person",
    "PlannedDeletion",
    "Questionnaire",
    "Rater",
    "RaterFunction",
    "Rating",
    "RatingRound",
    "ReportLink",
    "ReportLinkOpening",
    "Review",
    "Role",
    "Rubric",
    "Signature",
    "SignedRecord",
    "Site",
    "SiteSize",
]
