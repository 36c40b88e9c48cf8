"""The receipt of a deletion: the link that shows it, and its tables in words."""

from django.apps import apps
from django.conf import settings
from django.urls import reverse

from assessments.models import DeletionReceipt
from assessments.signed_links import is_signature_of, signature_of

SALT = "assessments.deletion-receipt"
# Tables that Django makes for itself between two others, and names so.
BETWEEN = {
    "assessments.Membership_sites": "sites of memberships",
    "assessments.MemberInvitation_sites": "sites of invitations",
}


def is_secret_of(receipt: DeletionReceipt, secret: str) -> bool:
    return is_signature_of(str(receipt.pk), secret, salt=SALT)


def path_of(receipt: DeletionReceipt) -> str:
    secret = signature_of(str(receipt.pk), salt=SALT)
    return reverse("assessments:deletion_receipt", args=[receipt.pk, secret])


def address_of(receipt: DeletionReceipt) -> str:
    """At the configured address of the site and not at the one that a request claims."""
    return f"{settings.SITE_URL}{path_of(receipt)}"


def tables_of(receipt: DeletionReceipt) -> list[tuple[str, int]]:
    """Each table as people call it, with the number of rows that went."""
    return [(_plain_name(label), count) for label, count in sorted(receipt.rows.items())]


def _plain_name(label: str) -> str:
    if label in BETWEEN:
        return BETWEEN[label]
    try:
        return str(apps.get_model(label)._meta.verbose_name_plural).replace("_", " ")
    except LookupError:  # a table that this version of the product no longer has
        return label
