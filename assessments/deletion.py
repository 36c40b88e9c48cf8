"""Deletion that deletes: rows with everything beneath them, and the kept PDFs that say anything of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet

from assessments.kept_pdfs import forget_pdfs, forget_shared_pdfs
from assessments.models import Assessment, Membership, Organisation, ReportLink, Site
from assessments.rounds import RefusedError
from assessments.trail.removal import remove_trail

ASSESSMENTS_OF = {Assessment: "pk", Site: "site", Organisation: "site__organisation"}
Deletable = QuerySet[Assessment] | QuerySet[Site] | QuerySet[Organisation]


@dataclass(frozen=True, slots=True)
class KeptBeneath:
    """Whose kept PDFs go with rows: reports of the same site may compare with what is deleted, so theirs as well."""

    assessments: tuple[str, ...]
    links: tuple[str, ...]

    @classmethod
    def of(cls, rows: Deletable) -> Self:
        beneath = assessments_of(rows)
        at_their_sites = Assessment.objects.filter(site__in=beneath.order_by().values("site")).order_by()
        links = ReportLink.objects.filter(assessment__in=at_their_sites).order_by()
        return cls(_keys(at_their_sites), _keys(links))

    def forget(self) -> None:
        for assessment in self.assessments:
            forget_pdfs(assessment)
        for link in self.links:
            forget_shared_pdfs(link)


def delete_for_good(rows: Deletable) -> dict[str, int]:
    """Delete assessments, sites or organisations; the caller has asked whether this person may.

    What comes back is how many rows of which table went.
    """
    kept = KeptBeneath.of(rows)
    organisations = [int(key) for key in _keys(rows)] if rows.model is Organisation else []
    with transaction.atomic():
        counts = _delete_revisions(rows) + Counter(rows.delete()[1])
        for key in organisations:  # the trail of an assessment or a site stays in that of the organisation
            remove_trail(organisation_id=key)
    kept.forget()
    return dict(counts)


def assessments_of(rows: Deletable) -> QuerySet[Assessment]:
    """All that go with them."""
    return Assessment.objects.filter(**{f"{ASSESSMENTS_OF[rows.model]}__in": rows.order_by().values("pk")}).order_by()


def _delete_revisions(rows: Deletable) -> Counter[str]:
    """Those of others first, the newest before all.

    While one assessment leads to another, Django knows no order and deletes an organisation before what is in it: the
    trail could not say any more whose that was.
    """
    counts: Counter[str] = Counter()
    later = assessments_of(rows).filter(revision_number__gt=1)
    numbers = later.values_list("revision_number", flat=True).distinct().order_by("-revision_number")
    for number in list(numbers):
        counts += Counter(later.filter(revision_number=number).delete()[1])
    return counts


def delete_draft(assessment: Assessment) -> None:
    """Delete a single assessment; what is being signed, or is, goes only with all of its organisation."""
    with transaction.atomic():
        held = Assessment.objects.select_for_update().order_by().filter(pk=assessment.pk).first()
        if held is not None and held.is_in_review:
            raise RefusedError("This assessment is in review. Return it to draft before you delete it.")
        if held is not None and held.is_signed:
            raise RefusedError(
                "This assessment has been signed off and stays readable. It goes only with the whole organisation."
            )
        delete_for_good(Assessment.objects.filter(pk=assessment.pk))


def delete_admin_log(organisation: Organisation) -> int:
    """What the admin noted of an organisation names it, and no key of the database leads from there to here."""
    beneath = {
        Organisation: [str(organisation.pk)],
        Site: _keys(Site.objects.filter(organisation=organisation)),
        Membership: _keys(Membership.objects.filter(organisation=organisation)),
    }
    types = ContentType.objects.get_for_models(*beneath)
    noted = (LogEntry.objects.filter(content_type=types[model], object_id__in=keys) for model, keys in beneath.items())
    return sum(entries.delete()[0] for entries in noted)


def _keys(rows: Deletable | QuerySet[ReportLink] | QuerySet[Membership]) -> tuple[str, ...]:
    return tuple(str(key) for key in rows.order_by().values_list("pk", flat=True))
