"""Rounds in which several people rate before the lead agrees one answer: the round, its raters, their ratings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.assessments import Assessment
from assessments.models.contents import AnswerContent
from assessments.texts import TITLE_LENGTH
from benchmarks.models import SubElement


class RaterFunction(models.TextChoices):
    """Where in the site a rater works; the comparison is shown by these."""

    QUALITY = "quality", "quality"
    PRODUCTION = "production", "production"
    ENGINEERING = "engineering", "engineering"
    SUPPLY_CHAIN = "supply_chain", "supply chain"
    PEOPLE = "people", "people (HR)"
    SITE_LEADERSHIP = "site_leadership", "site leadership"
    OTHER = "other", "other"


class RatingRound(models.Model):
    """One round of ratings. Ratings are taken while it is open; the comparison is seen only once it is closed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="rating_rounds")
    is_anonymous = models.BooleanField("anonymous", default=False)  # chosen before inviting, never changed
    deadline = models.DateField(null=True, blank=True)  # the last day; a rating after it is taken and marked late
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    comparison_opened_at = models.DateTimeField(null=True, blank=True)  # empty again once the round is re-opened

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(closed_at__isnull=True), name="ratinground_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk} of {self.assessment_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_compared(self) -> bool:
        """Whether the lead has opened the comparison, and no rating can change it any more."""
        return self.comparison_opened_at is not None and not self.is_open


class Rater(models.Model):
    """One person invited to rate, by a link that is theirs alone and gives no more than their own rating."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(RatingRound, on_delete=models.CASCADE, related_name="raters")
    name = models.CharField(max_length=TITLE_LENGTH)
    email = models.EmailField("e-mail address", max_length=254, blank=True)
    function = models.CharField(max_length=20, choices=RaterFunction)
    practice_areas: "models.JSONField[list[str], list[str]]" = models.JSONField(help_text="Codes, at least one")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # A link is made from the nonce by signing it, so the database alone gives none away. Opening it binds it to one
    # browser, whose key is kept as a hash; a new nonce makes a new link and ends the old one.
    nonce = models.CharField(max_length=43)
    is_claimable = models.BooleanField(default=True)
    browser_key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(function__in=RaterFunction.values), name="rater_function"),
        ]

    def __str__(self) -> str:
        return self.name


class Rating(AnswerContent):
    """What one rater says of one sub-element; one row for each that they are asked about, from the invitation on."""

    rater = models.ForeignKey(Rater, on_delete=models.CASCADE, related_name="ratings")
    sub_element = models.ForeignKey(SubElement, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    save_id = models.UUIDField(null=True, blank=True, editable=False)  # what the browser called the latest save

    class Meta:
        ordering = ["sub_element__order"]
        constraints = [
            *AnswerContent.Meta.constraints,
            models.UniqueConstraint(fields=["rater", "sub_element"], name="rating_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rater_id} {self.sub_element_id} v{self.version}"
