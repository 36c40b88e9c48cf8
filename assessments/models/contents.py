"""What an answer, each of its earlier versions and a rating all say: state, score, texts, evidence, how sure."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Round

from assessments.texts import RATIONALE_LENGTH, REASON_LENGTH
from benchmarks.scores import HIGHEST, LOWEST

models.TextField.register_lookup(Length)


class AnswerState(models.TextChoices):
    """Not answered, "don't know yet" and "not applicable" are three different things, and none is a score."""

    UNANSWERED = "unanswered", "not answered"
    SCORED = "scored", "scored"
    UNKNOWN = "unknown", "don’t know yet"
    NOT_APPLICABLE = "not_applicable", "not applicable"

    @property
    def is_open(self) -> bool:
        return self in (AnswerState.UNANSWERED, AnswerState.UNKNOWN)


class Confidence(models.TextChoices):
    """How sure those who answered are; nobody has to say."""

    UNSTATED = "", "not stated"
    LOW = "low", "low"
    MEDIUM = "medium", "medium"
    HIGH = "high", "high"


class EvidenceStrength(models.TextChoices):
    """What kind of evidence stands behind an answer, the strongest that there is."""

    NONE = "none", "none named"
    ANECDOTE = "anecdote", "anecdote"
    DOCUMENT = "document", "document"
    RECORD = "record", "measured record"


class AnswerContent(models.Model):
    """The columns of an `Entry`, with the rules that the database keeps about them."""

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
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.UNSTATED, blank=True)
    evidence_strength = models.CharField(
        "strength of evidence", max_length=10, choices=EvidenceStrength, default=EvidenceStrength.NONE
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="%(class)s_state"),
            models.CheckConstraint(
                condition=Q(state="scored", score__isnull=False) | (~Q(state="scored") & Q(score__isnull=True)),
                name="%(class)s_score_when_scored",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(score__gte=LOWEST, score__lte=HIGHEST, score=Round(F("score"), precision=1)),
                name="%(class)s_score_1_to_5",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | Q(reason__length__gte=1), name="%(class)s_not_applicable_reason"
            ),
            models.CheckConstraint(
                condition=Q(rationale__length__lte=RATIONALE_LENGTH), name="%(class)s_rationale_length"
            ),
            models.CheckConstraint(condition=Q(reason__length__lte=REASON_LENGTH), name="%(class)s_reason_length"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name="%(class)s_confidence"),
            models.CheckConstraint(
                condition=Q(evidence_strength__in=EvidenceStrength.values), name="%(class)s_evidence_strength"
            ),
        ]
