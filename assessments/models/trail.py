"""The audit trail: entries written by the database's own triggers, and the seals that chain them; both only grow."""

from django.db import models


class AuditEntry(models.Model):
    """Who did what to which row of an organisation, from what to what; all of it text, so that a hash can cover it.

    It points at nothing: it outlives what it is about.
    """

    organisation_id = models.BigIntegerField()
    at = models.CharField(max_length=24)  # 2026-11-30T16:30:31.123Z
    actor = models.CharField(max_length=80)  # "person:12", "rater:…", "link:…", "command:demo"
    actor_name = models.CharField(max_length=500, blank=True)  # as they were called then
    origin = models.CharField(max_length=100, blank=True)  # the name of the page's address, or the command
    kind = models.CharField(max_length=40)  # the model, or "Event"
    action = models.CharField(max_length=40)  # added, changed, removed, or what happened
    row = models.CharField(max_length=40, blank=True)
    assessment = models.CharField(max_length=32, blank=True)  # its id in hexadecimal, where it is about one
    about = models.TextField(blank=True)  # what the row was called then
    before = models.TextField()  # JSON: the columns that changed
    after = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["organisation_id", "at"], name="auditentry_by_time")]
        constraints = [models.CheckConstraint(condition=~models.Q(actor=""), name="auditentry_has_actor")]

    def __str__(self) -> str:
        return f"{self.at} {self.actor}: {self.kind} {self.row} {self.action}"


class AuditSeal(models.Model):
    """The place of one entry in its organisation's chain, and the hash over it and the seal before."""

    entry = models.OneToOneField(
        AuditEntry, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="seal"
    )
    organisation_id = models.BigIntegerField()
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["organisation_id", "number"]
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="auditseal_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.number} {self.hash}"
