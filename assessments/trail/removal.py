"""The trail of an organisation goes once the organisation has gone, and only when somebody says so."""

from django.db import connection, transaction

from assessments.database_rules.announcing import announced
from assessments.models import AuditEntry, AuditSeal
from assessments.trail.sealing import seal_now


@transaction.atomic
def remove_trail(*, organisation_id: int) -> None:
    """To be called in the transaction that deleted the organisation, after that; the database refuses it before."""
    seal_now(connection)
    with announced(removing_trail=str(organisation_id)):
        AuditSeal.objects.filter(organisation_id=organisation_id)._raw_delete(connection.alias)
        AuditEntry.objects.filter(organisation_id=organisation_id)._raw_delete(connection.alias)
