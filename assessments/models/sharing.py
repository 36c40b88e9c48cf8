"""Links by which a report is shared with people who have no account, and the log of their openings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.assessments import Assessment
from assessments.texts import TITLE_LENGTH


class ReportLink(models.Model):
    """A link to the report of one assessment, for one purpose and a limited time; it opens nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="report_links")
    purpose = models.CharField(max_length=TITLE_LENGTH)  # for whom or what; its readers never see it
    hides_texts = models.BooleanField()  # what was written: rationale, evidence, reasons
    hides_names = models.BooleanField()  # whose report it is
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The link is made from it by signing, so the database alone gives none away.
    nonce = models.CharField(max_length=43)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="reportlink_expires_later"),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to the report of {self.assessment_id}"


class OpenedAs(models.TextChoices):
    """In which of its forms a shared report was opened."""

    PAGE = "page", "page"
    PDF = "pdf", "PDF"


class ReportLinkOpening(models.Model):
    """One opening. Rows are only ever added; who opened it, and from where, is not recorded."""

    link = models.ForeignKey(ReportLink, on_delete=models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField()
    opened_as = models.CharField(max_length=10, choices=OpenedAs)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(opened_as__in=OpenedAs.values), name="reportlinkopening_opened_as"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} as {self.opened_as} at {self.opened_at}"
