"""Sharing a report: links made and withdrawn, and each opening logged; what a reader is shown is decided elsewhere."""

from datetime import datetime, timedelta

from django.db import transaction

from assessments.kept_pdfs import forget_shared_pdfs
from assessments.models import Assessment, OpenedAs, Person, ReportLink, ReportLinkOpening
from assessments.report_access import good_links
from assessments.signed_links import new_nonce

DAYS = (7, 30, 90)
MOST_LINKS = 50  # that are good at the same time; more than anybody keeps an eye on


class TooManyLinksError(Exception):
    """The report is shared by as many links as it may be; the message says what to do."""


class LinkEndedError(Exception):
    """The link was withdrawn or ran out while what it opens was being made."""


@transaction.atomic
def share_report(
    *,
    assessment: Assessment,
    purpose: str,
    days: int,
    hides_texts: bool,
    hides_names: bool,
    person: Person,
    now: datetime,
) -> ReportLink:
    """Make a link to the report, good for one of `DAYS`."""
    if days not in DAYS:
        raise ValueError(f"A link is good for {DAYS} days, not for {days}.")
    if good_links(now).filter(assessment=assessment).count() >= MOST_LINKS:
        raise TooManyLinksError(f"{MOST_LINKS} links to this report are good already. Withdraw one that is not needed.")
    return ReportLink.objects.create(
        assessment=assessment,
        purpose=purpose,
        hides_texts=hides_texts,
        hides_names=hides_names,
        made_at=now,
        made_by=person,
        expires_at=now + timedelta(days=days),
        nonce=new_nonce(),
    )


def withdraw_link(*, link: ReportLink, now: datetime) -> None:
    """End a link at once and for good; withdrawing twice changes nothing."""
    ReportLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=now)
    forget_shared_pdfs(str(link.pk))


@transaction.atomic
def log_opening(*, link: ReportLink, opened_as: OpenedAs, now: datetime) -> None:
    """Note that a report is about to be shown. Whoever shows it does so only after this has been stored.

    The link is held meanwhile: once a withdrawal has been stored, nothing is shown any more.
    """
    held = good_links(now).select_for_update(no_key=True).order_by().filter(pk=link.pk).first()
    if held is None:
        raise LinkEndedError
    ReportLinkOpening.objects.create(link=held, opened_at=now, opened_as=opened_as)
