"""Mails to raters: invitation, reminder, new link. What went wrong on the way is said, and undoes nothing."""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.disclosure import disclosure_of
from assessments.invitations import renew_link
from assessments.models import Rater, RatingRound
from assessments.rater_links import link_of, lost_link_of
from assessments.rounds import RefusedError, raters_who_count, refuse_unless_open

JUST_NOW = timedelta(minutes=1)
PAUSE = timedelta(minutes=10)
CONSOLE = "django.core.mail.backends.console.EmailBackend"

logger = logging.getLogger(__name__)


class Kind(StrEnum):
    """Which mail it is; its templates are named so."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    NEW_LINK = "new_link"


class Sent(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    PRINTED = "printed"  # this server sends none
    FAILED = "failed"

    def words(self, address: str) -> str:
        """The same as a sentence for the page."""
        return {
            Sent.SENT: f"The mail went to {address}.",
            Sent.PRINTED: "This server sends no mail yet: it is printed in the window or log where the server runs.",
            Sent.FAILED: f"The mail to {address} could not be sent; the server’s log names the cause.",
        }[self]


def sends_mail() -> bool:
    """Whether mails leave this server; until it is set up they are printed where it runs."""
    return settings.EMAIL_BACKEND != CONSOLE


def mail_link(kind: Kind, rater: Rater, now: datetime) -> Sent:
    """Send the link; the rater's round must be at hand, with its assessment and who opened it."""
    (outcome,) = _mail_all(kind, [rater])
    if outcome is Sent.SENT:
        Rater.objects.filter(pk=rater.pk).update(mailed_at=now)
    return outcome


def mail_new_link(rater: Rater, now: datetime) -> Sent:
    """Renew the link of a rater who has begun and send it to their address alone; not sent, the old one stays."""
    renewed = renew_link(rater=rater, now=now)
    renewed.round = rater.round
    outcome = mail_link(Kind.NEW_LINK, renewed, now)
    if outcome is Sent.FAILED:
        unsent = Rater.objects.filter(pk=rater.pk, nonce=renewed.nonce)
        unsent.update(nonce=rater.nonce, is_claimable=rater.is_claimable)
    return outcome


def mail_link_on_request(rater: Rater, now: datetime) -> Sent:
    """The same for whoever holds a link that has been used: now and then, so that nobody floods an address."""
    asked = Rater.objects.filter(pk=rater.pk).exclude(mailed_at__gt=now - PAUSE)
    if not asked.update(mailed_at=now):
        raise RefusedError("A link was sent to this address a few minutes ago. Look for it there, also among the spam.")
    outcome = Sent.FAILED
    try:
        outcome = mail_new_link(rater, now)
    finally:
        if outcome is Sent.FAILED:
            Rater.objects.filter(pk=rater.pk).update(mailed_at=rater.mailed_at)
    return outcome


def remind(rating_round: RatingRound, now: datetime, only: Rater | None = None) -> list[tuple[Rater, Sent]]:
    """Remind all who are not done and have an address, or one of them; each with what became of it."""
    refuse_unless_open(rating_round)
    waiting = raters_who_count(rating_round).filter(finished_at=None, expires_at__gt=now).exclude(email="")
    chosen = waiting if only is None else waiting.filter(pk=only.pk)
    in_order = chosen.order_by("invited_at", "pk")
    raters = list(in_order.select_related("round__assessment__site__organisation", "round__opened_by"))
    if not raters:
        raise RefusedError("Nobody was reminded: no rater who is not done has an e-mail address and a link that works.")
    due = [rater for rater in raters if _note_reminder(rater, now)]
    if not due:
        raise RefusedError("A reminder was sent less than a minute ago.")
    outcomes = _mail_all(Kind.REMINDER, due)
    told = list(zip(due, outcomes, strict=True))
    for rater, outcome in told:
        if outcome is Sent.FAILED:
            Rater.objects.filter(pk=rater.pk).update(reminded_at=rater.reminded_at)
    return told


def _note_reminder(rater: Rater, now: datetime) -> bool:
    """Noted before it is sent, so that a second click on the button sends no second mail."""
    just_now = Q(reminded_at__gt=now - JUST_NOW)
    return bool(Rater.objects.filter(pk=rater.pk).exclude(just_now).update(reminded_at=now))


def _mail_all(kind: Kind, raters: Sequence[Rater]) -> list[Sent]:
    """By one connection to the mail server, outside of any transaction: it may take its time."""
    outcomes: list[Sent] = []
    try:
        with get_connection() as connection:
            for rater in raters:
                outcomes.append(_mail(kind, rater, connection))
    except OSError:  # every SMTPException is one
        logger.exception("The connection to the mail server failed")
    return outcomes + [Sent.FAILED] * (len(raters) - len(outcomes))


def _mail(kind: Kind, rater: Rater, connection: BaseEmailBackend) -> Sent:
    """A refused address concerns nobody else; a connection that is gone ends all that would follow."""
    try:
        _message(kind, rater, connection).send()
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError):  # also an address or a header that cannot be written
        logger.exception("The mail to rater %s could not be sent", rater.pk)
        return Sent.FAILED
    return Sent.SENT if sends_mail() else Sent.PRINTED


def _message(kind: Kind, rater: Rater, connection: BaseEmailBackend) -> EmailMessage:
    rating_round = rater.round
    assessment, lead = rating_round.assessment, rating_round.opened_by
    organisation = assessment.site.organisation.name
    context = {
        "rater": rater,
        "round": rating_round,
        "assessment": assessment,
        "organisation": organisation,
        "link": link_of(rater),
        "address": f"{settings.SITE_URL}{reverse('assessments:rate', args=[rater.pk])}",
        "lost": lost_link_of(rater),
        "disclosure": disclosure_of(
            is_anonymous=rating_round.is_anonymous, lead=str(lead or ""), organisation=organisation
        ),
    }
    subject = render_to_string(f"rating/mail/{kind}_subject.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),  # whatever a name holds, a header stays one line
        body=render_to_string(f"rating/mail/{kind}.txt", context),
        to=[rater.email],
        reply_to=[lead.email] if lead else None,
        connection=connection,
    )
