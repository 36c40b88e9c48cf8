"""What signing an assessment off leaves behind: reviews, signatures, and the record of what was signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.assessments import Assessment
from assessments.texts import REASON_LENGTH

DIGEST_LENGTH = 64  # SHA-256 in hexadecimal


class Meaning(models.TextChoices):
    """What a signature means, in the order in which they are given."""

    PREPARED = "prepared", "prepared"
    REVIEWED = "reviewed", "reviewed"
    APPROVED = "approved", "approved"


class Review(models.Model):
    """From sending an assessment to review until it is returned or signed off.

    `canonical` is what is being signed, fixed on sending: whatever changes outside meanwhile changes nothing of it.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reviews")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sender_name = models.CharField(max_length=254)
    canonical = models.TextField("the report's data, byte for byte")
    digest = models.CharField(max_length=DIGEST_LENGTH)
    software_version = models.CharField(max_length=40)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    returner_name = models.CharField(max_length=254, blank=True)
    reason = models.TextField("why it was returned", blank=True, max_length=REASON_LENGTH)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(returned_at__isnull=True), name="review_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, reason="") | Q(returned_at__isnull=False, reason__length__gte=1),
                name="review_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk} of {self.assessment_id}"


class Signature(models.Model):
    """One person's signature under one review; void once the review has been returned. Rows are only ever added."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="signatures")
    meaning = models.CharField(max_length=10, choices=Meaning)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # Whose it is for good: two accounts stay two people when both have been removed.
    signer_number = models.BigIntegerField()
    printed_name = models.CharField(max_length=254)
    email = models.CharField("e-mail address", max_length=254)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(meaning__in=Meaning.values), name="signature_meaning"),
            models.UniqueConstraint(fields=["review", "meaning"], name="signature_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meaning} by {self.printed_name}"


class SignedRecord(models.Model):
    """What was true when the last needed signature was given; made with it and never changed."""

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="signed_record")
    review = models.OneToOneField(Review, on_delete=models.RESTRICT, related_name="signed_record")
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    # The digest of each row that the sign-off protects, line by line, so that verifying can name the one that changed.
    rows = models.TextField()
    # As `manage.py verify --head` takes it: organisation:number:hash.
    trail_head = models.CharField("head of the audit trail", max_length=120)
    seal = models.CharField("digest of all the above", max_length=DIGEST_LENGTH)

    def __str__(self) -> str:
        return f"signed record of {self.assessment_id}"
