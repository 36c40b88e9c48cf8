"""Decides what someone without an account may open of a report: what a good link shows, and nothing else."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from assessments.models import Assessment, ReportLink
from assessments.report_links import is_secret_of
from assessments.revision_chain import opened_before


def good_links(now: datetime) -> QuerySet[ReportLink]:
    """The links that open something at this moment."""
    return ReportLink.objects.filter(is_good(now))


def is_good(now: datetime) -> Q:
    return Q(withdrawn_at=None, expires_at__gt=now)


def earlier_for_readers(link: ReportLink) -> QuerySet[Assessment]:
    """Of the same site: what a report says of an earlier assessment is part of the report that is shared."""
    return Assessment.objects.filter(opened_before(link.assessment))


def shared_link_or_404(link_id: UUID, secret: str, now: datetime) -> ReportLink:
    """The link with its assessment; a wrong, a withdrawn, an expired and an unknown one cannot be told apart."""
    links = good_links(now).select_related("assessment__site__organisation", "assessment__questionnaire__framework")
    link = links.filter(pk=link_id).first()
    if link is None or not is_secret_of(link, secret):
        raise Http404("There is no such link.")
    return link
