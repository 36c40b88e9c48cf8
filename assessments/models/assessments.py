"""An assessment of a site in its revisions, its answers, one for each sub-element, and what they said before."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.contents import AnswerContent
from assessments.models.organisations import Site
from assessments.models.questionnaires import Questionnaire
from assessments.texts import REASON_LENGTH, TITLE_LENGTH
from benchmarks.models import PracticeArea, SubElement


class AssessmentStatus(models.TextChoices):
    """Whether answers may still change: in a draft alone. In review they are fixed, signed off for good."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    SIGNED = "signed", "signed off"


class Assessment(models.Model):
    """One measurement of one site, pinned to one questionnaire; changed after its sign-off only by another revision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="assessments")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=TITLE_LENGTH)
    period = models.CharField(max_length=TITLE_LENGTH)
    status = models.CharField(max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    is_for_counsel = models.BooleanField("prepared at the direction of counsel", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # The first revision and the one before this: none for the first itself.
    first = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="later_revisions")
    revises = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="next_revisions")
    revision_number = models.PositiveIntegerField(default=1)
    revision_reason = models.TextField("why it was revised", blank=True, max_length=REASON_LENGTH)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=AssessmentStatus.values), name="assessment_status"),
            models.UniqueConstraint(fields=["revises"], name="assessment_revised_once"),
            models.UniqueConstraint(fields=["first", "revision_number"], name="assessment_revision_once"),
            models.CheckConstraint(
                condition=Q(first=None, revises=None, revision_number=1, revision_reason="")
                | Q(first__isnull=False, revises__isnull=False, revision_number__gte=2, revision_reason__length__gte=1),
                name="assessment_revision",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == AssessmentStatus.DRAFT

    @property
    def is_in_review(self) -> bool:
        return self.status == AssessmentStatus.IN_REVIEW

    @property
    def is_signed(self) -> bool:
        return self.status == AssessmentStatus.SIGNED


class Assignment(models.Model):
    """A practice area of an assessment that a contributor is to answer."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    practice_area = models.ForeignKey(PracticeArea, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "practice_area", "person"], name="assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_area_id} of {self.assessment_id} for {self.person_id}"


class Answer(AnswerContent):
    """The agreed score of one sub-element; `version` counts its accepted saves and 0 means untouched."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    sub_element = models.ForeignKey(SubElement, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["sub_element__order"]
        constraints = [
            *AnswerContent.Meta.constraints,
            models.UniqueConstraint(fields=["assessment", "sub_element"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.sub_element_id} v{self.version}"


class Origin(models.TextChoices):
    """By which way a version of an answer came in."""

    PAGE = "page", "on the page"
    WORKBOOK = "workbook", "from a workbook"
    RESTORED = "restored", "restored"
    CONFIRMED = "confirmed", "confirmed"
    REVISION = "revision", "carried over from the signed revision"


class AnswerVersion(AnswerContent):
    """What an answer said from one accepted save until the next. Rows are added by saving and never changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PAGE)
    restored_version = models.PositiveIntegerField(null=True, blank=True)
    # What the browser called this save: when it asks again because it heard no answer, nothing is stored twice.
    save_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            *AnswerContent.Meta.constraints,
            models.UniqueConstraint(fields=["answer", "version"], name="answerversion_once"),
            models.UniqueConstraint(fields=["answer", "save_id"], name="answerversion_save_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="answerversion_counts_from_1"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="answerversion_origin"),
            models.CheckConstraint(
                condition=Q(origin="restored", restored_version__isnull=False)
                | (~Q(origin="restored") & Q(restored_version__isnull=True)),
                name="answerversion_restored_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.version}"
