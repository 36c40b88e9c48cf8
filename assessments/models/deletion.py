"""The deletion of an organisation: planned while it still can be stopped, and the receipt that stays afterwards."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.organisations import Organisation


class PlannedDeletion(models.Model):
    """An organisation that will be deleted once this is due; a row that is taken away in time stops it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="planned_deletion")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("planned_at")), name="planneddeletion_due_later"),
        ]

    def __str__(self) -> str:
        return f"deletion of {self.organisation_id} at {self.due_at}"


class ExecutedBy(models.TextChoices):
    """What carried a deletion out."""

    SERVER = "server", "this server, in its hourly round"
    COMMAND = "command", "the command delete_due, run on this server"


class DeletionReceipt(models.Model):
    """That an organisation was deleted, and how much of it; nothing that it had written, not even its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Of the receipt's id and the name: whoever knows both can prove it, nobody can read the name from it.
    name_digest = models.CharField(max_length=64)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="deletion_receipts"
    )
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    deleted_at = models.DateTimeField()
    executed_by = models.CharField(max_length=10, choices=ExecutedBy)
    # {"assessments.Answer": 40, …}: how many rows went from each table.
    rows: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField()
    trail_head = models.CharField(max_length=64, blank=True)  # the last seal of the audit trail that went with it
    # When SQLite's file was written anew without what had been deleted; PostgreSQL clears its files itself.
    file_rewritten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(executed_by__in=ExecutedBy.values), name="deletionreceipt_executed_by"),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
