"""The mail that invites somebody to an organisation. What goes wrong on the way is said, and undoes nothing."""

import logging
from datetime import datetime

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from assessments.member_invitations import link_of
from assessments.models import MemberInvitation
from assessments.rater_mails import Sent, sends_mail

logger = logging.getLogger(__name__)


def mail_invitation(invitation: MemberInvitation, now: datetime) -> Sent:
    """Outside of any transaction: the mail server may take its time."""
    try:
        _message(invitation).send()
    except (OSError, ValueError):  # every SMTPException is one; an address that cannot be written is the other
        logger.exception("The mail of invitation %s could not be sent", invitation.pk)
        return Sent.FAILED
    if not sends_mail():
        return Sent.PRINTED
    MemberInvitation.objects.filter(pk=invitation.pk).update(mailed_at=now)
    return Sent.SENT


def _message(invitation: MemberInvitation) -> EmailMessage:
    inviter = invitation.invited_by
    context = {"invitation": invitation, "organisation": invitation.organisation, "link": link_of(invitation)}
    subject = render_to_string("people/mail/invitation_subject.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),  # whatever a name holds, a header stays one line
        body=render_to_string("people/mail/invitation.txt", context),
        to=[invitation.email],
        reply_to=[inviter.email] if inviter else None,
    )
