"""What the lead sees of the rounds of an assessment: who was invited and how far they are, and never a score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from assessments.models import AnswerState, Assessment, Rater, RatingRound
from assessments.rater_links import link_of
from assessments.rounds import day_after
from benchmarks.models import PracticeArea


@dataclass(frozen=True, slots=True)
class Progress:
    """How much one rater of a named round has rated; of an anonymous round nobody counts it."""

    rated: int
    asked: int
    late: int


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One rater as the lead may know them."""

    rater: Rater
    areas: str
    is_expired: bool
    link: str  # to copy; empty once somebody has begun with it
    progress: Progress | None

    @property
    def has_ended(self) -> bool:
        return self.rater.withdrawn_at is not None or self.is_expired

    @property
    def can_be_reminded(self) -> bool:
        return bool(self.rater.email) and self.rater.finished_at is None and not self.has_ended


@dataclass(frozen=True, slots=True)
class Rounds:
    """All rounds of an assessment, the newest apart."""

    current: RatingRound | None
    lines: tuple[RaterLine, ...]  # of the current round
    earlier: tuple[RatingRound, ...]  # each with `invited`, how many raters count

    @property
    def can_be_reminded(self) -> bool:
        return any(line.can_be_reminded for line in self.lines)

    @property
    def can_reopen(self) -> bool:
        current = self.current
        return current is not None and not (current.is_anonymous and current.comparison_opened_at is not None)


@dataclass(frozen=True, slots=True)
class RoundInShort:
    """The newest round of an assessment, and how many of its raters are done."""

    round: RatingRound
    invited: int
    done: int


def read_round_in_short(assessment: Assessment) -> RoundInShort | None:
    """In one query."""
    counted = Q(raters__withdrawn_at=None)
    done = Count("raters", filter=counted & Q(raters__finished_at__isnull=False))
    rounds = assessment.rating_rounds.annotate(invited=Count("raters", filter=counted), done=done)
    newest = rounds.order_by("-opened_at", "-pk").first()
    return None if newest is None else RoundInShort(newest, newest.invited, newest.done)


def read_rounds(assessment: Assessment, areas: Sequence[PracticeArea], now: datetime) -> Rounds:
    """In two queries, however many raters there are."""
    count = Count("raters", filter=Q(raters__withdrawn_at=None))
    newest_first = assessment.rating_rounds.order_by("-opened_at", "-pk")  # counting drops the table's own order
    rounds = list(newest_first.annotate(invited=count))
    if not rounds:
        return Rounds(None, (), ())
    current = rounds[0]
    lines = tuple(_line(rater, current, areas, now) for rater in _raters(current))
    return Rounds(current, lines, tuple(rounds[1:]))


def asked_areas(assessment: Assessment) -> list[PracticeArea]:
    """The practice areas that the assessment's questionnaire asks about, in the framework's order."""
    asked = assessment.answers.order_by().values("sub_element__practice_area")
    return list(PracticeArea.objects.filter(pk__in=asked))


def _raters(rating_round: RatingRound) -> QuerySet[Rater]:
    """The withdrawn ones last. What has been rated is counted in a named round only."""
    raters = rating_round.raters.order_by(F("withdrawn_at").asc(nulls_first=True), "invited_at", "pk")
    if rating_round.is_anonymous:
        return raters
    raters = raters.annotate(
        asked=Count("ratings"), rated=Count("ratings", filter=~Q(ratings__state=AnswerState.UNANSWERED))
    )
    if rating_round.deadline is None:
        return raters
    return raters.annotate(late=Count("ratings", filter=Q(ratings__saved_at__gte=day_after(rating_round.deadline))))


def _line(rater: Rater, rating_round: RatingRound, areas: Sequence[PracticeArea], now: datetime) -> RaterLine:
    is_expired = rater.expires_at <= now
    names = [area.name for area in areas if area.code in rater.practice_areas]
    has_link = rater.begun_at is None and rater.withdrawn_at is None and not is_expired
    return RaterLine(
        rater=rater,
        areas="all practice areas" if len(names) == len(areas) else ", ".join(names),
        is_expired=is_expired,
        link=link_of(rater) if has_link and rating_round.is_open else "",
        progress=_progress(rater),
    )


def _progress(rater: Rater) -> Progress | None:
    counts = vars(rater)
    return Progress(counts["rated"], counts["asked"], counts.get("late", 0)) if "asked" in counts else None
