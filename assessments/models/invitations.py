"""Invitations of people to an organisation; those of raters, who need no account, are in `ratings.py`."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models.organisations import Organisation, Role, Site


class MemberInvitation(models.Model):
    """A place in an organisation, kept for one address and a limited time; accepted once, or withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address", max_length=254)  # in lower case, as people's addresses are
    role = models.CharField(max_length=12, choices=Role)
    is_limited_to_sites = models.BooleanField("only at some sites", default=False)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The link is made from it by signing, so the database alone gives none away.
    nonce = models.CharField(max_length=43)

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="memberinvitation_role"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="memberinvitation_expires_later"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(accepted_at=None), name="memberinvitation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(withdrawn_at=None, accepted_at=None),
                name="memberinvitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.organisation_id} as {self.role}"
