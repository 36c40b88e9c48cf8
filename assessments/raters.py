"""What the lead sees of the rounds of an assessment: who was invited and how far they are, and never a score."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from assessments.models import Assessment, Rater, Rating, RatingRound
from assessments.progress import Progress, progress_of
from assessments.rater_links import link_of
from assessments.rater_mails import sends_mail
from assessments.rounds import day_after
from benchmarks.models import PracticeArea


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far one rater of a named round is; of an anonymous round nobody counts it."""

    progress: Progress
    late: int  # saved after the deadline


@dataclass(frozen=True, slots=True)
class RaterLine:
    """One rater as the lead may know them."""

    rater: Rater
    areas: str
    is_expired: bool
    link: str  # to copy; empty once somebody has begun with it
    so_far: SoFar | None

    @property
    def has_ended(self) -> bool:
        return self.rater.withdrawn_at is not None or self.is_expired

    @property
    def can_be_reminded(self) -> bool:
        return sends_mail() and bool(self.rater.email) and self.rater.finished_at is None and not self.has_ended


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
    """In three queries, however many raters there are."""
    count = Count("raters", filter=Q(raters__withdrawn_at=None))
    newest_first = assessment.rating_rounds.order_by("-opened_at", "-pk")  # counting drops the table's own order
    rounds = list(newest_first.annotate(invited=count))
    if not rounds:
        return Rounds(None, (), ())
    current = rounds[0]
    so_far = {} if current.is_anonymous else _so_far(current)
    lines = tuple(_line(rater, current, areas, so_far, now) for rater in _raters(current))
    return Rounds(current, lines, tuple(rounds[1:]))


def asked_areas(assessment: Assessment) -> list[PracticeArea]:
    """The practice areas that the assessment's questionnaire asks about, in the framework's order."""
    asked = assessment.answers.order_by().values("sub_element__practice_area")
    return list(PracticeArea.objects.filter(pk__in=asked))


def _raters(rating_round: RatingRound) -> QuerySet[Rater]:
    """The withdrawn ones last."""
    return rating_round.raters.order_by(F("withdrawn_at").asc(nulls_first=True), "invited_at", "pk")


def _so_far(rating_round: RatingRound) -> dict[UUID, SoFar]:
    """By the rater's key, for all of the round in one query."""
    late_from = None if rating_round.deadline is None else day_after(rating_round.deadline)
    states: defaultdict[UUID, list[str]] = defaultdict(list)
    late: Counter[UUID] = Counter()
    ratings = Rating.objects.filter(rater__round=rating_round).order_by()
    for rater, state, saved_at in ratings.values_list("rater", "state", "saved_at"):
        states[rater].append(state)
        late[rater] += bool(late_from and saved_at and saved_at >= late_from)
    return {rater: SoFar(progress_of(states[rater]), late[rater]) for rater in states}


def _line(
    rater: Rater,
    rating_round: RatingRound,
    areas: Sequence[PracticeArea],
    so_far: Mapping[UUID, SoFar],
    now: datetime,
) -> RaterLine:
    is_expired = rater.expires_at <= now
    names = [area.name for area in areas if area.code in rater.practice_areas]
    has_link = rater.begun_at is None and rater.withdrawn_at is None and not is_expired
    return RaterLine(
        rater=rater,
        areas="all practice areas" if len(names) == len(areas) else ", ".join(names),
        is_expired=is_expired,
        link=link_of(rater) if has_link and rating_round.is_open else "",
        so_far=so_far.get(rater.pk),
    )
