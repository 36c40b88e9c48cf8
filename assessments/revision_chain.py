"""The revisions of one assessment: which belong together, and when the first of them was opened."""

from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.models import Assessment, AssessmentStatus

# Revisions are opened late, and still speak of the time of the first.
FIRST_OPENED = Coalesce(F("first__created_at"), F("created_at"))


def chain_of(assessment: Assessment) -> QuerySet[Assessment]:
    """All revisions of it, itself among them, the first one first."""
    first = assessment.first_id or assessment.pk
    return Assessment.objects.filter(Q(pk=first) | Q(first=first)).order_by("revision_number")


def opened_before(assessment: Assessment) -> Q:
    """The other assessments of the same site that were opened before this one, whichever of their revisions.

    A revision that has not been signed off counts for nothing yet: the signed one before it does.
    """
    if assessment.first_id is None:
        before = Q(created_at__lt=assessment.created_at) & ~Q(pk=assessment.pk)
        of_revisions = Q(first__created_at__lt=assessment.created_at) & ~Q(first=assessment.pk)
    else:
        first = Assessment.objects.filter(pk=assessment.first_id).values("created_at")
        before = Q(created_at__lt=Subquery(first)) & ~Q(pk=assessment.first_id)
        of_revisions = Q(first__created_at__lt=Subquery(first)) & ~Q(first=assessment.first_id)
    counted = Q(first=None) & before | Q(first__isnull=False, status=AssessmentStatus.SIGNED) & of_revisions
    return Q(site=assessment.site_id) & counted
