"""Mails to the owners of an organisation: its deletion is planned, stopped, done. One that fails stops nothing."""

import logging
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.access import Action, people_who_may
from assessments.deletion_receipts import address_of
from assessments.models import Organisation, Person, PlannedDeletion
from assessments.planned_deletion import Deleted

logger = logging.getLogger(__name__)


class Kind(StrEnum):
    """Which mail it is; its templates are named so."""

    PLANNED = "planned"
    STOPPED = "stopped"
    DONE = "done"


def tell_planned(planned: PlannedDeletion) -> None:
    organisation = planned.organisation
    page = f"{settings.SITE_URL}{reverse('assessments:deletion', args=[organisation.pk])}"
    context = {"organisation": organisation.name, "planned": planned, "page": page}
    _send(Kind.PLANNED, _owners(organisation), context)


def tell_stopped(organisation: Organisation, person: Person) -> None:
    _send(Kind.STOPPED, _owners(organisation), {"organisation": organisation.name, "person": person})


def tell_deleted(deleted: Deleted) -> None:
    context = {"organisation": deleted.name, "receipt": deleted.receipt, "address": address_of(deleted.receipt)}
    _send(Kind.DONE, deleted.addresses, context)


def _owners(organisation: Organisation) -> list[str]:
    return [person.email for person in people_who_may(organisation, Action.DELETE)]


def _send(kind: Kind, addresses: Iterable[str], context: dict[str, Any]) -> None:
    """One mail for each, outside of any transaction: the mail server may take its time."""
    subject = " ".join(render_to_string(f"deletion/mail/{kind}_subject.txt", context).split())
    body = render_to_string(f"deletion/mail/{kind}.txt", context)
    try:
        with get_connection() as connection:
            for address in addresses:
                mail = EmailMessage(subject=subject, body=body, to=[address], connection=connection)
                _send_one(kind, mail, connection)
    except OSError:
        logger.exception("The connection to the mail server failed: deletion %s", kind)


def _send_one(kind: Kind, mail: EmailMessage, connection: BaseEmailBackend) -> None:
    """A refused address concerns no other owner, also where the mail server hangs up over it."""
    try:
        mail.send()
    except (OSError, ValueError):  # every SMTPException is one; an address that cannot be written is the other
        logger.exception("Not all owners could be told by mail: deletion %s", kind)
        connection.close()  # the next mail opens another
