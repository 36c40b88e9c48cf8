"""What the link to a shared report is and proves; whether it still opens anything, `report_access.py` decides."""

from django.conf import settings
from django.urls import reverse

from assessments import signed_links
from assessments.models import ReportLink

SALT = "assessments.report-link"


def secret_of(link: ReportLink) -> str:
    """Signed, not stored."""
    return signed_links.secret_of(link, salt=SALT)


def is_secret_of(link: ReportLink, secret: str) -> bool:
    return signed_links.is_secret_of(link, secret, salt=SALT)


def address_of(link: ReportLink) -> str:
    """The whole link, at the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{reverse('assessments:shared_report', args=[link.pk, secret_of(link)])}"
