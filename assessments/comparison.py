"""The ratings of a round beside each other, as frozen data; of an anonymous one only what gives nobody away."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from assessments.agreement import Agreement, agreement_of, leadership_gap
from assessments.anonymity import is_enough, shown_by_themselves
from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, RaterFunction


@dataclass(frozen=True, order=True, slots=True)
class GivenScore:
    """One rater's score. `function` is empty where it may not be told, `name` always in an anonymous round."""

    score: Decimal
    function: str = ""  # a code
    name: str = ""


@dataclass(frozen=True, slots=True)
class FunctionRatings:
    """The scores of one function that may be shown by itself."""

    function: RaterFunction
    scores: tuple[GivenScore, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Comment:
    """What a rater wrote; who it was, of which function, and with which answer, only in a named round."""

    text: str
    name: str = ""
    function: str = ""  # in words
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SubElementRatings:
    """What the raters gave for one sub-element, as far as it may be shown.

    With too few scores of an anonymous round `is_withheld` is set, and only `count` says anything of them.
    """

    code: str
    count: int = 0  # of scores
    is_withheld: bool = False
    scores: tuple[GivenScore, ...] = ()
    by_function: tuple[FunctionRatings, ...] = ()
    agreement: Agreement | None = None
    leadership_gap: Decimal | None = None
    unknown: int = 0
    not_applicable: int = 0
    comments: tuple[Comment, ...] = ()
    evidence: tuple[EvidenceReference, ...] = ()

    @property
    def is_wide(self) -> bool:
        return self.agreement is not None and self.agreement.is_wide is True


@dataclass(frozen=True, slots=True)
class Comparison:
    """One round whose comparison has been opened. Raters who were withdrawn do not count."""

    is_anonymous: bool
    closed_at: datetime
    opened_at: datetime  # when the lead opened the comparison
    invited: int
    rated: int  # gave anything: a score, "don't know yet", "not applicable"
    by_function: tuple[tuple[RaterFunction, int], ...]  # of those who rated, where the function may be shown
    sub_elements: tuple[SubElementRatings, ...]

    @property
    def far_apart(self) -> frozenset[str]:
        """The codes of the sub-elements on which raters disagree."""
        return frozenset(each.code for each in self.sub_elements if each.is_wide)

    def of(self, code: str) -> SubElementRatings:
        """The ratings of one sub-element; none where nobody was asked about it."""
        return next((each for each in self.sub_elements if each.code == code), SubElementRatings(code))


@dataclass(frozen=True, slots=True)
class GivenRating:
    """A rating as it was stored, before anything is withheld."""

    rater: UUID
    name: str
    function: RaterFunction
    code: str
    entry: Entry
    is_saved: bool

    @property
    def is_given(self) -> bool:
        return self.is_saved and self.entry.state != AnswerState.UNANSWERED

    @property
    def is_told(self) -> bool:
        """Whether there is anything of it to show: words and evidence also without a choice of a level."""
        return self.is_given or (self.is_saved and bool(_text(self.entry) or self.entry.evidence))

    @property
    def is_score(self) -> bool:
        return self.is_saved and self.entry.score is not None


def compare(
    ratings: Sequence[GivenRating], *, is_anonymous: bool, closed_at: datetime, opened_at: datetime
) -> Comparison:
    """Put the ratings side by side, each sub-element in the order in which it first comes."""
    people = {each.rater: each.function for each in ratings if each.is_given}
    codes = dict.fromkeys(each.code for each in ratings)
    counts = Counter(people.values())
    shown = _shown(counts, is_anonymous=is_anonymous)
    return Comparison(
        is_anonymous=is_anonymous,
        closed_at=closed_at,
        opened_at=opened_at,
        invited=len({each.rater for each in ratings}),
        rated=len(people),
        by_function=tuple((function, counts[function]) for function in RaterFunction if function in shown),
        sub_elements=tuple(
            _side_by_side(code, [each for each in ratings if each.code == code], is_anonymous=is_anonymous)
            for code in codes
        ),
    )


def _shown(counts: Counter[RaterFunction], *, is_anonymous: bool) -> frozenset[RaterFunction]:
    return shown_by_themselves(counts) if is_anonymous else frozenset(counts)


def _side_by_side(code: str, ratings: Sequence[GivenRating], *, is_anonymous: bool) -> SubElementRatings:
    given = [each for each in ratings if each.is_given]
    scored = [each for each in given if each.is_score]
    # Whoever knows who was asked finds out who gave no score: one or two of them must not be told apart by more.
    counted = scored if is_anonymous and not is_enough(len(given) - len(scored)) else given
    told = counted if is_anonymous else [each for each in ratings if each.is_told]
    states = Counter(each.entry.state for each in counted)
    unknown, not_applicable = states[AnswerState.UNKNOWN], states[AnswerState.NOT_APPLICABLE]
    if is_anonymous and not is_enough(len(scored)):
        return SubElementRatings(
            code, len(scored), is_withheld=bool(given), unknown=unknown, not_applicable=not_applicable
        )
    shown = _shown(Counter(each.function for each in scored), is_anonymous=is_anonymous)
    scores = tuple(sorted(_score(each, shown, is_anonymous=is_anonymous) for each in scored))
    return SubElementRatings(
        code=code,
        count=len(scored),
        scores=scores,
        by_function=tuple(_by_function(scores, shown)),
        agreement=agreement_of([each.score for each in scores]),
        leadership_gap=_gap(scores, shown),
        unknown=unknown,
        not_applicable=not_applicable,
        comments=_comments(told, is_anonymous=is_anonymous),
        evidence=tuple(sorted({each for rating in told for each in rating.entry.evidence}, key=str)),
    )


def _score(rating: GivenRating, shown: frozenset[RaterFunction], *, is_anonymous: bool) -> GivenScore:
    score = (rating.entry.score or Decimal(0)).quantize(Decimal("0.1"))
    function = rating.function.value if rating.function in shown else ""
    return GivenScore(score, function, "" if is_anonymous else rating.name)


def _by_function(scores: Sequence[GivenScore], shown: frozenset[RaterFunction]) -> Iterable[FunctionRatings]:
    for function in RaterFunction:
        theirs = tuple(each for each in scores if each.function == function and function in shown)
        agreement = agreement_of([each.score for each in theirs])
        if agreement is not None:
            yield FunctionRatings(function, theirs, agreement)


def _gap(scores: Sequence[GivenScore], shown: frozenset[RaterFunction]) -> Decimal | None:
    """Only from what is shown anyway: where site leadership is withheld, a gap could give single scores away."""
    if RaterFunction.SITE_LEADERSHIP not in shown:
        return None
    leadership = [each.score for each in scores if each.function == RaterFunction.SITE_LEADERSHIP]
    others = [each.score for each in scores if each.function != RaterFunction.SITE_LEADERSHIP]
    return leadership_gap(leadership, others)


def _comments(told: Sequence[GivenRating], *, is_anonymous: bool) -> tuple[Comment, ...]:
    """In a named round by function and name; in an anonymous one by the alphabet, because an order in time tells."""
    written = [(each, text) for each in told if (text := _text(each.entry))]
    if is_anonymous:
        return tuple(Comment(text) for text in sorted((text for _, text in written), key=_alphabetical))
    order = list(RaterFunction)
    written.sort(key=lambda pair: (order.index(pair[0].function), pair[0].name.casefold()))
    return tuple(Comment(text, each.name, str(each.function.label), str(each.entry)) for each, text in written)


def _text(entry: Entry) -> str:
    return "\n\n".join(text for text in (entry.reason, entry.rationale) if text)


def _alphabetical(text: str) -> tuple[str, str]:
    return text.casefold(), text
