"""An assessment of a site, and its answers: one answer for each sub-element, from the first day."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Round

from assessments.models.organisations import Site
from assessments.models.questionnaires import Questionnaire
from assessments.texts import RATIONALE_LENGTH, REASON_LENGTH, TITLE_LENGTH
from benchmarks.models import SubElement
from benchmarks.scores import HIGHEST, LOWEST

models.TextField.register_lookup(Length)


class AssessmentStatus(models.TextChoices):
    """Whether answers may still change."""

    DRAFT = "draft", "draft"
    SIGNED = "signed", "signed off"


class Assessment(models.Model):
    """One measurement of one site, pinned to one questionnaire."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="assessments")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=TITLE_LENGTH)
    period = models.CharField(max_length=TITLE_LENGTH)
    status = models.CharField(max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=AssessmentStatus.values), name="assessment_status"),
        ]

    def __str__(self) -> str:
        return self.title


class AnswerState(models.TextChoices):
    """Not answered, "don't know yet" and "not applicable" are three different things, and none is a score."""

    UNANSWERED = "unanswered", "not answered"
    SCORED = "scored", "scored"
    UNKNOWN = "unknown", "don’t know yet"
    NOT_APPLICABLE = "not_applicable", "not applicable"

    @property
    def is_open(self) -> bool:
        return self in (AnswerState.UNANSWERED, AnswerState.UNKNOWN)


class Answer(models.Model):
    """The agreed score of one sub-element; `version` counts its accepted saves and 0 means untouched."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    sub_element = models.ForeignKey(SubElement, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=15, choices=AnswerState, default=AnswerState.UNANSWERED)
    score: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        max_digits=3, decimal_places=2, null=True, blank=True
    )
    reason = models.TextField("why it does not apply", blank=True, max_length=REASON_LENGTH)
    rationale = models.TextField(blank=True, max_length=RATIONALE_LENGTH)
    # [{"title": …, "location": …}]: part of the answer, so that one version covers the whole of it.
    evidence: "models.JSONField[list[dict[str, str]], list[dict[str, str]]]" = models.JSONField(
        default=list, blank=True
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["sub_element__order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "sub_element"], name="answer_once"),
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="answer_state"),
            models.CheckConstraint(
                condition=Q(state="scored", score__isnull=False) | (~Q(state="scored") & Q(score__isnull=True)),
                name="answer_score_when_scored",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(score__gte=LOWEST, score__lte=HIGHEST, score=Round(F("score"), precision=1)),
                name="answer_score_1_to_5",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | Q(reason__length__gte=1), name="answer_not_applicable_reason"
            ),
            models.CheckConstraint(
                condition=Q(rationale__length__lte=RATIONALE_LENGTH), name="answer_rationale_length"
            ),
            models.CheckConstraint(condition=Q(reason__length__lte=REASON_LENGTH), name="answer_reason_length"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.sub_element_id} v{self.version}"
