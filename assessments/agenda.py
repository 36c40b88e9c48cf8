"""Pure: the calibration meeting's agenda: every sub-element with its ratings, widest disagreement first, as words and
pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessments.agreement import Agreement
from assessments.comparison import Comparison, FunctionRatings, GivenScore, SubElementRatings
from assessments.models import RaterFunction
from assessments.rating_strip import RatedDot, RatingStrip, draw_ratings, short
from assessments.rating_words import function_words, sentences, verdict
from assessments.records import AnswerRecord, AssessmentRecord
from benchmarks.formatting import capitalised, count_word, counted, signed, two_decimals

LETTERS = {
    RaterFunction.QUALITY: "Q",
    RaterFunction.PRODUCTION: "P",
    RaterFunction.ENGINEERING: "E",
    RaterFunction.SUPPLY_CHAIN: "S",
    RaterFunction.PEOPLE: "H",
    RaterFunction.SITE_LEADERSHIP: "L",
    RaterFunction.OTHER: "O",
}


class Show(StrEnum):
    """Which sub-elements the page lists."""

    ALL = "all"
    WIDE = "wide"
    NOT_AGREED = "not-agreed"

    @classmethod
    def read(cls, asked: str) -> "Show":
        """What was asked for; anything unknown is as if nothing had been."""
        return cls(asked) if asked in set(cls) else cls.ALL


@dataclass(frozen=True, slots=True)
class ShownRatings:
    """The ratings of one sub-element, ready for a template; `offer` is empty where there is no median to take over."""

    ratings: SubElementRatings
    strip: RatingStrip | None
    letters: tuple[tuple[str, str], ...]  # in the dots, and the functions they stand for
    sentences: str
    offer: str


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One function beside the others; `whose` names the raters in a named round."""

    name: str
    strip: RatingStrip
    scores: str
    median: str


@dataclass(frozen=True, slots=True)
class Item:
    """One sub-element on the agenda; empty texts where there is no figure."""

    answer: AnswerRecord  # as it stands now
    is_agreed: bool  # saved or confirmed since the comparison was opened
    shown: ShownRatings
    verdict: str
    is_wide: bool
    deviation: str
    range: str
    median: str
    gap: str
    functions: tuple[FunctionRow, ...]

    @property
    def is_from_before(self) -> bool:
        """Whether it was answered before anybody had seen the ratings, and nobody has said since that it stands."""
        return self.answer.is_decided and not self.is_agreed


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that filters the page."""

    show: Show
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the page of the comparison says."""

    comparison: Comparison
    headline: str
    took_part: str
    functions: str
    letters: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    items: tuple[Item, ...]


def show_ratings(ratings: SubElementRatings, *, name: str, agreed: Decimal | None = None) -> ShownRatings:
    """The ratings of one sub-element in words and as a picture, beside the agreed score if there is one."""
    agreement = ratings.agreement
    return ShownRatings(
        ratings=ratings,
        strip=None
        if agreement is None
        else draw_ratings(
            _dots(ratings.scores), title=f"Raters’ scores of {name}", median=agreement.median, agreed=agreed
        ),
        letters=tuple((LETTERS[each.function], str(each.function.label)) for each in ratings.by_function),
        sentences=sentences(ratings),
        offer="" if agreement is None else str(agreement.offer),
    )


def build_agenda(record: AssessmentRecord, comparison: Comparison, show: Show = Show.ALL) -> Agenda:
    """Order the sub-elements for the meeting and leave those that were asked for."""
    items = sorted((_item(answer, comparison) for answer in record.answers), key=_urgency)
    by_choice = {
        Show.ALL: items,
        Show.WIDE: [item for item in items if item.is_wide],
        Show.NOT_AGREED: [item for item in items if not item.is_agreed],
    }
    names = {Show.ALL: "All", Show.WIDE: "Far apart", Show.NOT_AGREED: "Not agreed yet"}
    return Agenda(
        comparison=comparison,
        headline=_headline(items),
        took_part=_took_part(comparison),
        functions=capitalised(function_words(comparison)),
        letters=_letters(items),
        choices=tuple(Choice(each, f"{names[each]} ({len(by_choice[each])})", each is show) for each in Show),
        items=tuple(by_choice[show]),
    )


def _urgency(item: Item) -> tuple[bool, Decimal, Decimal]:
    """Widest first; the sort keeps the framework's order among equals. What cannot be compared comes last."""
    agreement = item.shown.ratings.agreement
    if agreement is None or agreement.deviation is None:
        return True, Decimal(0), Decimal(0)
    return False, -agreement.deviation, -agreement.range


def _headline(items: Sequence[Item]) -> str:
    wide = sum(item.is_wide for item in items)
    compared = sum(bool(item.deviation) for item in items)
    if not compared:
        return "There are too few ratings to compare"
    if not wide:
        return "Nowhere do the raters lie far apart"
    return f"The raters lie far apart on {count_word(wide)} of {counted(compared, 'sub-element', 'sub-elements')}"


def _took_part(comparison: Comparison) -> str:
    rated = f"{capitalised(count_word(comparison.rated))} of {counted(comparison.invited, 'rater', 'raters')} rated"
    kind = "an anonymous round: functions and scores are shown, names are not" if comparison.is_anonymous else ""
    return f"{rated} in {kind or 'a named round'}."


def _letters(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """What the letters in the dots stand for, of those that occur."""
    found = {letter: name for item in items for letter, name in item.shown.letters}
    return tuple((letter, found[letter]) for letter in LETTERS.values() if letter in found)


def _item(answer: AnswerRecord, comparison: Comparison) -> Item:
    ratings = comparison.of(answer.code)
    agreement = ratings.agreement
    return Item(
        answer=answer,
        is_agreed=answer.is_agreed_since(comparison.opened_at),
        shown=show_ratings(ratings, name=answer.name, agreed=answer.score),
        verdict=verdict(ratings),
        is_wide=ratings.is_wide,
        deviation="" if agreement is None or agreement.deviation is None else two_decimals(agreement.deviation),
        range="" if agreement is None else _range(agreement),
        median="" if agreement is None else short(agreement.median),
        gap="" if ratings.leadership_gap is None else signed(ratings.leadership_gap),
        functions=tuple(_function_row(each, answer.name) for each in ratings.by_function),
    )


def _range(agreement: Agreement) -> str:
    return f"{short(agreement.lowest)} to {short(agreement.highest)}"


def _function_row(each: FunctionRatings, sub_element: str) -> FunctionRow:
    name = str(each.function.label)
    return FunctionRow(
        name=name,
        strip=draw_ratings(_dots(each.scores), title=f"Scores of {name} for {sub_element}"),
        scores=", ".join(f"{given.name} {short(given.score)}".strip() for given in each.scores),
        median=short(each.agreement.median),
    )


def _dots(scores: Sequence[GivenScore]) -> list[RatedDot]:
    return [_dot(each) for each in scores]


def _dot(given: GivenScore) -> RatedDot:
    if not given.function:
        return RatedDot(given.score, whose=given.name)
    function = RaterFunction(given.function)
    whose = ", ".join(part for part in (given.name, str(function.label)) if part)
    return RatedDot(given.score, LETTERS[function], whose)
