"""Deletion that deletes: rows with everything beneath them, and the kept PDFs that say anything of them."""

from django.db import transaction
from django.db.models import QuerySet

from assessments.kept_pdfs import forget_pdfs, forget_shared_pdfs
from assessments.models import Assessment, Organisation, ReportLink, Site
from assessments.trail.removal import remove_trail

ASSESSMENTS_OF = {Assessment: "pk", Site: "site", Organisation: "site__organisation"}


def delete_for_good(rows: QuerySet[Assessment] | QuerySet[Site] | QuerySet[Organisation]) -> None:
    """Delete assessments, sites or organisations; the caller has asked whether this person may.

    Reports of the same site may compare with what is deleted, so their PDFs go as well.
    """
    beneath = Assessment.objects.filter(**{f"{ASSESSMENTS_OF[rows.model]}__in": rows.values("pk")})
    at_their_sites = Assessment.objects.filter(site__in=beneath.order_by().values("site"))
    assessments = list(at_their_sites.order_by().values_list("pk", flat=True))
    links = list(ReportLink.objects.filter(assessment__in=at_their_sites).order_by().values_list("pk", flat=True))
    organisations = list(rows.values_list("pk", flat=True)) if rows.model is Organisation else []
    with transaction.atomic():
        rows.delete()
        for organisation in organisations:
            remove_trail(organisation_id=int(str(organisation)))
    for assessment in assessments:
        forget_pdfs(str(assessment))
    for link in links:
        forget_shared_pdfs(str(link))
