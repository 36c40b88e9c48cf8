"""Links to reports for tests: made as the owner would, with everything hidden unless a test says otherwise."""

import re
from typing import Any

from django.utils import timezone

from assessments.models import Assessment, Membership, ReportLink
from assessments.report_links import address_of
from assessments.sharing import share_report

MADE: dict[str, Any] = {"purpose": "Corporate quality, October", "days": "30"}


def shared(assessment: Assessment, **choices: Any) -> ReportLink:
    """A link by the first owner of the organisation."""
    owner = Membership.objects.filter(organisation=assessment.site.organisation_id).order_by("pk")[0].person
    facts = {"purpose": MADE["purpose"], "days": 30, "hides_texts": True, "hides_names": True, "now": timezone.now()}
    return share_report(assessment=assessment, person=owner, **(facts | choices))


def shared_path(link: ReportLink, part: str = "") -> str:
    return re.sub(r"^https?://[^/]+", "", address_of(link)) + part


def sharing_path(assessment: Assessment, part: str = "") -> str:
    return f"/assessments/{assessment.pk}/sharing/{part}"
