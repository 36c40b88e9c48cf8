"""The deletion of an organisation: planned, stopped, and carried out once it is due, with a receipt.

Who may plan and stop is decided by `access.py`; the mails that tell of it are in `deletion_mails.py`.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import DatabaseError, InterfaceError, transaction

from assessments.access import Action, people_who_may
from assessments.database_rules.announcing import announced
from assessments.deletion import KeptBeneath, delete_admin_log, delete_for_good
from assessments.models import (
    Assessment,
    DeletionReceipt,
    ExecutedBy,
    Organisation,
    Person,
    PlannedDeletion,
    Site,
)
from assessments.trail.sealing import head_of_trail

WAIT = timedelta(days=7)

logger = logging.getLogger(__name__)


class OrganisationGoneError(Exception):
    """It has been deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What is left in memory of a deletion, so that those who owned the organisation can be told of it by name."""

    receipt: DeletionReceipt
    name: str
    addresses: tuple[str, ...]


@transaction.atomic
def plan_deletion(*, organisation: Organisation, person: Person, now: datetime) -> tuple[PlannedDeletion, bool]:
    """Plan it for after the wait, and say whether that is new: whoever plans it a second time changes nothing."""
    held = Organisation.objects.select_for_update().order_by().filter(pk=organisation.pk).first()
    if held is None:
        raise OrganisationGoneError
    return PlannedDeletion.objects.get_or_create(
        organisation=held, defaults={"planned_by": person, "planned_at": now, "due_at": now + WAIT}
    )


@transaction.atomic
def stop_deletion(*, organisation: Organisation) -> bool:
    """Whether there was one to stop: another owner may have stopped it, or it may be too late."""
    deleted, _ = PlannedDeletion.objects.filter(organisation_id=organisation.pk).delete()
    return deleted == 1


def delete_due(*, now: datetime, executed_by: ExecutedBy) -> list[Deleted]:
    """Delete every organisation whose wait is over. One that cannot be deleted now is left for the next time."""
    done = []
    for planned in PlannedDeletion.objects.filter(due_at__lte=now):
        try:
            deleted = _delete(planned_id=planned.pk, now=now, executed_by=executed_by)
        except (DatabaseError, InterfaceError):  # it is being saved into, locked or away
            logger.exception("Organisation %s could not be deleted; it is tried again", planned.organisation_id)
        else:
            done += [deleted] if deleted else []
    return done


def _delete(*, planned_id: int, now: datetime, executed_by: ExecutedBy) -> Deleted | None:
    """None when it was stopped meanwhile, or deleted by somebody who was quicker."""
    with transaction.atomic():
        planned = PlannedDeletion.objects.select_for_update().order_by().filter(pk=planned_id, due_at__lte=now).first()
        if planned is None:
            return None
        organisation = _hold(planned.organisation_id)
        addresses = tuple(person.email for person in people_who_may(organisation, Action.DELETE))
        rows = Organisation.objects.filter(pk=organisation.pk)
        kept = KeptBeneath.of(rows)
        receipt = DeletionReceipt(
            planned_by_id=planned.planned_by_id,
            planned_at=planned.planned_at,
            due_at=planned.due_at,
            deleted_at=now,
            executed_by=executed_by,
        )
        receipt.name_digest = digest_of_name(receipt, organisation.name)
        receipt.trail_head = head_of_trail(organisation.pk).hash
        noted = delete_admin_log(organisation)
        with announced(with_signed="1"):
            receipt.rows = _counted({**delete_for_good(rows), "admin.LogEntry": noted})
        receipt.save(force_insert=True)
    kept.forget()  # once more: a PDF may have been finished before others could see that it is deleted
    return Deleted(receipt, organisation.name, addresses)


def digest_of_name(receipt: DeletionReceipt, name: str) -> str:
    return sha256(f"{receipt.pk}:{name}".encode()).hexdigest()


def _hold(organisation_id: int) -> Organisation:
    """Against whoever saves into it meanwhile: their saves come before, or find nothing."""
    organisation = Organisation.objects.select_for_update().order_by().get(pk=organisation_id)
    list(Site.objects.select_for_update().order_by("pk").filter(organisation=organisation))
    sites = organisation.sites.order_by().values("pk")
    list(Assessment.objects.select_for_update().order_by("pk").filter(site__in=sites).values_list("pk"))
    return organisation


def _counted(rows: dict[str, int]) -> dict[str, int]:
    return {table: count for table, count in sorted(rows.items()) if count}
