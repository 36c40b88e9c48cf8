"""Organisations, their sites, and who belongs to them in which role."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Organisation(models.Model):
    """The company, or the part of it, whose people share assessments; nothing of it is visible outside."""

    name = models.CharField(max_length=200)
    is_fictional = models.BooleanField("demonstration data", default=False)
    requires_second_factor = models.BooleanField("requires a second factor of its people", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Which signatures sign an assessment off, and whether each must be somebody else's.
    needs_prepared = models.BooleanField("somebody signs as having prepared it", default=True)
    needs_reviewed = models.BooleanField("somebody signs as having reviewed it", default=False)
    needs_approved = models.BooleanField("somebody signs as approving it", default=True)
    signers_differ = models.BooleanField("different people sign", default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_prepared=True) | Q(needs_reviewed=True) | Q(needs_approved=True),
                name="organisation_needs_a_signature",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SiteSize(models.TextChoices):
    """How many people work at a site."""

    UP_TO_50 = "up-to-50", "up to 50 people"
    UP_TO_250 = "up-to-250", "51 to 250 people"
    UP_TO_1000 = "up-to-1000", "251 to 1,000 people"
    MORE = "more", "more than 1,000 people"


class Site(models.Model):
    """One manufacturing site, by its name or a pseudonym."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=200)
    manufacturing = models.CharField("kind of manufacturing", max_length=200, blank=True)
    size = models.CharField(max_length=10, choices=SiteSize, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="site_name_once"),
            models.CheckConstraint(condition=Q(size__in=["", *SiteSize.values]), name="site_size"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is in an organisation; `access.py` says what each role may do."""

    OWNER = "owner", "owner"
    LEAD = "lead", "lead"
    CONTRIBUTOR = "contributor", "contributor"
    VIEWER = "viewer", "viewer"


class Membership(models.Model):
    """A person's place in an organisation, at all its sites or at some, for good or until a moment."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    # Said apart from the sites: whoever is limited to one that is deleted sees none, not all.
    is_limited_to_sites = models.BooleanField("only at some sites", default=False)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    ends_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id} as {self.role}"
