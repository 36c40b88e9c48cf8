"""What the owner sees of the links to a report: whom they are for, what they hide, how often they were opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from assessments.models import Assessment, OpenedAs, ReportLink
from assessments.report_links import address_of
from benchmarks.formatting import count_word


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link with its openings counted."""

    link: ReportLink
    is_good: bool
    address: str  # to copy; empty once it opens nothing
    pages: int
    pdfs: int
    last_opened_at: datetime | None

    @property
    def opened(self) -> str:
        """Twice, one of them as PDF."""
        total = self.pages + self.pdfs
        times = {1: "once", 2: "twice"}.get(total, f"{count_word(total)} times")
        if not self.pdfs:
            return times
        return f"{times}, as PDF" if self.pdfs == total else f"{times}, {count_word(self.pdfs)} of them as PDF"


@dataclass(frozen=True, slots=True)
class SharedLinks:
    """All links to the report of one assessment, the newest first."""

    good: tuple[LinkLine, ...]
    ended: tuple[LinkLine, ...]


def read_links(assessment: Assessment, now: datetime) -> SharedLinks:
    """In one query, however many links and openings there are."""
    links = assessment.report_links.select_related("made_by").annotate(
        pages=_count_of(OpenedAs.PAGE), pdfs=_count_of(OpenedAs.PDF), last_opened_at=Max("openings__opened_at")
    )
    lines = [_line(link, now) for link in links.order_by("-made_at", "-pk")]
    return SharedLinks(_those(lines, is_good=True), _those(lines, is_good=False))


def _those(lines: Sequence[LinkLine], *, is_good: bool) -> tuple[LinkLine, ...]:
    return tuple(line for line in lines if line.is_good is is_good)


def _count_of(opened_as: OpenedAs) -> Count:
    return Count("openings", filter=Q(openings__opened_as=opened_as))


def _line(link: ReportLink, now: datetime) -> LinkLine:
    is_good = link.withdrawn_at is None and link.expires_at > now
    counted = vars(link)
    return LinkLine(
        link=link,
        is_good=is_good,
        address=address_of(link) if is_good else "",
        pages=counted["pages"],
        pdfs=counted["pdfs"],
        last_opened_at=counted["last_opened_at"],
    )
